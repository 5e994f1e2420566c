/* Fractions, ratios and counts out of a whole: 1/3, 1/3-1/2, 8/9 xã, tỷ lệ 1:1000, 140/90 mmHg. */
#include "text/classes/class.h"
#include "text/classes/expansion.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

enum { MOST_PARTS = 4 };

/* Numbers with strokes or colons between them. */
struct ratio {
    uint32_t at[MOST_PARTS];
    struct numeral part[MOST_PARTS];
    uint32_t n, end;
    bool stroke;
};

bool is_daily_fraction(uint64_t above, uint64_t below)
{
    if (above >= below)
        return false;
    return above == 1 || (above == 2 && (below == 3 || below == 5)) ||
           (above == 3 && (below == 4 || below == 5)) || (above == 4 && below == 5);
}

/* Tỷ lệ nén tăng từ 11,0: 1 đến 12,0: 1: a colon that stands by the first number. */
static bool is_slipped_colon(const struct view *v, uint32_t i)
{
    enum { FAR = 18 };
    if (!is_mark(v, i, ':') || !atom_glued(v, i) || !sv_is(atom_written(v, i + 1), "1") ||
        (is_word(v, i + 2) && !is_joint(v, i + 2, "", CUE_AND | CUE_OR | CUE_TO)))
        return false;
    for (uint32_t k = 1; k <= FAR && atom_exists(v, i - k); k++)
        if (word_is(v, i - k, "lệ"))
            return true;
    return false;
}

static bool is_link(const struct view *v, uint32_t i, uint32_t mark)
{
    bool even = atom_glued(v, i) == atom_glued(v, i + 1);
    return is_mark(v, i, mark) && is_number(v, i + 1) && (even || is_slipped_colon(v, i));
}

static bool ratio_parse(const struct view *v, uint32_t i, uint32_t mark, struct ratio *r)
{
    *r = (struct ratio){.end = i, .stroke = mark == '/'};
    while (r->n < MOST_PARTS && numeral_parse(v, r->end, &r->part[r->n])) {
        r->at[r->n] = r->end;
        r->part[r->n].spelled = r->part[r->n].spelled && !r->part[r->n].padded; /* 08/10 xã */
        r->end += r->part[r->n++].atoms;
        if (!is_link(v, r->end, mark))
            break;
        r->end++;
    }
    if (r->n && is_mark(v, r->end - 1, mark))
        r->end--;
    return r->n > 1;
}

/* Whether the atom can be inside a list of ratios. */
static bool joins_ratios(const struct view *v, uint32_t i)
{
    return is_number(v, i) || is_joint(v, i, "/:,.-", CUE_AND | CUE_OR | CUE_TO);
}

/* tỷ lệ 1/500, 1/2000 và 1/5000: the cue is before the first. */
bool has_ratio_cue(const struct view *v, uint32_t i)
{
    enum { FAR = 24 };
    uint32_t j = i;
    while (i - j < FAR && j > v->begin && joins_ratios(v, j - 1))
        j--;
    return cue_before(v, i, CUE_RATIO) || (is_number(v, j) && cue_before(v, j, CUE_RATIO));
}

/* Năm ngoái, tỷ lệ chọi lớp 10 là hơn 1/10: so many for one place; the words are some way before.
 */
static bool are_odds(const struct view *v, uint32_t i)
{
    enum { FAR = 12 };
    for (uint32_t k = 1; k <= FAR && is_word(v, i - k) + is_number(v, i - k); k++)
        if (word_is(v, i - k, "chọi") && word_is(v, i - k - 1, "lệ"))
            return true;
    return false;
}

/* Tỷ lệ gặp lỗi chỉ là 1/100 triệu máy: one in so many. One in a few (tỷ lệ thất nghiệp là 1/10 dân
 * số) is a part. */
static bool is_rate(const struct view *v, uint32_t i, const struct ratio *r)
{
    enum { FAR = 12, MANY = 100, SOME = 10 };
    if (!r->stroke || r->n != 2 || r->part[0].value != 1 || r->part[0].fraction)
        return false;
    bool many = r->part[1].value >= MANY || word_is_kind(v, r->end, UNIT_SCALE);
    if (!many && (r->part[1].value < SOME || is_word(v, r->end)))
        return false;
    for (uint32_t k = 0; k < FAR && is_word(v, i - k - 1); k++)
        if (near_before(v, i - k, NEAR_SHARE))
            return true;
    return false;
}

/* 02/05 chỉ tiêu counts: a zero in front is no part of a fraction. */
static bool is_whole_number(const struct numeral *n)
{
    return !n->fraction && !n->spelled && !n->vulgar && !n->padded;
}

static bool has_parts(const struct ratio *r)
{
    return r->stroke && r->n == 2 && is_whole_number(&r->part[0]) && is_whole_number(&r->part[1]) &&
           is_daily_fraction(r->part[0].value, r->part[1].value);
}

bool is_parts_range(const struct view *v, uint32_t i)
{
    struct ratio from, to;
    return is_inner_mark(v, i + 1, '/') && ratio_parse(v, i, '/', &from) &&
           is_range_dash(v, from.end) && ratio_parse(v, from.end + 1, '/', &to) &&
           has_parts(&from) && has_parts(&to) && cue_after(v, to.end, CUE_COUNTED);
}

/* 8/10 độ cao của chậu: a part of a size, no degrees. */
static bool is_size(const struct view *v, uint32_t i)
{
    return word_is(v, i, "cao") || word_is(v, i, "dài") || word_is(v, i, "rộng") ||
           word_is(v, i, "sâu") || word_is(v, i, "dày");
}

/* 25/34°C: the coldest and the warmest of a day. */
static bool are_degrees_of_day(const struct view *v, const struct ratio *r)
{
    return r->stroke && r->n == 2 && is_whole_number(&r->part[0]) &&
           r->part[0].value < r->part[1].value &&
           ((word_is(v, r->end, "độ") && !is_size(v, r->end + 1)) || is_mark(v, r->end, 0xB0) ||
            is_mark(v, r->end, 0x2103));
}

/* đứng thứ 4/34 tỉnh: a place among so many. */
static bool is_placed(const struct view *v, const struct ratio *r)
{
    return r->stroke && r->n == 2 && is_whole_number(&r->part[0]) &&
           word_is(v, r->at[0] - 1, "thứ");
}

static void say_ratio(struct utterance *out, const struct view *v, const struct ratio *r,
                      bool parts)
{
    bool degrees = are_degrees_of_day(v, r);
    for (uint32_t k = 0; k < r->n; k++) {
        if (k)
            say(out, parts ? "phần" : degrees ? "đến" : "trên");
        /* A quarter is "phần tư". */
        if (k && parts && r->part[k].value == 4)
            say(out, "tư");
        else if (!k && is_placed(v, r))
            say_ordinal(out, r->part[k].value);
        else
            say_numeral(out, v, r->at[k], &r->part[k]);
    }
}

/* 24/24g: hours, though g is gram elsewhere. */
static bool is_hour_sign(const struct view *v, uint32_t i)
{
    return atom_glued(v, i) && word_is(v, i, "g") && sv_is(atom_written(v, i - 1), "24");
}

/* Reads the unit of the ratio (140/90 mmHg, 1/3 km/h); says it if `speak`. Returns its atoms. */
static uint32_t read_ratio_unit(struct utterance *out, const struct view *v, uint32_t i, bool speak)
{
    struct unit u;
    if (is_hour_sign(v, i)) {
        if (speak)
            say(out, "giờ");
        return 1;
    }
    if (!unit_parse(v, i, &u))
        return 0;
    if (speak)
        say_unit(out, &u);
    return u.atoms + read_strokes(out, v, i + u.atoms, u.cls, true, speak);
}

/* đạt 3/5, 4/7 và 6/9 chỉ tiêu: a list is decided as one. */
static bool is_listed_with_others(const struct view *v, uint32_t i, uint32_t end)
{
    struct ratio other;
    if (is_joint(v, end, ",", CUE_AND | CUE_OR) && ratio_parse(v, end + 1, '/', &other) &&
        !has_parts(&other))
        return true;
    return is_joint(v, i - 1, ",", CUE_AND | CUE_OR) && !last_ended_at(v, CLASS_date, i - 1) &&
           is_inner_mark(v, i - 3, '/') && is_number(v, i - 4) &&
           ratio_parse(v, i - 4, '/', &other) && !has_parts(&other);
}

/* 6/9 tên lửa và 1/6 tên lửa: near it, other parts of the same things are so many out of so many,
 * so this one is too. */
static bool has_sister_of_things(const struct view *v, uint32_t i, uint32_t end)
{
    enum { FAR = 24 };
    struct ratio other;
    if (!is_syllable(v, end))
        return false;
    uint32_t first = i > v->begin + FAR ? i - FAR : v->begin;
    for (uint32_t j = first; j < end + FAR; j++)
        if (j != i && is_inner_mark(v, j + 1, '/') && !is_mark(v, j - 1, '/') &&
            ratio_parse(v, j, '/', &other) && !has_parts(&other) &&
            sv_eq(atom_lower(v, other.end), atom_lower(v, end)))
            return true;
    return false;
}

static uint32_t say_ratios(struct utterance *out, const struct view *v, uint32_t i, bool minus,
                           const struct ratio *r, const struct ratio *to)
{
    bool ratio = has_ratio_cue(v, i) || are_odds(v, i) || is_rate(v, i, r),
         parts = !ratio && !is_placed(v, r) && !cue_before(v, i, CUE_ADDRESS) &&
                 !(is_upper(v, i - 1) && atom_glued(v, i)); /* DK1/10 */
    uint32_t end = to ? to->end : r->end, unit = read_ratio_unit(out, v, end, false);
    /* lớp 1/5 of a school is no part. */
    bool matches = word_is(v, end, "trận") && !word_is(v, end + 1, "đấu") &&
                   (word_is(v, i - 1, "thua") || word_is(v, i - 1, "thắng") ||
                    word_is(v, i - 1, "hòa")); /* thua 1/5 trận */
    bool daily = parts && has_parts(r) && !word_is(v, i - 1, "lớp") && !matches &&
                 !has_sister_of_things(v, i, end) && !is_listed_with_others(v, i, end);
    token_begin(out, v, CLASS_fraction,
                daily   ? N_("parts of a whole")
                : ratio ? N_("ratio")
                        : N_("out of"),
                i, end + unit - i);
    if (minus)
        say(out, "âm");
    say_ratio(out, v, r, daily);
    if (to) {
        say(out, "đến");
        say_ratio(out, v, to, parts && has_parts(to));
    }
    read_ratio_unit(out, v, end, true);
    token_end(out);
    return end + unit - i;
}

/* iPhone 7/7 Plus, BMP-1/2, Kh-101/555; TTXVN-1/5 has a day. */
static bool are_models(const struct view *v, uint32_t i)
{
    if (near_before(v, i, NEAR_PRODUCT) && is_capitalized(v, i + 3))
        return true;
    if (!is_tight_mark(v, i - 1, '-') || !is_capitalized(v, i - 2))
        return false;
    uint32_t fewest = capitals_are_letters(v, i - 2) ? 1 : 2;
    return digit_count(v, i) >= fewest && digit_count(v, i + 2) >= fewest;
}

/* Kh-101/555, Shahed-136/131, vé Power 6/55: numbers of two models, or of one game, are said one
 * after the other. */
static uint32_t read_two_numbers(struct utterance *out, const struct view *v, uint32_t i)
{
    bool game = near_before(v, i, NEAR_LOTTERY);
    bool models = are_models(v, i);
    if ((!game && !models) || !is_tight_mark(v, i + 1, '/') || !is_number(v, i + 2) ||
        is_glued_on(v, i + 3) || is_tight_mark(v, i + 3, '/'))
        return 0;
    token_begin(out, v, CLASS_digits,
                models ? N_("numbers of two models") : N_("numbers of a game"), i, 3);
    say_number_atom(out, v, i);
    if (models)
        say_pause(out, ',');
    say_number_atom(out, v, i + 2);
    token_end(out);
    return 3;
}

/* học 1:1 với thầy: one with one, and no scale. */
static uint32_t read_one_to_one(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!sv_is(atom_written(v, i), "1") || !is_tight_mark(v, i + 1, ':') ||
        !sv_is(atom_written(v, i + 2), "1") || is_tight_mark(v, i + 3, ':') ||
        is_inner_mark(v, i + 3, ',') || is_inner_mark(v, i + 3, '.') || is_glued_on(v, i + 3) ||
        has_ratio_cue(v, i))
        return 0;
    token_begin(out, v, CLASS_fraction, "one to one", i, 3);
    say(out, "một một");
    token_end(out);
    return 3;
}

uint32_t read_fraction(struct utterance *out, const struct view *v, uint32_t i)
{
    struct ratio r, to;
    bool minus = is_minus(v, i);
    uint32_t at = i + minus;
    struct numeral first;
    if (!numeral_parse(v, at, &first))
        return 0;
    uint32_t two =
        is_mark(v, i + 1, '/') ? read_two_numbers(out, v, i) : read_one_to_one(out, v, i);
    if (two)
        return two;
    bool found = is_mark(v, at + first.atoms, '/') && ratio_parse(v, at, '/', &r);
    bool name = atom_glued(v, i) && is_upper(v, i - 1); /* siêu xe TS1:1.8 triệu USD */
    /* năm 2015:20.000 khách */
    bool period = word_is(v, i - 1, "năm") || near_before(v, i, NEAR_CALENDAR);
    if (!found && !name && !period && is_mark(v, at + first.atoms, ':'))
        found = ratio_parse(v, at, ':', &r) &&
                (atom_glued(v, r.at[1]) || has_ratio_cue(v, i) || is_slipped_colon(v, r.at[1] - 1));
    if (!found)
        return 0;
    bool range = is_range_dash(v, r.end) && ratio_parse(v, r.end + 1, r.stroke ? '/' : ':', &to) &&
                 r.n == 2 && to.n == 2;
    return say_ratios(out, v, i, minus, &r, range ? &to : NULL);
}
