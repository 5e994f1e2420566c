#include "article/find/evidence.h"
#include "article/find/pasted.h"

static bool is_title_again(const struct search *s, size_t i)
{
    return s->title >= 0 && (size_t)s->title != i &&
           sv_eq(search_text(s, i), search_text(s, (size_t)s->title));
}

/* ---- Other articles inside the text ---- */

static bool is_headline_of_box(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    return line_reads_as_headline(l) && !l->known && !l->prose && !l->reason;
}

/* Skips the headlines that follow "Tin liên quan". The last one is a heading of the article if it
 * is much shorter than the others and prose follows. */
static void skip_headlines(struct search *s, size_t box)
{
    size_t end = box + 1, chars = 0;
    for (; end < s->to && is_headline_of_box(s, end); end++)
        chars += s->lines.at[end].chars;
    size_t n = end - box - 1;
    if (n >= 2 && end < s->to && s->lines.at[end].prose) {
        size_t last = s->lines.at[end - 1].chars, others = (chars - last) / (n - 1);
        if (last * 4 < others * 3)
            end--;
    }
    for (size_t i = box + 1; i < end; i++)
        s->lines.at[i].reason = SKIP_RELATED;
}

/* Skips the teaser that "Đọc tiếp" ends: a headline and the beginning of its text. */
static void skip_teaser(struct search *s, size_t read_on)
{
    if (!pasted_is_read_on(s, read_on) || read_on < s->from + 3)
        return;
    struct line *text = &s->lines.at[read_on - 1], *headline = text - 1;
    if (text->prose && !headline->prose && line_reads_as_headline(headline))
        text->reason = headline->reason = SKIP_RELATED;
}

/* ---- Headings ---- */

/* "Địa chỉ: xóm Bến" */
static bool is_label(const struct search *s, size_t i)
{
    enum { LONGEST_LABEL = 16, LONGEST_LINE = 60 };
    struct sv v = search_text(s, i);
    return v.n < LONGEST_LINE && memchr(v.p, ':', v.n < LONGEST_LABEL ? v.n : LONGEST_LABEL);
}

/* "Vân Hải, ngày 18 tháng 9 năm 2024" */
static bool is_place_and_date(const struct search *s, size_t i)
{
    enum { LONGEST = 90 };
    struct sv v = search_text(s, i);
    return v.n < LONGEST && sv_find(v, SV("ngày ")) >= 0 && sv_find(v, SV(" tháng ")) >= 0 &&
           sv_find(v, SV(" năm ")) >= 0;
}

static bool is_in_brackets(const struct search *s, size_t i)
{
    return *search_text(s, i).p == '(';
}

static const struct evidence against_heading[] = {
    {"a label and what it is for", is_label, -1, NULL},            /* de-muc, ky-ten */
    {"place and date of a document", is_place_and_date, -1, NULL}, /* de-muc, ky-ten */
    {"a remark in brackets", is_in_brackets, -1, NULL},            /* de-muc, ky-ten */
};

/* Prose that is a heading all the same: a line of capitals is judged like any other. */
static bool is_prose_like_heading(const struct search *s, size_t i)
{
    enum { LONGEST_QUESTION = 90 };
    const struct line *l = &s->lines.at[i];
    return l->end == END_QUESTION && l->chars <= LONGEST_QUESTION;
}

static bool may_be_heading(const struct search *s, size_t i)
{
    enum { LONGEST_CAPITALS = 200 };
    const struct line *l = &s->lines.at[i];
    if (l->prose && !(l->all_capitals && l->chars <= LONGEST_CAPITALS))
        return is_prose_like_heading(s, i);
    return line_reads_as_heading(l) && !evidence_any(EVIDENCE_TABLE(against_heading), s, i);
}

static bool is_small_heading(const struct search *s, size_t i)
{
    return !s->lines.at[i].all_capitals && may_be_heading(s, i);
}

/* Whether a long run of lines around i may be headings, without capitals: then they are a table or
 * a list of names. */
static bool is_in_run(const struct search *s, size_t i)
{
    enum { LONG_RUN = 5 };
    size_t first = i, end = i + 1;
    while (first > s->from && end - first < LONG_RUN && is_small_heading(s, first - 1))
        first--;
    while (end < s->to && end - first < LONG_RUN && is_small_heading(s, end))
        end++;
    return end - first >= LONG_RUN;
}

/* The next line below i that is read and is no caption; s->to: none. */
static size_t next_text(const struct search *s, size_t i)
{
    do
        i++;
    while (i < s->to && (s->lines.at[i].reason || line_is_caption(s, i)));
    return i;
}

static bool is_heading(const struct search *s, size_t i)
{
    enum { LONGEST_NUMBERED = 120 };
    const struct line *l = &s->lines.at[i];
    if (!may_be_heading(s, i))
        return false;
    size_t next = next_text(s, i);
    if (l->all_capitals && l->words >= 2 && (next < s->to || s->to < s->lines.n))
        return true;
    if (next >= s->to || is_in_run(s, i))
        return false;
    if (!l->marker)
        return true;
    /* "1. Giá vàng" above its text */
    return !s->lines.at[next].marker && s->lines.at[next].prose && l->chars <= LONGEST_NUMBERED;
}

/* The number of column gaps in line i. */
static size_t count_gaps(const struct search *s, size_t i)
{
    struct sv v = search_text(s, i);
    size_t n = 0;
    if (s->lines.at[i].gap < strlen(COLUMN_GAP))
        return 0;
    for (ptrdiff_t at = sv_find(v, SV(COLUMN_GAP)); at >= 0; at = sv_find(v, SV(COLUMN_GAP))) {
        v = sv_trim(sv_sub(v, (size_t)at, v.n - (size_t)at));
        n += v.n > 0;
    }
    return n;
}

/* Whether the line is a row of a table: it and a line beside it have three or more columns. */
static bool is_row(const struct search *s, size_t i)
{
    enum { FEWEST_GAPS = 2 };
    if (count_gaps(s, i) < FEWEST_GAPS)
        return false;
    return (i > s->from && count_gaps(s, i - 1) >= FEWEST_GAPS) ||
           (i + 1 < s->to && count_gaps(s, i + 1) >= FEWEST_GAPS);
}

static enum block_kind kind_of(const struct search *s, size_t i)
{
    if (is_row(s, i))
        return BLOCK_TABLE;
    if (line_is_captioned(s, i))
        return BLOCK_CAPTION;
    if ((s->is_page || s->title >= 0 || s->byline >= 0) && is_heading(s, i))
        return BLOCK_HEADING;
    return s->lines.at[i].marker ? BLOCK_LIST : BLOCK_PARAGRAPH;
}

/* ---- The body ---- */

static enum skip_reason reason_in_body(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    if (!l->has_content)
        return SKIP_DECORATION;
    if (!s->is_page)
        return SKIP_NONE;
    if (is_title_again(s, i))
        return SKIP_REPEATED;
    if (l->dated)
        return SKIP_CLOCK;
    return reason_is_box(l->known) || s->several ? l->known : SKIP_NONE;
}

static void classify_body(struct search *s)
{
    for (size_t i = s->from; i < s->to; i++) {
        struct line *l = &s->lines.at[i];
        if (l->reason)
            continue;
        l->reason = reason_in_body(s, i);
        if (l->reason == SKIP_RELATED)
            skip_headlines(s, i);
        if (l->known == SKIP_RELATED)
            skip_teaser(s, i);
    }
    for (size_t i = s->from; i < s->to; i++)
        if (!s->lines.at[i].reason)
            s->lines.at[i].kind = (uint8_t)kind_of(s, i);
}

/* The first paragraph is the sapo if others follow it: of a page, or of a text that has both a
 * title and a byline. */
static void find_sapo(struct search *s)
{
    enum { LONGEST_SAPO = 700 };
    size_t i = s->from, prose = 0;
    while (i < s->to && s->lines.at[i].reason)
        i++;
    for (size_t k = i + 1; k < s->to; k++)
        prose += s->lines.at[k].prose && !s->lines.at[k].reason;
    bool article = s->date >= 0 || (s->title >= 0 && (s->is_page || s->byline >= 0));
    if (i == s->to || !article || !prose)
        return;
    struct line *l = &s->lines.at[i];
    if (l->kind == BLOCK_PARAGRAPH && l->prose && l->chars <= LONGEST_SAPO)
        l->kind = BLOCK_SAPO;
}

/* ---- Around the body ---- */

/* The reason not to read a line outside the body; SKIP_NONE: it belongs to the box above
 * it. */
static enum skip_reason reason_outside(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    if (l->known)
        return l->known;
    if (!l->has_content)
        return SKIP_DECORATION;
    if (l->dated)
        return SKIP_CLOCK;
    if (is_title_again(s, i))
        return SKIP_REPEATED;
    return line_is_source(s, i) ? SKIP_SOURCE : SKIP_NONE;
}

/* `below`: below the body, where what follows a known line belongs to its box. */
static void classify_around(struct search *s, size_t from, size_t to, bool below)
{
    enum skip_reason box = SKIP_MENU;
    for (size_t i = from; i < to; i++) {
        enum skip_reason reason = reason_outside(s, i);
        s->lines.at[i].reason = reason ? reason : box;
        if (below && reason_spreads(s->lines.at[i].known))
            box = s->lines.at[i].known;
    }
}

void pasted_classify(struct search *s)
{
    classify_around(s, 0, s->from, false);
    classify_around(s, s->to, s->lines.n, true);
    classify_body(s);
    search_settle(s);
    find_sapo(s);
    if (s->date >= 0)
        search_read_date(s);
}
