/* Fractions, ratios and counts out of a whole: 1/3, 1/3-1/2, 8/9 xã, tỷ lệ 1:1000, 140/90 mmHg. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

enum { MOST_PARTS = 4 };

/* Numbers tied by strokes, or by colons. */
struct ratio {
    uint32_t at[MOST_PARTS];
    struct numeral part[MOST_PARTS];
    uint32_t n, end;
    bool stroke;
};

/* Newsreaders say "phần" for one part, and for the few fractions in daily use. */
static bool is_parts(uint64_t above, uint64_t below)
{
    if (above >= below)
        return false;
    return above == 1 || (above == 2 && (below == 3 || below == 5)) ||
           (above == 3 && (below == 4 || below == 5)) || (above == 4 && below == 5);
}

static bool is_link(const struct speaker *s, uint32_t i, uint32_t mark)
{
    return is_mark(s, i, mark) && is_number(s, i + 1) && atom_glued(s, i) == atom_glued(s, i + 1);
}

static bool ratio_parse(const struct speaker *s, uint32_t i, uint32_t mark, struct ratio *r)
{
    *r = (struct ratio){.end = i, .stroke = mark == '/'};
    while (r->n < MOST_PARTS && numeral_parse(s, r->end, &r->part[r->n])) {
        r->at[r->n] = r->end;
        r->end += r->part[r->n++].atoms;
        if (!is_link(s, r->end, mark))
            break;
        r->end++;
    }
    if (r->n && is_mark(s, r->end - 1, mark))
        r->end--;
    return r->n > 1;
}

/* What stands between the ratios of one list. */
static bool joins_ratios(const struct speaker *s, uint32_t i)
{
    return is_number(s, i) || is_mark(s, i, '/') || is_mark(s, i, ':') || is_mark(s, i, ',') ||
           is_mark(s, i, '.') || is_dash(s, i) || word_is(s, i, "và") || word_is(s, i, "hoặc") ||
           word_is(s, i, "đến");
}

/* tỷ lệ 1/500, 1/2000 và 1/5000: the cue stands before the first. */
bool has_ratio_cue(const struct speaker *s, uint32_t i)
{
    enum { FAR = 24 };
    uint32_t j = i;
    while (i - j < FAR && j > s->begin && joins_ratios(s, j - 1))
        j--;
    return cue_before(s, i, CUE_RATIO) || (is_number(s, j) && cue_before(s, j, CUE_RATIO));
}

static bool is_plain(const struct numeral *n)
{
    return !n->fraction && !n->spelled && !n->vulgar;
}

static bool has_parts(const struct ratio *r)
{
    return r->stroke && r->n == 2 && is_plain(&r->part[0]) && is_plain(&r->part[1]) &&
           is_parts(r->part[0].value, r->part[1].value);
}

bool is_parts_range(const struct speaker *s, uint32_t i)
{
    struct ratio from, to;
    return is_inner_mark(s, i + 1, '/') && ratio_parse(s, i, '/', &from) &&
           is_range_dash(s, from.end) && ratio_parse(s, from.end + 1, '/', &to) &&
           has_parts(&from) && has_parts(&to) && cue_after(s, to.end, CUE_COUNTED);
}

static void say_ratio(struct speaker *s, const struct ratio *r, bool parts)
{
    for (uint32_t k = 0; k < r->n; k++) {
        if (k)
            say(s, parts ? "phần" : "trên");
        /* phần tư, as the quarter is called. */
        if (k && parts && r->part[k].value == 4)
            say(s, "tư");
        else
            say_numeral(s, r->at[k], &r->part[k]);
    }
}

/* 24/24g: hours, where a gram would be meant elsewhere. */
static bool is_hour_sign(const struct speaker *s, uint32_t i)
{
    return atom_glued(s, i) && word_is(s, i, "g") && sv_is(atom_written(s, i - 1), "24");
}

/* What the ratio counts in: 140/90 mmHg, 1/3 km/h. */
static uint32_t read_unit(struct speaker *s, uint32_t i, bool speak)
{
    struct unit u;
    if (is_hour_sign(s, i)) {
        if (speak)
            say(s, "giờ");
        return 1;
    }
    if (!unit_parse(s, i, &u))
        return 0;
    if (speak)
        say_unit(s, &u);
    return u.atoms + read_strokes(s, i + u.atoms, u.cls, true, speak);
}

static uint32_t say_ratios(struct speaker *s, uint32_t i, bool minus, const struct ratio *r,
                           const struct ratio *to)
{
    bool ratio = has_ratio_cue(s, i), parts = !ratio && !cue_before(s, i, CUE_ADDRESS);
    uint32_t end = to ? to->end : r->end, unit = read_unit(s, end, false);
    bool daily = parts && has_parts(r);
    token_begin(s, CLASS_fraction,
                daily   ? "parts of a whole"
                : ratio ? "ratio"
                        : "out of",
                i, end + unit - i);
    if (minus)
        say(s, "âm");
    say_ratio(s, r, daily);
    if (to) {
        say(s, "đến");
        say_ratio(s, to, parts && has_parts(to));
    }
    read_unit(s, end, true);
    token_end(s);
    return end + unit - i;
}

uint32_t read_fraction(struct speaker *s, uint32_t i)
{
    struct ratio r, to;
    bool minus = is_minus(s, i);
    uint32_t at = i + minus;
    struct numeral first;
    if (!numeral_parse(s, at, &first))
        return 0;
    bool found = is_mark(s, at + first.atoms, '/') && ratio_parse(s, at, '/', &r);
    if (!found && is_mark(s, at + first.atoms, ':'))
        found = ratio_parse(s, at, ':', &r) && (atom_glued(s, r.at[1]) || has_ratio_cue(s, i));
    if (!found)
        return 0;
    bool range = is_range_dash(s, r.end) && ratio_parse(s, r.end + 1, r.stroke ? '/' : ':', &to) &&
                 r.n == 2 && to.n == 2;
    return say_ratios(s, i, minus, &r, range ? &to : NULL);
}
