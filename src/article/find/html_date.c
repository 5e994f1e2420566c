#include "article/find/html_find.h"

#include "article/find/evidence.h"
#include "article/find/meta_date.h"

enum { FURTHEST_FROM_TITLE = 24 };

/* The line that a date is near to: the title, or without one the first of the text. */
static size_t date_anchor(const struct search *s)
{
    return s->title >= 0 ? (size_t)s->title : s->core0;
}

static size_t lines_from_anchor(const struct search *s, size_t i)
{
    size_t anchor = date_anchor(s);
    return i > anchor ? i - anchor : anchor - i;
}

/* ---- What the page says of itself ---- */

/* The date of a <time> near title and text. */
static bool date_of_time_element(const struct search *s, char iso[ISO_DATE_SIZE])
{
    enum { ABOVE = 6, INSIDE = 2 };
    size_t low = date_anchor(s), high = s->core0 + INSIDE;
    low = low > ABOVE ? low - ABOVE : 0;
    for (size_t i = 0; i < s->page->times.n; i++) {
        struct html_time t = s->page->times.at[i];
        if (t.value && t.line >= low && t.line <= high &&
            meta_date_iso(s->a->rules, sv_of(t.value), iso))
            return true;
    }
    return false;
}

/* The date that JSON-LD, <meta> or a <time> gives; "" if none does. */
static void read_page_date(struct search *s)
{
    const struct html_meta *m = &s->page->meta;
    const char *const values[] = {m->ld_date, m->published};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (values[i] && meta_date_iso(s->a->rules, sv_of(values[i]), s->page_date))
            return;
    if (!date_of_time_element(s, s->page_date))
        *s->page_date = '\0';
}

/* ---- The publication line ---- */

static bool is_no_date(const struct search *s, size_t i)
{
    return !s->lines.at[i].has_date || !s->lines.at[i].shown || (ptrdiff_t)i == s->title;
}

static bool is_far_from_article(const struct search *s, size_t i)
{
    enum { FURTHEST_BELOW = 5 };
    if (i >= s->core1)
        return i > s->core1 + FURTHEST_BELOW;
    return lines_from_anchor(s, i) > FURTHEST_FROM_TITLE;
}

static bool is_in_comments(const struct search *s, size_t i)
{
    return html_box(s, i) == SKIP_COMMENTS;
}

/* Whether the rows around that of the line have dates too: then it is a column of dates. */
static bool is_in_column_of_dates(const struct search *s, size_t i)
{
    enum { DATES = 3, MOST_LINES = 400 };
    uint32_t row = s->lines.at[i].node;
    while (row && s->page->nodes.at[row].tag != TAG_TR)
        row = s->page->nodes.at[row].parent;
    const struct html_node *rows = &s->page->nodes.at[s->page->nodes.at[row].parent];
    size_t dates = 0;
    for (size_t k = rows->line0; row && k < rows->line1 && k < rows->line0 + MOST_LINES; k++)
        dates += s->lines.at[k].has_date;
    return dates >= DATES;
}

static const struct evidence against_date[] = {
    {"not shown as a date", is_no_date, -1, NULL},              /* doan-dam, doan-h2 */
    {"far from title and text", is_far_from_article, -1, NULL}, /* ngay-cuoi-xa */
    {"in readers' comments", is_in_comments, -1, NULL},         /* ngay-binh-luan */
    {"in a column of dates", is_in_column_of_dates, -1, NULL},  /* bang-mo-ta */
};

static double distance(const struct search *s, size_t i)
{
    size_t n = lines_from_anchor(s, i);
    return (double)(n < FURTHEST_FROM_TITLE ? n : FURTHEST_FROM_TITLE) / FURTHEST_FROM_TITLE;
}

static bool is_named_date(const struct search *s, size_t i)
{
    return html_hints_around(s, i, 1) & HINT_DATE || html_inside(s, i, TAG_TIME);
}

static bool is_in_widget(const struct search *s, size_t i)
{
    return html_hints_around(s, i, 1) & HINT_WIDGET || html_box(s, i);
}

static bool is_high_above_title(const struct search *s, size_t i)
{
    enum { NEAR = 3 };
    return i < date_anchor(s) && lines_from_anchor(s, i) > NEAR;
}

static bool is_between_title_and_text(const struct search *s, size_t i)
{
    return i > date_anchor(s) && i <= s->core0;
}

static bool is_on_page_date(const struct search *s, size_t i)
{
    enum { DAY = 10 }; /* bytes of "2024-03-05" */
    struct dateline d;
    char iso[ISO_DATE_SIZE];
    dateline_parse(s->a->rules, search_text(s, i), &d);
    dateline_iso(&d, iso);
    dateline_free(&d);
    return strncmp(s->page_date, iso, DAY) == 0;
}

static bool is_on_another_date(const struct search *s, size_t i)
{
    return *s->page_date && !is_on_page_date(s, i);
}

static const struct evidence for_date[] = {
    {"a date", line_is_any, 1.5, NULL},                         /* doan-khong-gi, doan-khong */
    {"far from the title", line_is_any, -1, distance},          /* ngay-gan-hon, ngay-xa-khong */
    {"its class or element says so", is_named_date, 0.5, NULL}, /* ngay-lop */
    {"in a box that is not read", is_in_widget, -0.6, NULL},    /* ngay-hop, ngay-xa-khong */
    {"high above the title, like a site's own clock", is_high_above_title, -0.6,
     NULL},                                                           /* ngay-xa-khong */
    {"between title and text", is_between_title_and_text, 0.4, NULL}, /* ngay-hai, dong-ho-tren */
    {"the date in the page's head", is_on_page_date, 2, NULL},        /* ngay-meta-xa */
    {"another date than in the page's head", is_on_another_date, -2, NULL}, /* ngay-meta-khac */
};

void html_find_date(struct search *s)
{
    double best = 0.3;
    read_page_date(s);
    for (size_t i = 0; i < s->lines.n; i++) {
        if (evidence_any(EVIDENCE_TABLE(against_date), s, i))
            continue;
        double score = evidence_sum(EVIDENCE_TABLE(for_date), s, i);
        if (score > best) {
            best = score;
            s->date = (ptrdiff_t)i;
        }
    }
    if (*s->page_date)
        s->a->date = arena_dup(&s->a->arena, sv_of(s->page_date));
    bool has_time = strchr(s->page_date, 'T');
    if (s->date >= 0 && !has_time)
        search_read_date(s);
}
