#include "article/find/html_find.h"

#include "article/find/evidence.h"
#include "article/find/people.h"
#include "article/find/same_text.h"

/* ---- Who wrote, by the page's head ---- */

/* Whether the line says the same as one name of a list separated by ';'. */
static bool is_one_of_names(struct sv line, struct sv names)
{
    enum { MOST_NAMES = 8, SHORTEST = 4 };
    for (int n = 0; names.p && n < MOST_NAMES; n++) {
        struct sv name = sv_trim(sv_cut(&names, ';'));
        if (name.n >= SHORTEST && text_agreement(line, name) == TEXTS_AGREE)
            return true;
    }
    return false;
}

static bool is_all_names(struct sv line, struct sv names)
{
    return names.n && memchr(names.p, ';', names.n) && text_agreement(line, names) == TEXTS_AGREE;
}

static bool is_short_line(const struct search *s, size_t i)
{
    enum { LONGEST = 160, MOST_WORDS = 24 };
    return s->lines.at[i].text.len <= LONGEST && s->lines.at[i].words <= MOST_WORDS;
}

static bool names_all_authors(const struct search *s, size_t i)
{
    const struct html_meta *m = &s->page->meta;
    return is_short_line(s, i) && (is_all_names(search_text(s, i), sv_of(m->people)) ||
                                   is_all_names(search_text(s, i), sv_of(m->author)));
}

static bool names_one_author(const struct search *s, size_t i)
{
    const struct html_meta *m = &s->page->meta;
    struct sv name = people_without_label(s->a->rules, search_text(s, i));
    return is_short_line(s, i) &&
           (is_one_of_names(name, sv_of(m->people)) || is_one_of_names(name, sv_of(m->author)));
}

static bool names_authors(const struct search *s, size_t i)
{
    return names_all_authors(s, i) || names_one_author(s, i);
}

/* ---- The byline ---- */

static bool is_no_short_line(const struct search *s, size_t i)
{
    enum { LONGEST = 120 };
    return !s->lines.at[i].has_content || s->lines.at[i].chars > LONGEST;
}

static bool is_no_name(const struct search *s, size_t i)
{
    return !line_is_byline(s, i) && !names_authors(s, i);
}

/* "@ha_vy": how somebody is called elsewhere. */
static bool is_account(const struct search *s, size_t i)
{
    return search_text(s, i).p[0] == '@';
}

static bool is_in_comments_or_tags(const struct search *s, size_t i)
{
    return html_box(s, i) == SKIP_COMMENTS || html_box(s, i) == SKIP_TAGS;
}

static const struct evidence against_byline[] = {
    {"not shown", line_is_hidden, -1, NULL},                              /* nguoi-khong */
    {"prose", line_is_prose, -1, NULL},                                   /* nguoi-khong */
    {"known from menus", line_is_known, -1, NULL},                        /* nguoi-khong */
    {"title or date", line_is_settled, -1, NULL},                         /* nguoi-la-ten */
    {"nothing to read, or too long", is_no_short_line, -1, NULL},         /* nguoi-khong */
    {"neither like a name nor in the page's head", is_no_name, -1, NULL}, /* ngay-cuoi, ngay-lop */
    {"an account, not a name", is_account, -1, NULL},                     /* ten-chuc-vu */
    {"in readers' comments or tags", is_in_comments_or_tags, -1, NULL},   /* ten-trong-the */
};

static bool is_in_range(const struct search *s, size_t i)
{
    return i >= s->from && i < s->to;
}

/* The line after the last prose of the article. */
static size_t end_of_prose(const struct search *s)
{
    size_t end = s->to;
    while (end > s->core0 && (!s->lines.at[end - 1].prose || html_box(s, end - 1)))
        end--;
    return end;
}

static bool is_right_below_prose(const struct search *s, size_t i)
{
    enum { FURTHEST = 6 };
    size_t end = end_of_prose(s);
    return is_in_range(s, i) && i >= end && i < end + FURTHEST && s->to <= end + FURTHEST;
}

static bool is_item_below_prose(const struct search *s, size_t i)
{
    return line_is_in_item(s, i) && is_right_below_prose(s, i);
}

static bool is_above_text(const struct search *s, size_t i)
{
    return s->title >= 0 && i > (size_t)s->title && i < s->core0;
}

static bool has_author_hint(const struct search *s, size_t i)
{
    return html_hints_around(s, i, 2) & HINT_AUTHOR;
}

/* Below the text, such links are those of other articles. */
static bool links_to_author(const struct search *s, size_t i)
{
    return s->page->lines.at[i].by_author && i < s->to && !has_author_hint(s, i);
}

/* In a box for the author the line below the name is the office. */
static bool is_below_linked_name(const struct search *s, size_t i)
{
    const struct html_line *lines = s->page->lines.at;
    return i && has_author_hint(s, i) && lines[i - 1].by_author && !lines[i].by_author;
}

static bool is_beside_date(const struct search *s, size_t i)
{
    enum { NEAR = 2 };
    return s->date >= 0 && i + NEAR >= (size_t)s->date && i <= (size_t)s->date + NEAR;
}

/* The date is below the sapo, and the name beside it. */
static bool is_below_sapo(const struct search *s, size_t i)
{
    enum { FIRST_LINES = 4 };
    return is_beside_date(s, i) && is_in_range(s, i) && i < s->core0 + FIRST_LINES;
}

/* "Tác giả: Hà Vy", some lines below the text. */
static bool has_label_below(const struct search *s, size_t i)
{
    enum { FURTHEST = 12 };
    struct sv text = search_text(s, i);
    return i >= s->to && i < s->to + FURTHEST && memchr(text.p, ':', text.n) && !html_box(s, i);
}

/* The first that holds counts. A name elsewhere needs the page's head or a class. */
static const struct evidence for_place[] = {
    {"in a list below the text", is_item_below_prose, 0.5, NULL}, /* ten-danh-sach */
    {"right below the text", is_right_below_prose, 2, NULL},      /* nguoi-trong-hop, ten-cuoi */
    {"between title and text", is_above_text, 0.5, NULL},         /* ten-dau-ngay, ten-tren-dau */
    {"beside a date below the sapo", is_below_sapo, 0.5, NULL},   /* ten-duoi-sapo */
    {"with a label, below the text", has_label_below, 1, NULL},   /* ten-co-nhan */
};

static bool is_heading_or_cell(const struct search *s, size_t i)
{
    return line_is_in_subheading(s, i) || line_is_in_row(s, i) || line_is_in_figure(s, i);
}

static bool is_one_author_alone(const struct search *s, size_t i)
{
    return names_one_author(s, i) && !names_all_authors(s, i);
}

static bool has_label(const struct search *s, size_t i)
{
    return is_above_text(s, i) && people_has_label(s->a->rules, search_text(s, i));
}

static const struct evidence for_byline[] = {
    {"names all whom the page's head names", names_all_authors, 3, NULL}, /* ten-nhieu */
    {"names one of them", is_one_author_alone, 2, NULL}, /* ten-mot-nguoi, ten-ngoai */
    {"its class says so", has_author_hint, 2, NULL},     /* ten-dau, hai-bai */
    {"a link in it does", links_to_author, 2, NULL}, /* ten-lien-ket-tac-gia, ten-dia-chi-tac-gia */
    {"below a name with a link", is_below_linked_name, -0.5, NULL},     /* ten-chuc-vu */
    {"words introduce it, above the text", has_label, 1, NULL},         /* ten-chuc-danh */
    {"a heading, a cell or a caption", is_heading_or_cell, -1.5, NULL}, /* van-ban */
    {"beside the date", is_beside_date, 0.5, NULL},          /* ten-dau-ngay, ten-tren-dau */
    {"in a box that is not read", line_is_in_box, -1, NULL}, /* nguoi-trong-hop */
};

static double byline_score(const struct search *s, size_t i)
{
    if (evidence_any(EVIDENCE_TABLE(against_byline), s, i))
        return 0;
    return evidence_first(EVIDENCE_TABLE(for_place), s, i) +
           evidence_sum(EVIDENCE_TABLE(for_byline), s, i);
}

/* Of equals the last is taken: names above the text are often repeated below it. */
void html_find_byline(struct search *s)
{
    enum { ABOVE_TITLE = 6, BELOW_TEXT = 60 };
    if (s->title < 0 && s->core0 == s->core1)
        return; /* a note of a few words */
    double best = 1;
    size_t low = s->title >= 0 ? (size_t)s->title : s->from;
    low = low > ABOVE_TITLE ? low - ABOVE_TITLE : 0;
    for (size_t i = low; i < s->to + BELOW_TEXT && i < s->lines.n; i++) {
        double score = byline_score(s, i);
        if (score >= best) {
            best = score;
            s->byline = (ptrdiff_t)i;
        }
    }
    search_find_names(s);
}
