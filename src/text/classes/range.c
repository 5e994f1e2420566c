/*
 * The dash between two ends that are said in words: thứ Hai - thứ Sáu, tháng 3 - tháng 6, lớp 1 -
 * lớp 5, 8h sáng - 5h chiều, từ đầu tháng 3 - cuối tháng 5, xe chạy từ Huế - Vinh. It is "đến".
 * (Ranges of numbers are read with their unit, in measure.c.)
 */
#include "text/classes/calendar.h"
#include "text/classes/class.h"
#include "text/classes/evidence.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"
#include "text/classes/weekday.h"
#include "text/pause.h"

enum { MOST_WORDS = 2 }; /* in the name of what is numbered or counted */

/* The atom of a "từ" before the dash at atom i, in the same phrase; NO_ATOM if there is none. */
static uint32_t from_before(const struct view *v, uint32_t i)
{
    enum { FAR = 10 };
    for (uint32_t k = 1; k <= FAR && atom_exists(v, i - k); k++) {
        if (word_is(v, i - k, "từ"))
            return i - k;
        bool inside = is_word(v, i - k) || is_number(v, i - k) || is_mark(v, i - k, '/');
        if (!inside || is_joint(v, i - k, "", CUE_TO))
            break;
    }
    return NO_ATOM;
}

static bool has_from(const struct candidate *c)
{
    return from_before(c->v, c->i) != NO_ATOM;
}

static bool are_same_words(const struct view *v, uint32_t a, uint32_t b, uint32_t words)
{
    for (uint32_t k = 0; k < words; k++)
        if (!is_word(v, a + k) || !sv_eq(atom_lower(v, a + k), atom_lower(v, b + k)))
            return false;
    return true;
}

/* sáng thứ 2 - chiều thứ 6, từ Chủ nhật - thứ Ba: with "từ" the week may turn over. Two days side
 * by side are no range without it. */
static bool joins_weekdays(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t before, after, to = c->i + 1;
    to += is_word(v, to) && (rules_cues(v->rules, atom_lower(v, to)) & CUE_WEEKDAY);
    int32_t first = weekday_before(v, c->i, &before), last = weekday_at(v, to, &after);
    bool chain = is_dash(v, c->i - before - 1) || is_dash(v, to + after); /* T3-T5-T7 */
    bool from = has_from(c); /* Từ Chủ nhật - thứ Ba */
    return first && last && last != first && (last > first + 1 || from) && !chain;
}

/* A number, or a numeral of I, V and X. */
static bool is_number_or_roman(const struct view *v, uint32_t i)
{
    if (is_number(v, i))
        return true;
    struct sv word = atom_written(v, i);
    for (size_t k = 0; k < word.n; k++)
        if (word.p[k] != 'I' && word.p[k] != 'V' && word.p[k] != 'X')
            return false;
    return is_word(v, i);
}

/* The first atom of the number or date that ends before atom i: 3/2024. */
static uint32_t start_of_number(const struct view *v, uint32_t i)
{
    enum { MOST_PARTS = 3 };
    uint32_t first = i - 1;
    for (unsigned k = 1; k < MOST_PARTS && is_mark(v, first - 1, '/') && is_number(v, first - 2);
         k++)
        first -= 2;
    return first;
}

/* lớp 1 - lớp 5: the same words are before a number on both sides, and the number rises. */
static bool joins_series(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t first = start_of_number(v, c->i);
    if (!is_number_or_roman(v, first))
        return false;
    for (uint32_t n = 1; n <= MOST_WORDS; n++) {
        uint32_t last = c->i + 1 + n;
        if (!are_same_words(v, first - n, c->i + 1, n) || !is_number_or_roman(v, last))
            continue;
        uint32_t before = first - n - 1; /* cấp 1 - cấp 2 - cấp 3 is a list */
        bool chain = (is_dash(v, before) && is_number_or_roman(v, before - 1)) ||
                     (is_dash(v, last + 1) && are_same_words(v, c->i + 1, last + 2, n));
        bool plain = first == c->i - 1 && is_number(v, first) && is_number(v, last);
        bool rises = !plain || small_number(v, last) > small_number(v, first);
        bool series = rules_cues(v->rules, atoms_lower(v, last - n, last - 1)) & CUE_SERIES;
        return rises && !chain && (series || has_from(c));
    }
    return false;
}

/* The first atom of the number with groups or decimals that ends before atom i: 9.200. */
static uint32_t start_of_numeral(const struct view *v, uint32_t i)
{
    enum { MOST_PARTS = 5 };
    uint32_t first = i - 1;
    for (unsigned k = 1; k < MOST_PARTS && is_number(v, first - 2) &&
                         (is_inner_mark(v, first - 1, '.') || is_inner_mark(v, first - 1, ','));
         k++)
        first -= 2;
    return first;
}

/* 37 triệu đồng/lượng-37,50 triệu đồng/lượng: the same words with a stroke on both sides. */
static bool joins_prices(const struct candidate *c)
{
    enum { MOST = 6 };
    const struct view *v = c->v;
    struct numeral to;
    uint32_t n = 0;
    if (!numeral_parse(v, c->i + 1, &to))
        return false;
    while (n < MOST && (is_word(v, c->i - n - 1) || is_mark(v, c->i - n - 1, '/')))
        n++;
    uint32_t second = c->i + 1 + to.atoms;
    bool stroke = false;
    for (uint32_t k = 0; k < n; k++) {
        stroke = stroke || is_mark(v, second + k, '/');
        if (!sv_eq(atom_written(v, c->i - n + k), atom_written(v, second + k)))
            return false;
    }
    return stroke && is_number(v, c->i - n - 1);
}

/* 45 phút - 1 tiếng, 3 tháng - 1 năm: the second is a longer time than the first; 3 ngày - 2 đêm
 * and 2 năm - 6 tháng are no ranges. */
static bool is_longer_time(const struct view *v, uint32_t first, uint32_t second)
{
    static const char *const longer[][2] = {{"giây", "phút"},  {"phút", "tiếng"}, {"phút", "giờ"},
                                            {"tiếng", "ngày"}, {"ngày", "tuần"},  {"ngày", "tháng"},
                                            {"tuần", "tháng"}, {"tháng", "năm"}};
    for (size_t k = 0; k < sizeof longer / sizeof *longer; k++)
        if (word_is(v, first, longer[k][0]) && word_is(v, second, longer[k][1]))
            return true;
    return false;
}

/* 8 giờ - 17 giờ, 9.200 đồng - 9.300 đồng: the same thing is counted on both sides. */
static bool joins_counts(const struct candidate *c)
{
    const struct view *v = c->v;
    struct numeral from, to;
    if (!numeral_parse(v, c->i + 1, &to))
        return false;
    for (uint32_t n = 1; n <= MOST_WORDS; n++) {
        uint32_t end = c->i - n, first = start_of_numeral(v, end);
        bool times = n == 1 && is_longer_time(v, end, c->i + 1 + to.atoms);
        if (times && is_number(v, end - 1)) /* 45 phút - 1 tiếng */
            return true;
        uint32_t after = c->i + 1 + to.atoms + n; /* 1 lượng - 2 lượng - 3 lượng is a list */
        bool chain = (is_dash(v, after) && is_number(v, after + 1)) || is_dash(v, first - 1);
        if (!chain && !is_capitalized(v, end) && are_same_words(v, end, c->i + 1 + to.atoms, n) &&
            numeral_parse(v, first, &from) && first + from.atoms == end)
            return to.value > from.value;
    }
    return false;
}

/* Whether an atom may be between a time of the day and the dash: the day, or a part of it. */
static bool belongs_to_time(const struct view *v, uint32_t i)
{
    if (is_number(v, i) || is_mark(v, i, '/') || is_mark(v, i, '\'') || is_mark(v, i, 0x2019))
        return true;
    return near_before(v, i + 1, NEAR_IN_TIME) ||
           (is_word(v, i) && rules_cues(v->rules, atom_lower(v, i)) & (CUE_DATE | CUE_WEEKDAY));
}

/* 8h sáng - 5h chiều, 19h ngày 6/3 - 5h ngày 7/3 */
static bool joins_times(const struct candidate *c)
{
    enum { FAR = 8 };
    const struct view *v = c->v;
    if (!is_time_of_day(v, c->i + 1))
        return false;
    for (uint32_t k = 1; k <= FAR; k++) {
        uint32_t at = c->i - k;
        if (last_ended_at(v, CLASS_time, at + 1) || (word_is(v, at, "giờ") && is_number(v, at - 1)))
            return true;
        if (!belongs_to_time(v, at))
            return false;
    }
    return false;
}

/* The word begins a time: sáng, cuối tháng, nay, hết. */
static bool begins_time(const struct view *v, uint32_t i)
{
    return is_word(v, i) &&
           (near_after(v, i, NEAR_TIME_PART) ||
            (rules_cues(v->rules, atom_lower(v, i)) & (CUE_DATE | CUE_WEEKDAY | CUE_SERIES)));
}

/* từ đầu tháng 3 - cuối tháng 5, từ cầu A - cầu B, từ chợ A - cầu B, từ 6 tháng - 5 tuổi, từ nay -
 * 30/6 */
static bool joins_from_and_to(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t from = from_before(v, c->i), to = c->i + 1;
    if (from == NO_ATOM)
        return false;
    if (is_number(v, to) && is_inner_mark(v, to + 1, '/') && digit_count(v, to + 2) == 4)
        return false; /* the month says it itself: từ 9/2023 - 5/2024 */
    if (is_number(v, to))
        return (is_number(v, from + 1) && is_word(v, c->i - 1)) ||
               (begins_time(v, from + 1) && is_inner_mark(v, to + 1, '/'));
    bool letters = is_one_letter(v, from + 1) && is_one_letter(v, to) && from + 2 == c->i;
    /* từ mức độ 6 - mức cứng trung bình: the second explains the first */
    bool level = are_same_words(v, from + 1, to, 1) && is_number(v, c->i - 1) &&
                 is_word(v, to + 1) && !is_capitalized(v, to + 1) && !is_number(v, to + 2);
    if (level)
        return false;
    return letters || are_same_words(v, from + 1, to, 1) ||
           (begins_time(v, to) && (is_number(v, from + 1) || begins_time(v, from + 1)));
}

/* xe chạy từ ..., the word before "từ" or some words before says that somebody travels. */
static bool travels_before(const struct view *v, uint32_t from)
{
    enum { FAR = 7 };
    for (uint32_t k = 0; k < FAR && (is_word(v, from - k - 1) || is_number(v, from - k - 1)); k++)
        if (near_before(v, from - k, NEAR_TRAVEL))
            return true;
    return false;
}

static uint32_t capitalized_end(const struct view *v, uint32_t i)
{
    while (is_capitalized(v, i))
        i++;
    return i;
}

/* chạy từ TP Đà Nẵng - Thanh Hóa: names alone are between "từ" and the dash. They are no double
 * name (Bà Rịa - Vũng Tàu), but "cao tốc từ Cam Lâm - Vĩnh Hảo" has the ends of a road. */
static bool joins_places(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t from = from_before(v, c->i), to = c->i + 1;
    if (from == NO_ATOM || !is_capitalized(v, to) || (is_upper(v, to) && !word_is(v, to, "tp")) ||
        near_after(v, to, NEAR_NO_PLACE) ||
        (dash_is_in_pair(v, c->i) && !cue_before(v, from, CUE_ROUTE)) ||
        is_joint(v, capitalized_end(v, to), "", CUE_TO)) /* từ Quảng Nam - Đà Nẵng đến */
        return false;
    uint32_t name = from + 1;
    while (near_after(v, from + 1, NEAR_CITY) && !is_capitalized(v, name) && is_word(v, name))
        name++;
    return name < c->i && capitalized_end(v, name) == c->i && travels_before(v, from);
}

static const struct evidence for_range_in_words[] = {
    {"days of the week", joins_weekdays, ENOUGH},       /* sáng thứ 2 - chiều thứ 6 */
    {"the same thing, numbered", joins_series, ENOUGH}, /* tháng 3 - tháng 6 */
    {"the same thing, counted", joins_counts, ENOUGH},  /* 8 giờ - 17 giờ */
    {"the same price, counted", joins_prices, ENOUGH}, /* 5 triệu/lượng - 6 triệu/lượng */
    {"times of the day", joins_times, ENOUGH},         /* 8h sáng - 5h chiều */
    {"\"từ\" before the first", joins_from_and_to, ENOUGH}, /* từ đầu năm - cuối tháng 5 */
    {"two places after \"từ\"", joins_places, ENOUGH},      /* xe chạy từ Huế - Vinh */
    {0},
};

uint32_t read_range(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_range_dash(v, i) || !evidence_is_enough(for_range_in_words, v, i, NULL))
        return 0;
    token_begin(out, v, CLASS_range, "range in words", i, 1);
    say(out, "đến");
    token_end(out);
    return 1;
}
