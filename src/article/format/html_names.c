#include "article/format/html_names.h"

#include <stdlib.h>

#include "base/ascii.h"

struct tag_name {
    const char *name;
    uint8_t tag;
};

/* In the order of strcmp. */
static const struct tag_name tag_names[] = {
    {"a", TAG_A},
    {"address", TAG_DIV},
    {"amp-img", TAG_IMG},
    {"annotation", TAG_GONE}, /* of MathML: the formula in TeX */
    {"annotation-xml", TAG_GONE},
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
    {"sup", TAG_SUP},
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
    case TAG_SUP:
        return false;
    default:
        return true;
    }
}

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

unsigned html_hints_of(const struct packed_table *words, struct sv names)
{
    unsigned hints = 0;
    for (uint32_t i = 0; names.n && i < words->rows; i++) {
        const struct row *row = packed_row(words, i);
        unsigned hint = row_kinds(row) & ~(unsigned)HTML_WORD_WHOLE;
        bool whole = row_kinds(row) & HTML_WORD_WHOLE;
        if (!(hints & hint) && has_name(names, row_text(row, HTML_WORDS_WORD), whole))
            hints |= hint;
    }
    return hints;
}

bool html_has_word(struct sv list, const char *word)
{
    struct sv wanted = sv_of(word);
    for (size_t i = 0; i < list.n;) {
        size_t n = 0;
        while (i + n < list.n && !strchr(" \t\r\n", list.p[i + n]))
            n++;
        if (ascii_same(sv_sub(list, i, n), wanted))
            return true;
        i += n + 1;
    }
    return false;
}

bool html_is_not_displayed(struct sv style)
{
    while (style.n) {
        struct sv value = sv_cut(&style, ';'), name = sv_trim(sv_cut(&value, ':'));
        value = sv_trim(value);
        if ((ascii_same(name, SV("display")) && ascii_starts(value, SV("none"))) ||
            (ascii_ends(name, SV("visibility")) && ascii_starts(value, SV("hidden"))))
            return true;
    }
    return false;
}
