#include "article/find/pasted_parts.h"

#include "article/find/evidence.h"

/* "Trang chủ > Chuyện quê" */
static bool is_trail(const struct search *s, size_t i)
{
    static const char *const signs[] = {" > ", " » ", " › ", " | ", " / "};
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
        if (sv_find(search_text(s, i), sv_of(signs[k])) >= 0)
            return true;
    return false;
}

static bool is_no_headline(const struct search *s, size_t i)
{
    return !line_reads_as_headline(&s->lines.at[i]);
}

static const struct evidence against_title[] = {
    {"known from menus", line_is_known, -1, NULL},             /* ten-khong-biet */
    {"a date or clock", line_is_dated, -1, NULL},              /* ten-khong-ngay */
    {"in a list", line_has_marker, -1, NULL},                  /* ten-khong-muc-ke */
    {"does not read as a headline", is_no_headline, -1, NULL}, /* giua-ngan, ten-duoi-nam-dong */
    {"the way to a section", is_trail, -1, NULL},              /* ten-khong-duong */
    {"names of people", line_is_byline, -1, NULL},             /* ten-khong-nguoi */
};

bool pasted_may_be_title(const struct search *s, ptrdiff_t i)
{
    return i >= 0 && (size_t)i < s->lines.n &&
           !evidence_any(EVIDENCE_TABLE(against_title), s, (size_t)i);
}

/* Whether prose begins at the line i or within the `within` lines after it. */
static bool text_is_near(const struct search *s, size_t i, size_t within)
{
    for (size_t k = i; k <= i + within; k++)
        if (line_is_text(s, k))
            return true;
    return false;
}

static bool occurs_again(const struct search *s, size_t i)
{
    for (size_t k = 0; k < s->lines.n; k++)
        if (k != i && sv_eq(search_text(s, k), search_text(s, i)))
            return true;
    return false;
}

/* The title above the publication line: right above it, above the sapo, or above a few short lines
 * (names, a section); -1: none. */
static ptrdiff_t title_above(const struct search *s, size_t date)
{
    enum { MOST_SHORT_LINES = 4 };
    ptrdiff_t i = (ptrdiff_t)date - 1, sapo = i;
    if (sapo >= 1 && line_is_byline(s, (size_t)sapo)) /* below the sapo */
        sapo--;
    if (sapo >= 0 && line_is_text(s, (size_t)sapo) && pasted_may_be_title(s, sapo - 1))
        return sapo - 1;
    for (int steps = 0; steps < MOST_SHORT_LINES && i >= 0; steps++, i--) {
        if (pasted_may_be_title(s, i))
            return i;
        if (s->lines.at[i].prose || s->lines.at[i].has_date)
            return -1;
    }
    return -1;
}

/* The longest headline between the publication line and the prose; -1: none. */
static ptrdiff_t title_below(const struct search *s, size_t date)
{
    enum { FURTHEST_TITLE = 4, FURTHEST_TEXT = 6 };
    ptrdiff_t best = -1;
    for (size_t i = date + 1; i < s->lines.n && i <= date + FURTHEST_TITLE; i++) {
        if (s->lines.at[i].prose)
            break;
        if (!pasted_may_be_title(s, (ptrdiff_t)i) || !text_is_near(s, i + 1, FURTHEST_TEXT))
            continue;
        if (best < 0 || s->lines.at[i].chars > s->lines.at[best].chars)
            best = (ptrdiff_t)i;
    }
    return best;
}

/* Whether, of a headline above the publication line and one below it, the one below is the title:
 * the one above is then the name of a section or of another article. */
static bool title_is_below(const struct search *s, size_t date, size_t above, size_t below)
{
    enum { SECTION_CHARS = 45 };
    const struct line *a = &s->lines.at[above], *b = &s->lines.at[below];
    if (occurs_again(s, above) || !line_is_text(s, below + 1))
        return false;
    if (occurs_again(s, below))
        return true;
    if (above + 1 == date)
        return a->chars < SECTION_CHARS && b->chars > a->chars;
    return !line_is_text(s, date - 1); /* a sapo between title and date joins them */
}

/* Sets the title that belongs to the publication line; returns how sure that is, 0: not at all. */
static double score_date(const struct search *s, size_t date, ptrdiff_t *title)
{
    enum { FURTHEST_TEXT = 5 };
    ptrdiff_t above = title_above(s, date), below = title_below(s, date);
    *title = above >= 0 ? above : below;
    if (*title < 0)
        return 0;
    if (above >= 0 && below >= 0 && title_is_below(s, date, (size_t)above, (size_t)below))
        *title = below;
    size_t after = (size_t)(*title > (ptrdiff_t)date ? *title : (ptrdiff_t)date) + 1;
    bool text = text_is_near(s, after, FURTHEST_TEXT) || (date && line_is_text(s, date - 1));
    return (*title == above ? 2 : 1) + (text ? 2 : 0);
}

static double weight_between(const struct search *s, size_t from, size_t to)
{
    double sum = 0;
    for (size_t i = from; i < to; i++)
        sum += s->lines.at[i].weight;
    return sum;
}

void pasted_find_dated_title(struct search *s)
{
    enum { FURTHEST_ABOVE = 24, FURTHEST_INSIDE = 6 };
    const double most_furniture = -5; /* between the publication line and the core */
    double best = 0;
    size_t low = s->core0 > FURTHEST_ABOVE ? s->core0 - FURTHEST_ABOVE : 0;
    size_t high = s->core0 + FURTHEST_INSIDE < s->core1 ? s->core0 + FURTHEST_INSIDE : s->core1;
    for (size_t i = low; i < high; i++) {
        ptrdiff_t title;
        if (!s->lines.at[i].has_date ||
            (i < s->core0 && weight_between(s, i + 1, s->core0) < most_furniture))
            continue;
        double score = score_date(s, i, &title);
        if (score > best || (score == best && score > 0 && i <= s->core0)) {
            best = score;
            s->title = title;
            s->date = (ptrdiff_t)i;
        }
    }
}

static double lines_to_core(const struct search *s, size_t i)
{
    return (double)(s->core0 - i);
}

static bool is_long_headline(const struct search *s, size_t i)
{
    return s->lines.at[i].chars >= 40;
}

static const struct evidence for_title[] = {
    {"may be a title", line_is_any, 1.0, NULL},                /* ten-khong-biet, ten-khong-duong */
    {"far above the text", line_is_any, -0.09, lines_to_core}, /* khong-ngay-gan */
    {"more than a section's name", line_has_six_words, 0.4, NULL}, /* khong-ngay-hai-ten */
    {"long", is_long_headline, 0.2, NULL},                         /* khong-ngay-dai */
    {"printed twice", occurs_again, 0.8, NULL},                    /* khong-ngay-lap */
};

void pasted_find_undated_title(struct search *s)
{
    enum { FURTHEST = 9 };
    double best = 0;
    for (size_t back = 1; back <= FURTHEST && back <= s->core0; back++) {
        size_t i = s->core0 - back;
        if (line_is_text(s, i))
            break;
        double score = evidence_sum(EVIDENCE_TABLE(for_title), s, i);
        if (score > best && pasted_may_be_title(s, (ptrdiff_t)i)) {
            best = score;
            s->title = (ptrdiff_t)i;
        }
    }
}
