#include "article/format/html_names.h"

#include <stdlib.h>

struct tag_name {
    const char *name;
    uint8_t tag;
};

/* In the order of strcmp. */
static const struct tag_name tag_names[] = {
    {"a", TAG_A},
    {"address", TAG_DIV},
    {"amp-img", TAG_IMG},
    {"applet", TAG_GONE},
    {"article", TAG_ARTICLE},
    {"aside", TAG_ASIDE},
    {"audio", TAG_GONE},
    {"b", TAG_BOLD},
    {"blockquote", TAG_BLOCKQUOTE},
    {"body", TAG_BODY},
    {"br", TAG_BR},
    {"button", TAG_FORM},
    {"canvas", TAG_GONE},
    {"caption", TAG_CAPTION},
    {"center", TAG_DIV},
    {"datalist", TAG_HIDDEN},
    {"dd", TAG_LI},
    {"details", TAG_DIV},
    {"dialog", TAG_DIV},
    {"dir", TAG_LIST},
    {"div", TAG_DIV},
    {"dl", TAG_LIST},
    {"dt", TAG_LI},
    {"embed", TAG_IMG},
    {"fieldset", TAG_DIV},
    {"figcaption", TAG_FIGCAPTION},
    {"figure", TAG_FIGURE},
    {"footer", TAG_FOOTER},
    {"form", TAG_DIV},
    {"frameset", TAG_DIV},
    {"h1", TAG_H1},
    {"h2", TAG_H2},
    {"h3", TAG_H3},
    {"h4", TAG_HEADING},
    {"h5", TAG_HEADING},
    {"h6", TAG_HEADING},
    {"header", TAG_HEADER},
    {"hgroup", TAG_DIV},
    {"hr", TAG_DIV},
    {"iframe", TAG_GONE},
    {"img", TAG_IMG},
    {"legend", TAG_FORM},
    {"li", TAG_LI},
    {"main", TAG_MAIN},
    {"menu", TAG_LIST},
    {"meta", TAG_META},
    {"nav", TAG_NAV},
    {"noframes", TAG_HIDDEN},
    {"noscript", TAG_HIDDEN},
    {"object", TAG_GONE},
    {"ol", TAG_LIST},
    {"optgroup", TAG_FORM},
    {"option", TAG_FORM},
    {"p", TAG_P},
    {"picture", TAG_IMG},
    {"pre", TAG_PRE},
    {"script", TAG_SCRIPT},
    {"section", TAG_DIV},
    {"select", TAG_FORM},
    {"span", TAG_SPAN},
    {"strong", TAG_BOLD},
    {"style", TAG_GONE},
    {"summary", TAG_DIV},
    {"svg", TAG_GONE},
    {"table", TAG_TABLE},
    {"tbody", TAG_DIV},
    {"td", TAG_TD},
    {"template", TAG_HIDDEN},
    {"textarea", TAG_FORM},
    {"tfoot", TAG_DIV},
    {"th", TAG_TD},
    {"thead", TAG_DIV},
    {"time", TAG_TIME},
    {"title", TAG_TITLE},
    {"tr", TAG_TR},
    {"ul", TAG_LIST},
    {"video", TAG_GONE},
};

static int compare_names(const void *name, const void *entry)
{
    return strcmp(name, ((const struct tag_name *)entry)->name);
}

enum html_tag html_tag_of(const char *name)
{
    const struct tag_name *hit = bsearch(name, tag_names, sizeof tag_names / sizeof *tag_names,
                                         sizeof *tag_names, compare_names);
    return hit ? (enum html_tag)hit->tag : TAG_OTHER;
}

bool html_tag_is_block(enum html_tag tag)
{
    switch (tag) {
    case TAG_OTHER:
    case TAG_A:
    case TAG_BOLD:
    case TAG_BR:
    case TAG_GONE:
    case TAG_HIDDEN:
    case TAG_IMG:
    case TAG_META:
    case TAG_SCRIPT:
    case TAG_SPAN:
        return false;
    default:
        return true;
    }
}

struct hint_name {
    const char *name;
    uint16_t hint;
    bool whole; /* only as a whole word, not as a part of one */
};

/* English and Vietnamese words that templates of sites use. A long word also matches inside another
 * name ("box-related-news"); a short one only between hyphens. */
static const struct hint_name hint_names[] = {
    {"articlebody", HINT_BODY, false},
    {"article-body", HINT_BODY, false},
    {"noi-dung", HINT_BODY, false},
    {"noidung", HINT_BODY, false},
    {"entry-content", HINT_BODY, false},
    {"fck-detail", HINT_BODY, false},
    {"detail-content", HINT_BODY, false},
    {"post-content", HINT_BODY, false},
    {"content-detail", HINT_BODY, false},
    {"article-content", HINT_BODY, false},
    {"sapo", HINT_SAPO, false},
    {"lead", HINT_SAPO, true},
    {"chapeau", HINT_SAPO, false},
    {"description", HINT_SAPO, true},
    {"desc", HINT_SAPO, true},
    {"summary", HINT_SAPO, true},
    {"excerpt", HINT_SAPO, true},
    {"standfirst", HINT_SAPO, false},
    {"tom-tat", HINT_SAPO, false},
    {"tomtat", HINT_SAPO, false},
    {"trich-yeu", HINT_SAPO, false},
    {"mo-ta", HINT_SAPO, true},
    {"trich-dan-dau", HINT_SAPO, false},
    {"intro", HINT_SAPO, true},
    {"date", HINT_DATE, true},
    {"time", HINT_DATE, true},
    {"datetime", HINT_DATE, false},
    {"publish", HINT_DATE, true},
    {"published", HINT_DATE, true},
    {"pubdate", HINT_DATE, false},
    {"ngay", HINT_DATE, true},
    {"thoi-gian", HINT_DATE, false},
    {"ngay-dang", HINT_DATE, false},
    {"author", HINT_AUTHOR, false},
    {"byline", HINT_AUTHOR, false},
    {"tac-gia", HINT_AUTHOR, false},
    {"tacgia", HINT_AUTHOR, false},
    {"nguoi-viet", HINT_AUTHOR, false},
    {"writer", HINT_AUTHOR, false},
    {"but-danh", HINT_AUTHOR, false},
    {"caption", HINT_CAPTION, false},
    {"chu-thich", HINT_CAPTION, false},
    {"chuthich", HINT_CAPTION, false},
    {"photocms", HINT_CAPTION, false},
    {"related", HINT_RELATED, false},
    {"relate", HINT_RELATED, true},
    {"lien-quan", HINT_RELATED, false},
    {"lienquan", HINT_RELATED, false},
    {"tin-khac", HINT_RELATED, false},
    {"cung-chuyen-muc", HINT_RELATED, false},
    {"doc-them", HINT_RELATED, false},
    {"xem-them", HINT_RELATED, false},
    {"xemthem", HINT_RELATED, false},
    {"readmore", HINT_RELATED, false},
    {"read-more", HINT_RELATED, false},
    {"recommend", HINT_RELATED, false},
    {"most-read", HINT_RELATED, false},
    {"doc-nhieu", HINT_RELATED, false},
    {"tin-moi", HINT_RELATED, false},
    {"suggest", HINT_RELATED, false},
    {"sidebar", HINT_RELATED, true},
    {"comment", HINT_COMMENTS, false},
    {"binh-luan", HINT_COMMENTS, false},
    {"binhluan", HINT_COMMENTS, false},
    {"y-kien", HINT_COMMENTS, true},
    {"cmt", HINT_COMMENTS, true},
    {"feedback", HINT_COMMENTS, true},
    {"phan-hoi", HINT_COMMENTS, false},
    {"reply", HINT_COMMENTS, true},
    {"share", HINT_SHARE, false},
    {"chia-se", HINT_SHARE, false},
    {"social", HINT_SHARE, false},
    {"tags", HINT_TAGS, true},
    {"tag", HINT_TAGS, true},
    {"keyword", HINT_TAGS, false},
    {"tu-khoa", HINT_TAGS, false},
    {"tukhoa", HINT_TAGS, false},
    {"ads", HINT_ADVERT, true},
    {"adv", HINT_ADVERT, true},
    {"advert", HINT_ADVERT, false},
    {"quang-cao", HINT_ADVERT, false},
    {"quangcao", HINT_ADVERT, false},
    {"banner", HINT_ADVERT, false},
    {"sponsor", HINT_ADVERT, false},
    {"tai-tro", HINT_ADVERT, true},
    {"newsletter", HINT_ADVERT, false},
    {"promo", HINT_ADVERT, true},
    {"breadcrumb", HINT_MENU, false},
    {"menu", HINT_MENU, true},
    {"nav", HINT_MENU, true},
    {"navbar", HINT_MENU, false},
    {"footer", HINT_MENU, true},
    {"chan-trang", HINT_MENU, false},
    {"chuyen-muc", HINT_MENU, true},
    {"popup", HINT_WIDGET, false},
    {"modal", HINT_WIDGET, true},
    {"audio", HINT_WIDGET, true},
    {"player", HINT_WIDGET, false},
    {"toolbar", HINT_WIDGET, false},
    {"rating", HINT_WIDGET, true},
    {"vote", HINT_WIDGET, true},
    {"cookie", HINT_WIDGET, false},
    {"co-chu", HINT_WIDGET, false},
    {"clock", HINT_WIDGET, true},
    {"dong-ho", HINT_WIDGET, false},
    {"source", HINT_SOURCE, true},
    {"nguon", HINT_SOURCE, true},
    {"title", HINT_TITLE, false},
    {"headline", HINT_TITLE, true},
    {"tieude", HINT_TITLE, false},
    {"tieu-de", HINT_TITLE, false},
};

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool has_name(struct sv names, struct sv name, bool whole)
{
    for (size_t from = 0; from + name.n <= names.n;) {
        ptrdiff_t hit = sv_find(sv_sub(names, from, names.n - from), name);
        if (hit < 0)
            return false;
        size_t at = from + (size_t)hit, end = at + name.n;
        bool before = at > 0 && is_word_byte(names.p[at - 1]);
        bool behind = end < names.n && is_word_byte(names.p[end]);
        if (!whole || (!before && !behind))
            return true;
        from = at + 1;
    }
    return false;
}

unsigned html_hints_of(struct sv names)
{
    unsigned hints = HINT_NONE;
    if (!names.n)
        return hints;
    for (size_t i = 0; i < sizeof hint_names / sizeof *hint_names; i++) {
        const struct hint_name *h = &hint_names[i];
        if (!(hints & h->hint) && has_name(names, sv_of(h->name), h->whole))
            hints |= h->hint;
    }
    return hints;
}
