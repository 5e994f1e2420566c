#include "text/classes/date_evidence.h"

#include "text/classes/calendar.h"
#include "text/classes/class.h"
#include "text/classes/date_context.h"
#include "text/classes/date_part.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

/* ---- day and month without a cue before them ---- */

static bool is_hyphen_after_weak_cue(const struct candidate *c)
{
    const struct date *d = date_of(c);
    uint32_t end = end_of_date(c);
    bool sign = atom_at(c->v, end)->kind == ATOM_SYMBOL || is_mark(c->v, end, '%'); /* 3-5°C */
    bool more = is_word(c->v, end) || is_number(c->v, end) || sign;
    bool score = near_before(c->v, c->i - 1, NEAR_SCORE_NAME);
    score = score || last_ended_at(c->v, CLASS_score, c->i - 1); /* thắng 3-1 đến 4-1 */
    return d->mark == '-' && d->tight && !more && has_weak_cue(c) && !score;
}

/* The atom behind "đến", "đến hết", "đến ngày" and "đến hết ngày". */
static uint32_t after_to(const struct view *v, uint32_t link)
{
    uint32_t i = link + 1;
    i += word_is(v, i, "hết");
    return i + word_is(v, i, "ngày");
}

/* Từ 5-7 đến 10-7: one of them does not rise, or nothing follows that they could count, so both are
 * days. */
static bool is_hyphen_to_hyphen(const struct candidate *c)
{
    const struct view *v = c->v;
    const struct date *d = date_of(c);
    uint32_t link = end_of_date(c);
    struct date to;
    if (d->mark != '-' || !d->tight ||
        (cue_in_sentence(v, CUE_SCORE) && !word_is(v, c->i - 1, "từ")))
        return false;
    uint32_t last = after_to(v, link);
    return is_joint(v, link, "", CUE_TO) && parse_date(v, last, &to) && to.mark == '-' &&
           to.tight &&
           (d->day >= d->month || to.day >= to.month || is_punct(v, last + to.atoms) ||
            !atom_exists(v, last + to.atoms));
}

/* khởi tranh từ 25.10 đến 3.11: the numbers fall, or the sentence has other days. */
static bool is_stop_to_stop(const struct candidate *c)
{
    const struct view *v = c->v;
    const struct date *d = date_of(c);
    uint32_t link = end_of_date(c);
    struct date to;
    bool first = word_is(v, c->i - 1, "từ") && is_joint(v, link, "", CUE_TO);
    if (d->mark != '.' || !first || !parse_date(v, link + 1, &to) || to.mark != '.' ||
        is_counted_thing(v, link + 1 + to.atoms))
        return false;
    return d->day > to.day || (d->day > LAST_MONTH && cue_in_sentence(v, CUE_DATE));
}

static bool is_holiday_in_context(const struct candidate *c)
{
    const struct date *d = date_of(c);
    if (!has_no_stroke(c) || !is_holiday(c->v, d) || (d->mark == '.' && d->day <= LAST_MONTH))
        return false; /* IELTS 7.5 */
    return cue_in_sentence(c->v, CUE_DATE) && !cue_in_sentence(c->v, CUE_SCORE) &&
           !is_noun_after(c->v, end_of_date(c));
}

static bool has_cue_after(const struct candidate *c)
{
    uint32_t end = end_of_date(c);
    end += is_dash(c->v, end) && !atom_glued(c->v, end); /* 5/11 - cũng là ngày */
    return cue_after(c->v, end, CUE_DATE_AFTER) && !is_part_of_things(c);
}

/* No fraction is written with a zero in front. */
static bool has_zero_in_front(const struct candidate *c)
{
    uint32_t month = c->i + 2;
    return (digit_count(c->v, c->i) == 2 && small_number(c->v, c->i) < 10) ||
           (digit_count(c->v, month) == 2 && small_number(c->v, month) < 10);
}

static bool is_counted_with_zero(const struct candidate *c)
{
    return has_zero_in_front(c) && is_counted_date(c);
}

static bool is_holiday_and_no_part(const struct candidate *c)
{
    return is_holiday(c->v, date_of(c)) && is_no_part(c) && !is_counted_date(c);
}

static bool is_holiday_though_part(const struct candidate *c)
{
    const struct date *d = date_of(c);
    bool second = d->day == 2 && !is_noun_after(c->v, end_of_date(c)); /* 2/9 */
    return is_holiday(c->v, d) && !is_no_part(c) && (cue_in_sentence(c->v, CUE_DATE) || second) &&
           !is_part_of_things(c);
}

static bool is_date_by_weak_cue(const struct candidate *c)
{
    return has_weak_cue(c) && !is_part_of_things(c);
}

static bool is_greater_than_whole(const struct candidate *c)
{
    const struct date *d = date_of(c);
    return d->day > d->month && !is_counted_thing(c->v, end_of_date(c)); /* ống 5/4 inch */
}

/* 12/3 Lê Lợi: a sentence of an address alone begins so. */
static bool is_house_of_street(const struct candidate *c)
{
    return c->i == c->v->begin && date_of(c)->day <= LAST_MONTH &&
           is_capitalized(c->v, end_of_date(c));
}

/* K12/3 */
static bool is_glued_to_letters(const struct candidate *c)
{
    return is_word(c->v, c->i - 1) && atom_glued(c->v, c->i);
}

/* Nhập viện, 7-8 đã mê man: a clause begins with it, and its verb follows. */
static bool is_hyphen_alone(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t end = end_of_date(c);
    bool verb = near_after(v, end, NEAR_VERB_NEXT);
    return verb && !is_word(v, c->i - 1) && !is_number(v, c->i - 1) && !is_dash(v, c->i - 1);
}

/* 27-8 falls, so it is no range, and 27 is no month. */
static bool is_hyphen_date(const struct candidate *c)
{
    const struct date *d = date_of(c);
    const struct view *v = c->v;
    bool code = is_tight_mark(v, c->i - 1, '-') && is_upper(v, c->i - 2); /* ZU-23-2 */
    if (code || d->mark != '-' || !d->tight || cue_in_sentence(v, CUE_SCORE) ||
        cue_before(v, c->i, CUE_PART | CUE_RATIO) || word_is(v, c->i - 1, "phiếu") ||
        word_is(v, end_of_date(c), "phiếu") || is_mark(v, end_of_date(c), '%'))
        return false;
    return d->day > LAST_MONTH || is_hyphen_alone(c);
}

/* siêu sale 9.9, 11.11: the same number twice, in a sentence that speaks of sales. */
static bool is_day_of_sales(const struct candidate *c)
{
    enum { FIRST = 2 };
    const struct date *d = date_of(c);
    struct unit u;
    return d->mark == '.' && d->tight && !d->year_at && d->day == d->month && d->day >= FIRST &&
           !unit_parse(c->v, end_of_date(c), &u) && !is_counted_date(c) &&
           !word_is_kind(c->v, end_of_date(c), UNIT_SCALE) && cue_in_sentence(c->v, CUE_SALE);
}

/* điểm CVSS 10/10: capitals are between the word and the points. */
static bool is_behind_points(const struct candidate *c)
{
    enum { FAR = 3 };
    const struct view *v = c->v;
    uint32_t k = 1;
    while (k < FAR && is_upper(v, c->i - k))
        k++;
    return k > 1 && word_is(v, c->i - k, "điểm") && !has_no_stroke(c);
}

/* (16 giờ, 16.6): alone behind a time of the day. */
static bool is_stop_behind_hour(const struct candidate *c)
{
    const struct date *d = date_of(c);
    const struct view *v = c->v;
    bool hour = is_mark(v, c->i - 1, ',') &&
                (word_is(v, c->i - 2, "giờ") || last_ended_at(v, CLASS_time, c->i - 1));
    return d->mark == '.' && d->tight && !d->year_at && hour && !is_word(v, end_of_date(c));
}

/* lúc 17 giờ 7/7: the hour is a number, and no length of time is a part of a day. */
static bool is_behind_hour(const struct candidate *c)
{
    const struct view *v = c->v;
    return date_of(c)->mark == '/' && word_is(v, c->i - 1, "giờ") && is_number(v, c->i - 2) &&
           (cue_before(v, c->i - 2, CUE_CLOCK) || word_is(v, c->i - 3, "từ"));
}

/* đêm qua (8.2, giờ VN): whose time it is follows a day. */
static bool is_before_zone(const struct candidate *c)
{
    uint32_t end = end_of_date(c);
    const struct date *d = date_of(c);
    bool zone = is_mark(c->v, end, ',') &&
                (word_is(c->v, end + 1, "giờ") || phrase_is(c->v, end + 1, "theo giờ"));
    return d->mark == '.' && d->tight && !d->year_at && zone;
}

/* 24 đường 3-2 quận 10: a street is named after a day. */
static bool is_street(const struct candidate *c)
{
    uint32_t end = end_of_date(c);
    const struct date *d = date_of(c);
    return d->mark == '-' && d->tight && !d->year_at && word_is(c->v, c->i - 1, "đường") &&
           (word_is(c->v, end, "quận") || word_is(c->v, end, "phường") ||
            word_is(c->v, end, "thành") || is_capitalized(c->v, end));
}

/* đợi đến, kéo dài đến, hoãn đến: a day follows. */
static bool is_put_off(const struct view *v, uint32_t i)
{
    return word_is(v, i - 1, "đến") &&
           (word_is(v, i - 2, "đợi") || word_is(v, i - 2, "chờ") || word_is(v, i - 2, "dài") ||
            word_is(v, i - 2, "hoãn") || word_is(v, i - 2, "lùi"));
}

/* đợi đến 04.03: no decimal has a zero in front of both. */
static bool is_padded_twice(const struct candidate *c)
{
    const struct date *d = date_of(c);
    return d->mark == '.' && d->tight && !d->year_at && digit_count(c->v, c->i) == 2 &&
           digit_count(c->v, c->i + 2) == 2 && *atom_written(c->v, c->i).p == '0' &&
           *atom_written(c->v, c->i + 2).p == '0' && is_put_off(c->v, c->i);
}

/* từ 8/10 trở lên: points of a test; a day is "trở đi". */
static bool is_limit_of_points(const struct candidate *c)
{
    uint32_t end = end_of_date(c);
    return !date_of(c)->year_at &&
           (phrase_is(c->v, end, "trở lên") || phrase_is(c->v, end, "trở xuống"));
}

static const struct evidence for_bare_date[] = {
    {"a hyphen, a weak cue, an end", is_hyphen_after_weak_cue, CERTAIN}, /* Từ 1-7, giá điện tăng */
    {"from hyphen to hyphen", is_hyphen_to_hyphen, CERTAIN},             /* Từ 5-7 đến 10-7 */
    {"from full stop to full stop", is_stop_to_stop, CERTAIN},    /* từ 25.10 đến 3.11 */
    {"a street with a hyphen", is_street, CERTAIN},               /* đường 3-2 quận 10 */
    {"a full stop, and a zone of time", is_before_zone, CERTAIN}, /* (8.2, giờ VN) */
    {"a full stop behind an hour", is_stop_behind_hour, CERTAIN}, /* (16 giờ, 16.6) */
    {"zeros in front of both", is_padded_twice, CERTAIN},         /* đến 04.03 */
    {"a day of sales", is_day_of_sales, CERTAIN},                 /* siêu sale 9.9 */
    {"a holiday among dates", is_holiday_in_context, CERTAIN}, /* Ngày Quốc tế Phụ nữ 8-3 */
    {"a hyphen that joins no range", is_hyphen_date, CERTAIN},  /* 27-8 đã hôn mê */
    {"an hour in words before it", is_behind_hour, CERTAIN},    /* lúc 17 giờ 7/7 trên mức */
    {"any other hyphen or full stop", has_no_stroke, EXCLUDED}, /* thắng 3-2 */
    {"a limit of points", is_limit_of_points, EXCLUDED},        /* từ 8/10 trở lên */
    {"a cue after it", has_cue_after, CERTAIN},                 /* 2/9 là Quốc khánh */
    {"around the clock", is_round_the_clock, EXCLUDED},         /* trực 24/7 */
    {"a cue of a part or rank", is_part_by_cue, EXCLUDED},      /* vòng 1/8 */
    {"a whole, in a list of parts", is_listed_whole, EXCLUDED}, /* 8/10, 10/10 */
    {"points before it", is_behind_points, EXCLUDED},           /* điểm CVSS 10/10 */
    {"a ratio before it", has_ratio_before, EXCLUDED},          /* tỷ lệ chọi 12/1 */
    {"a zero, but counted", is_counted_with_zero, EXCLUDED},    /* 08/10 xã */
    {"a zero in front", has_zero_in_front, CERTAIN},            /* 05/09: khai giảng */
    {"a holiday that is no fraction", is_holiday_and_no_part, CERTAIN}, /* nghỉ 30/4 và 1/5 */
    {"a holiday among dates", is_holiday_though_part, CERTAIN},         /* Quốc khánh 2/9 */
    {"a weak cue, and no fraction", is_date_by_weak_cue, CERTAIN}, /* Từ 1/7, lương cơ sở tăng */
    {"a weak cue, and a fraction", has_weak_cue, EXCLUDED},        /* đến 1/3 diện tích */
    {"glued to letters", is_glued_to_letters, EXCLUDED},           /* K12/3 */
    {"a house of a street", is_house_of_street, EXCLUDED},         /* 12/3 Lê Lợi */
    {"greater than the whole", is_greater_than_whole, ENOUGH}, /* 5/4 giá vàng; but 24/7 */
    {0},
};

/* ---- any date ---- */

static bool has_long_year(const struct candidate *c)
{
    return date_of(c)->year >= 1000;
}

static bool is_counted_without_stroke(const struct candidate *c)
{
    return has_no_stroke(c) && is_counted_date(c) && !is_no_part(c);
}

/* chiều nay 3-5°C, hôm qua 2.5%, đêm 1.5-2 m: a sign or a unit is behind it. */
static bool is_measured(const struct candidate *c)
{
    uint32_t end = end_of_date(c);
    struct unit u;
    struct numeral to;
    if (!has_no_stroke(c) || date_of(c)->year_at)
        return false;
    if (date_of(c)->mark == '.' && is_range_dash(c->v, end) && numeral_parse(c->v, end + 1, &to))
        end += 1 + to.atoms;
    return unit_parse(c->v, end, &u);
}

/* Ngày 5/4, 2/3 số hộ: a comma or bracket ends the date, and does not begin a list of days. */
static bool is_part_after_comma(const struct candidate *c)
{
    bool apart = is_mark(c->v, c->i - 1, ',') || is_mark(c->v, c->i - 1, '(');
    return apart && is_part_of_things(c) && !has_no_stroke(c);
}

static bool follows_time(const struct candidate *c)
{
    return is_behind_time(c->v, c->i) && !is_part_of_things(c);
}

static bool is_set(const struct candidate *c)
{
    return is_stroke_score(c->v, c->i);
}

static bool follows_weekday(const struct candidate *c)
{
    return needs_day_word(c->v, c->i);
}

static bool has_short_year(const struct candidate *c)
{
    return date_of(c)->year_at;
}

static bool has_short_year_in_strokes(const struct candidate *c)
{
    return has_short_year(c) && !has_no_stroke(c) && !is_noun_after(c->v, end_of_date(c));
}

static bool is_bare_date(const struct candidate *c)
{
    return evidence_is_enough(for_bare_date, c->v, c->i, c->parts);
}

/* 3/4 + 1/2 = 5/4 */
static bool is_beside_operator(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t before = c->i - 1, end = end_of_date(c);
    bool after = is_mark(v, end, '+') || is_mark(v, end, '=') || is_mark(v, end, 0xD7);
    bool ahead = is_mark(v, before, '+') || is_mark(v, before, '=') || is_mark(v, before, 0xD7);
    return (after && is_number(v, end + 1)) || (ahead && is_number(v, before - 1));
}

/* dự kiến: 4-2-3-1 */
static bool is_in_chain(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t end = end_of_date(c);
    bool before = is_tight_mark(v, c->i - 1, '-') && is_number(v, c->i - 2);
    bool after = is_tight_mark(v, end, '-') && is_number(v, end + 1);
    return date_of(c)->mark == '-' && date_of(c)->tight && !date_of(c)->year && (before || after);
}

/* ngày 11/12, thôn 4-7: what is numbered in order is right before the hyphen. */
static bool is_range_of_series(const struct candidate *c)
{
    uint64_t cues =
        is_word(c->v, c->i - 1) ? rules_cues(c->v->rules, atom_lower(c->v, c->i - 1)) : 0;
    const struct date *d = date_of(c);
    return d->mark == '-' && !d->year_at && d->day < d->month && (cues & CUE_SERIES) &&
           !(cues & (CUE_DATE | CUE_DATE_WEAK));
}

/* giỗ tổ 10/3 âm lịch */
static bool names_calendar(const struct candidate *c)
{
    uint32_t end = end_of_date(c);
    return date_of(c)->mark == '/' &&
           (near_after(c->v, end, NEAR_MOON) || phrase_is(c->v, end, "dương lịch"));
}

static const struct evidence for_date[] = {
    {"a year of four digits", has_long_year, CERTAIN},                /* (19/5/1890) */
    {"the calendar behind it", names_calendar, CERTAIN},              /* 10/3 âm lịch */
    {"in a chain of numbers", is_in_chain, EXCLUDED},                 /* dự kiến: 4-2-3-1 */
    {"in a sum", is_beside_operator, EXCLUDED},                       /* 3/4 + 1/2 = 5/4 */
    {"the number of something", numbers_something, EXCLUDED},         /* số 12/3 phố Huế */
    {"numbered in order", is_range_of_series, EXCLUDED},              /* thôn 4-7 */
    {"so many a day", counts_by_day, EXCLUDED},                       /* mỗi ngày 1/2 viên */
    {"no stroke, and counted", is_counted_without_stroke, EXCLUDED},  /* 2-3 người */
    {"no stroke, and a unit", is_measured, EXCLUDED},                 /* chiều nay 3-5°C */
    {"a part, after a mark", is_part_after_comma, EXCLUDED},          /* Ngày 5/4, 2/3 số hộ */
    {"a cue before it or its list", is_announced_date, CERTAIN},      /* ngày 1/2, 3/4 và 5/6 */
    {"a weekday before it", follows_weekday, CERTAIN},                /* Chủ nhật, 5/5 */
    {"a set in a list of sets", is_set, EXCLUDED},                    /* thắng 6/4, 6/3 */
    {"a time before it", follows_time, CERTAIN},                      /* 19h 5/9 */
    {"strokes and a short year", has_short_year_in_strokes, CERTAIN}, /* họp 15/5/16 tại Huế */
    {"a short year otherwise", has_short_year, EXCLUDED},             /* sơ đồ 3-5-20 */
    {"a date by itself", is_bare_date, ENOUGH},                       /* quà 20/10 */
    {0},
};

bool is_certain_date(const struct view *v, uint32_t i, const struct date *d)
{
    return evidence_is_enough(for_date, v, i, d);
}

bool has_sister_date(const struct view *v, uint32_t i, const struct date *d)
{
    enum { FAR = 48 };
    const struct candidate c = {v, i, d};
    if (has_no_stroke(&c) || is_counted_date(&c) || numbers_something(&c) || counts_by_day(&c) ||
        is_part_by_cue(&c) || has_ratio_before(&c) || is_round_the_clock(&c) || is_set(&c))
        return false;
    bool noun = is_noun_after(v, i + d->atoms);
    uint32_t first = i > v->begin + FAR ? i - FAR : v->begin;
    for (uint32_t j = first; j < i + FAR && j < v->end; j++) {
        struct date other;
        if (j == i || !is_mark(v, j + 1, '/') || !parse_date(v, j, &other))
            continue;
        bool same = other.day == d->day && other.month == d->month;
        if ((same || !noun) && is_certain_date(v, j, &other))
            return true;
    }
    return false;
}
