/*
 * Days: 15/5/2016, 27.5.2022, 8-3 with a cue, ranges (5-7/3/2024, 29/4 - 1/5), lists (14, 15/6).
 * Months, quarters and years alone are in period.c; both are one class.
 */
#include "text/classes/calendar.h"
#include "text/classes/class.h"
#include "text/classes/evidence.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"
#include "text/classes/weekday.h"

struct date {
    uint32_t atoms;
    int32_t day, month, year; /* 0: not written */
    uint32_t year_at;         /* the atom of the year */
    uint32_t mark;            /* between day and month */
    bool tight;               /* no space inside */
};

/* The mark between two parts of a date; a stroke may have spaces beside it (a typing slip). */
static uint32_t date_mark(const struct view *v, uint32_t i, bool *tight)
{
    *tight = atom_glued(v, i) && atom_glued(v, i + 1);
    if (!is_number(v, i + 1))
        return 0;
    if (is_mark(v, i, '/'))
        return '/';
    if (is_mark(v, i, '.') && *tight)
        return '.';
    return is_dash(v, i) && atom_glued(v, i) == atom_glued(v, i + 1) ? '-' : 0;
}

static bool is_day(const struct view *v, uint32_t i)
{
    int32_t day = small_number(v, i);
    return digit_count(v, i) <= 2 && day >= 1 && day <= 31;
}

/* Day and month, perhaps a year. */
static bool parse_date(const struct view *v, uint32_t i, struct date *d)
{
    bool tight, tight_year;
    uint32_t mark = is_day(v, i) && is_month(v, i + 2) ? date_mark(v, i + 1, &tight) : 0;
    *d = (struct date){0};
    if (!mark)
        return false;
    *d = (struct date){3, small_number(v, i), small_number(v, i + 2), 0, 0, mark, tight};
    bool year = date_mark(v, i + 3, &tight_year) == mark &&
                (is_year(v, i + 4) || (digit_count(v, i + 4) == 2 && tight && tight_year));
    if (year) {
        d->year_at = i + 4;
        d->year = small_number(v, i + 4);
        d->atoms = 5;
        d->tight = tight && tight_year;
    }
    return !date_goes_on(v, i + d->atoms);
}

/* Whether the atom can be inside a list or range of dates. */
static bool joins_dates(const struct view *v, uint32_t i)
{
    return is_number(v, i) || is_mark(v, i, '/') || is_mark(v, i, ',') || is_mark(v, i, '.') ||
           is_dash(v, i) || word_is(v, i, "và") || word_is(v, i, "đến") || word_is(v, i, "tới") ||
           word_is(v, i, "hoặc");
}

/* "mỗi ngày 1/2 viên" counts by the day. */
static bool cue_counts(const struct view *v, uint32_t i)
{
    if (is_mark(v, i + 1, '/') && small_number(v, i) > small_number(v, i + 2))
        return false;
    return word_is(v, i - 1, "ngày") &&
           (word_is(v, i - 2, "mỗi") || word_is(v, i - 2, "một") || word_is(v, i - 2, "nửa"));
}

static bool date_cue_at(const struct view *v, uint32_t i, uint32_t kinds)
{
    return cue_before(v, i, kinds) && !cue_counts(v, i);
}

/* mùng 7 Tết (28/1), 29 tháng chạp (8/2): the same day, counted by the moon, is before the bracket.
 */
static bool is_behind_day(const struct view *v, uint32_t i)
{
    if (!is_mark(v, i - 1, '('))
        return false;
    uint32_t day = i - 2;
    if (!is_number(v, day))
        return false;
    return word_is(v, day - 1, "mùng") || word_is(v, day - 1, "mồng") ||
           word_is(v, day - 1, "ngày") || word_is(v, day - 1, "tháng");
}

/* ngày xét xử là 4/3, hạn nộp hồ sơ là 5/6, ngày sinh của anh (5/11): the sentence names a day, and
 * says that it is this. */
static bool is_named_day(const struct view *v, uint32_t i)
{
    enum { FAR = 10 };
    uint32_t j = i - 1 - word_is(v, i - 1, "vào");
    if (!word_is(v, j, "là") && !is_mark(v, j, ':') && !is_mark(v, j, '('))
        return false;
    for (uint32_t k = 1; k <= FAR && (is_word(v, j - k) || is_number(v, j - k)); k++)
        if (word_is(v, j - k, "ngày") || word_is(v, j - k, "hạn") || word_is(v, j - k, "dịp") ||
            word_is(v, j - k, "hôm"))
            return !word_is(v, j - k - 1, "mỗi");
    return false;
}

/* 19h 5/9: a time of the day is before it. */
static bool is_behind_time(const struct view *v, uint32_t i)
{
    bool open = is_mark(v, i - 1, ',') || is_mark(v, i - 1, '(');
    return last_ended_at(v, CLASS_time, open ? i - 1 : i);
}

/* Whether there is a cue right before the date or before the first of its list, or the list
 * continues dates that were read. */
static bool has_date_cue(const struct view *v, uint32_t i)
{
    enum { FAR = 16 };
    if (date_cue_at(v, i, CUE_DATE) || word_is(v, i - 1, "phiên") || is_behind_day(v, i) ||
        is_named_day(v, i))
        return true;
    for (uint32_t j = i; i - j < FAR && j > v->begin && joins_dates(v, j - 1);) {
        j--;
        if (last_ended_at(v, CLASS_date, j) && !is_number(v, j))
            return true;
        if (is_number(v, j) && date_cue_at(v, j, CUE_DATE))
            return true;
    }
    return false;
}

/* Whether "thứ" at atom i begins a day of the week, and no ordinal: sáng thứ hai, not lần thứ hai.
 * The name of a day often has a capital; before an ordinal there is the thing that is numbered. */
static bool is_no_ordinal(const struct view *v, uint32_t i)
{
    if (is_capitalized(v, i) || is_capitalized(v, i + 1) || !is_word(v, i - 1))
        return true;
    return last_ended_at(v, CLASS_time, i) ||
           cue_before(v, i, CUE_WEEKDAY | CUE_DATE_WEAK | CUE_DATE_OPEN);
}

/* Thứ Sáu, · thứ 6 ( · Chủ nhật · T7 · CN */
static bool is_weekday_before(const struct view *v, uint32_t i)
{
    uint32_t atoms, j = is_mark(v, i - 1, ',') || is_mark(v, i - 1, '(') ? i - 1 : i;
    return weekday_before(v, j, &atoms) && (!word_is(v, j - 2, "thứ") || is_no_ordinal(v, j - 2));
}

static bool needs_day_word(const struct view *v, uint32_t i)
{
    return is_weekday_before(v, i) || (i == v->begin && v->block == BLOCK_DATE);
}

/* What the table says of a day and month: 2/9 and 30/4 are holidays. */
static uint32_t day_cues(const struct view *v, const struct date *d)
{
    char key[6];
    size_t n = 0;
    if (d->day >= 10)
        key[n++] = (char)('0' + d->day / 10);
    key[n++] = (char)('0' + d->day % 10);
    key[n++] = '/';
    if (d->month >= 10)
        key[n++] = '1';
    key[n++] = (char)('0' + d->month % 10);
    return rules_cues(v->rules, (struct sv){key, n});
}

static bool is_holiday(const struct view *v, const struct date *d)
{
    return day_cues(v, d) & CUE_HOLIDAY;
}

/* A house number or a ratio: số 12/3, tỷ lệ 1/5. */
static bool is_numbering(const struct view *v, uint32_t i)
{
    return is_word(v, i - 1) && cue_before(v, i, CUE_ADDRESS | CUE_RATIO) &&
           !phrase_is(v, i - 2, "xổ số");
}

/* A word in small letters, or %: if this is a fraction, the thing that is counted (8/9 xã). */
static bool is_noun_after(const struct view *v, uint32_t i)
{
    if (is_word(v, i) && !is_capitalized(v, i))
        return !cue_after(v, i, CUE_DATE_OPEN | CUE_DATE_AFTER);
    return is_mark(v, i, '%');
}

/* ---- day and month without a cue before them ---- */

static const struct date *date_of(const struct candidate *c)
{
    return c->parts;
}

static uint32_t end_of_date(const struct candidate *c)
{
    return c->i + date_of(c)->atoms;
}

static bool is_counted_date(const struct candidate *c)
{
    return cue_after(c->v, end_of_date(c), CUE_COUNTED);
}

static bool has_no_stroke(const struct candidate *c)
{
    return date_of(c)->mark != '/';
}

static bool has_weak_cue(const struct candidate *c)
{
    return cue_before(c->v, c->i, CUE_DATE_WEAK);
}

/* A fraction above one is rare. */
static bool is_no_part(const struct candidate *c)
{
    return date_of(c)->day >= date_of(c)->month;
}

/* từ 2/3 đến 3/4 dân số: the second of two parts is counted. */
static bool leads_to_part(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t link = end_of_date(c);
    struct date to;
    return (word_is(v, link, "đến") || word_is(v, link, "tới") || is_dash(v, link)) &&
           parse_date(v, link + 1, &to) && to.mark == '/' && to.day < to.month && !to.year_at &&
           cue_after(v, link + 1 + to.atoms, CUE_COUNTED);
}

/* 8/9 xã, 1/3 dân số: something is counted, or a fraction of daily use has a noun after it. */
static bool is_part_of_things(const struct candidate *c)
{
    const struct date *d = date_of(c);
    bool daily = is_daily_fraction((uint64_t)d->day, (uint64_t)d->month);
    return !is_no_part(c) && (is_counted_date(c) || leads_to_part(c) ||
                              (daily && is_noun_after(c->v, end_of_date(c))));
}

static bool is_hyphen_after_weak_cue(const struct candidate *c)
{
    const struct date *d = date_of(c);
    uint32_t end = end_of_date(c);
    bool more = is_word(c->v, end) || is_number(c->v, end) || is_mark(c->v, end, '%');
    bool score = phrase_is(c->v, c->i - 3, "tỷ số") || phrase_is(c->v, c->i - 3, "tỉ số");
    return d->mark == '-' && d->tight && !more && has_weak_cue(c) && !score;
}

/* Từ 5-7 đến 10-7: the second falls, so both are days. */
static bool is_hyphen_to_hyphen(const struct candidate *c)
{
    const struct view *v = c->v;
    const struct date *d = date_of(c);
    uint32_t link = end_of_date(c);
    struct date to;
    bool cue = word_is(v, c->i - 1, "từ") || (has_weak_cue(c) && !cue_in_sentence(v, CUE_SCORE));
    if (d->mark != '-' || !d->tight || !cue)
        return false;
    return (word_is(v, link, "đến") || word_is(v, link, "tới")) && parse_date(v, link + 1, &to) &&
           to.mark == '-' && to.tight && (d->day > d->month || to.day > to.month);
}

static bool is_holiday_in_context(const struct candidate *c)
{
    enum { LAST_MONTH = 12 };
    const struct date *d = date_of(c);
    if (!has_no_stroke(c) || !is_holiday(c->v, d) || (d->mark == '.' && d->day <= LAST_MONTH))
        return false; /* IELTS 7.5 */
    return cue_in_sentence(c->v, CUE_DATE) && !cue_in_sentence(c->v, CUE_SCORE) &&
           !is_noun_after(c->v, end_of_date(c));
}

static bool has_cue_after(const struct candidate *c)
{
    return cue_after(c->v, end_of_date(c), CUE_DATE_AFTER);
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

/* The first day and month of the list that holds this one: lớp 6/2, 7/3 và 9/1. */
static uint32_t first_of_dates(const struct view *v, uint32_t i)
{
    enum { MOST = 6 };
    for (unsigned k = 0; k < MOST; k++) {
        bool joint = is_mark(v, i - 1, ',') || word_is(v, i - 1, "và");
        if (!joint || !is_inner_mark(v, i - 3, '/') || !is_number(v, i - 4))
            break;
        i -= 4;
    }
    return i;
}

/* tỷ lệ chọi cao nhất là 12/1: it speaks of a ratio some words before. */
static bool has_ratio_before(const struct candidate *c)
{
    enum { FAR = 12 };
    for (uint32_t k = 2; k <= FAR && atom_exists(c->v, c->i - k); k++)
        if (phrase_is(c->v, c->i - k, "tỷ lệ") || phrase_is(c->v, c->i - k, "tỉ lệ"))
            return true;
    return false;
}

/* trực 24/7: it is a day only right behind a preposition. */
static bool is_round_the_clock(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t before = c->i - 1;
    bool day = word_is(v, before, "từ") || word_is(v, before, "đến") || word_is(v, before, "tới") ||
               word_is(v, before, "trước") || word_is(v, before, "sau") ||
               word_is(v, before, "vào") || word_is(v, before, "hết");
    return (day_cues(v, date_of(c)) & CUE_COUNTED) && !day;
}

/* Công ty mất 2/3. */
static bool is_loss(const struct candidate *c)
{
    const struct date *d = date_of(c);
    return word_is(c->v, c->i - 1, "mất") && is_punct(c->v, end_of_date(c)) &&
           is_daily_fraction((uint64_t)d->day, (uint64_t)d->month);
}

/* vòng 1/8, chiếm khoảng 1/5, thang điểm 10/10, lớp 6/2 và 7/3. "khoảng 27/7" is a day. */
static bool is_part_by_cue(const struct candidate *c)
{
    const struct date *d = date_of(c);
    uint32_t first = first_of_dates(c->v, c->i);
    if (first < c->i)
        return cue_before(c->v, first, CUE_PART) && !last_ended_at(c->v, CLASS_date, c->i - 1);
    bool day = d->day > d->month && (has_weak_cue(c) || is_holiday(c->v, d));
    return (cue_before(c->v, c->i, CUE_PART) && !day) || is_loss(c);
}

/* thị lực 8/10, 10/10: so many out of so many is before it in its list. */
static bool is_listed_whole(const struct candidate *c)
{
    const struct view *v = c->v;
    bool list = is_mark(v, c->i - 1, ',') || word_is(v, c->i - 1, "và");
    return date_of(c)->day == date_of(c)->month && list && is_inner_mark(v, c->i - 3, '/') &&
           !last_ended_at(v, CLASS_date, c->i - 1);
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
    struct unit u; /* ống 5/4 inch */
    return d->day > d->month && !is_counted_date(c) && !unit_parse(c->v, end_of_date(c), &u);
}

/* 12/3 Lê Lợi: a sentence of an address alone begins so. */
static bool is_house_of_street(const struct candidate *c)
{
    enum { LAST_MONTH = 12 };
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
    bool verb = word_is(v, end, "đã") || word_is(v, end, "sẽ") || word_is(v, end, "vừa");
    return verb && !is_word(v, c->i - 1) && !is_number(v, c->i - 1) && !is_dash(v, c->i - 1);
}

/* 27-8 falls, so it is no range, and 27 is no month. */
static bool is_hyphen_date(const struct candidate *c)
{
    enum { LAST_MONTH = 12 };
    const struct date *d = date_of(c);
    const struct view *v = c->v;
    if (d->mark != '-' || !d->tight || cue_in_sentence(v, CUE_SCORE) ||
        cue_before(v, c->i, CUE_PART | CUE_RATIO) || word_is(v, c->i - 1, "phiếu") ||
        word_is(v, end_of_date(c), "phiếu") || is_mark(v, end_of_date(c), '%'))
        return false;
    return d->day > LAST_MONTH || is_hyphen_alone(c);
}

static const struct evidence for_bare_date[] = {
    {"a hyphen, a weak cue, an end", is_hyphen_after_weak_cue, CERTAIN}, /* Từ 1-7, giá điện tăng */
    {"from hyphen to hyphen", is_hyphen_to_hyphen, CERTAIN},             /* Từ 5-7 đến 10-7 */
    {"a holiday among dates", is_holiday_in_context, CERTAIN}, /* Ngày Quốc tế Phụ nữ 8-3 */
    {"a hyphen that joins no range", is_hyphen_date, CERTAIN},          /* 27-8 đã hôn mê */
    {"any other hyphen or full stop", has_no_stroke, EXCLUDED},         /* thắng 3-2 */
    {"a cue after it", has_cue_after, CERTAIN},                         /* 2/9 là Quốc khánh */
    {"around the clock", is_round_the_clock, EXCLUDED},                 /* trực 24/7 */
    {"a cue of a part or rank", is_part_by_cue, EXCLUDED},              /* vòng 1/8 */
    {"a whole, in a list of parts", is_listed_whole, EXCLUDED},         /* 8/10, 10/10 */
    {"a ratio before it", has_ratio_before, EXCLUDED},                  /* tỷ lệ chọi 12/1 */
    {"a zero, but counted", is_counted_with_zero, EXCLUDED},            /* 08/10 xã */
    {"a zero in front", has_zero_in_front, CERTAIN},                    /* 05/09: khai giảng */
    {"a holiday that is no fraction", is_holiday_and_no_part, CERTAIN}, /* nghỉ 30/4 và 1/5 */
    {"a holiday among dates", is_holiday_though_part, CERTAIN},         /* Quốc khánh 2/9 */
    {"a weak cue, and no fraction", is_date_by_weak_cue, CERTAIN}, /* Từ 1/7, lương cơ sở tăng */
    {"a weak cue, and a fraction", has_weak_cue, EXCLUDED},        /* đến 1/3 diện tích */
    {"glued to letters", is_glued_to_letters, EXCLUDED},           /* K12/3 */
    {"a house of a street", is_house_of_street, EXCLUDED},         /* 12/3 Lê Lợi */
    {"greater than the whole", is_greater_than_whole, ENOUGH}, /* 5/4 giá vàng; but 24/7 */
    {0},
};

static bool is_date_by_itself(const struct view *v, uint32_t i, const struct date *d)
{
    return evidence_is_enough(for_bare_date, v, i, d);
}

/* ---- any date ---- */

static bool has_long_year(const struct candidate *c)
{
    return date_of(c)->year >= 1000;
}

static bool numbers_something(const struct candidate *c)
{
    return is_numbering(c->v, c->i);
}

static bool counts_by_day(const struct candidate *c)
{
    return cue_counts(c->v, c->i);
}

static bool is_counted_without_stroke(const struct candidate *c)
{
    return has_no_stroke(c) && is_counted_date(c) && !is_no_part(c);
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

static bool is_announced(const struct candidate *c)
{
    return has_date_cue(c->v, c->i);
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
    return is_date_by_itself(c->v, c->i, date_of(c));
}

static const struct evidence for_date[] = {
    {"a year of four digits", has_long_year, CERTAIN},                /* (19/5/1890) */
    {"the number of something", numbers_something, EXCLUDED},         /* số 12/3 phố Huế */
    {"so many a day", counts_by_day, EXCLUDED},                       /* mỗi ngày 1/2 viên */
    {"no stroke, and counted", is_counted_without_stroke, EXCLUDED},  /* 2-3 người */
    {"a part, after a mark", is_part_after_comma, EXCLUDED},          /* Ngày 5/4, 2/3 số hộ */
    {"a cue before it or its list", is_announced, CERTAIN},           /* ngày 1/2, 3/4 và 5/6 */
    {"a weekday before it", follows_weekday, CERTAIN},                /* Chủ nhật, 5/5 */
    {"a set in a list of sets", is_set, EXCLUDED},                    /* thắng 6/4, 6/3 */
    {"a time before it", follows_time, CERTAIN},                      /* 19h 5/9 */
    {"strokes and a short year", has_short_year_in_strokes, CERTAIN}, /* họp 15/5/16 tại Huế */
    {"a short year otherwise", has_short_year, EXCLUDED},             /* sơ đồ 3-5-20 */
    {"a date by itself", is_bare_date, ENOUGH},                       /* quà 20/10 */
    {0},
};

/* Whether a day and month are a date here, and no fraction or score. */
static bool is_certain(const struct view *v, uint32_t i, const struct date *d)
{
    return evidence_is_enough(for_date, v, i, d);
}

/* Whether another day and month near this one, with strokes too, is certainly a date. Before a noun
 * it has to be the same day: Trước 1/7 và sau 1/7 mức đóng khác nhau. */
static bool has_sister(const struct view *v, uint32_t i, const struct date *d)
{
    enum { FAR = 48 };
    const struct candidate c = {v, i, d};
    if (has_no_stroke(&c) || is_counted_date(&c) || is_numbering(v, i) || cue_counts(v, i) ||
        is_part_by_cue(&c) || has_ratio_before(&c) || is_round_the_clock(&c))
        return false;
    bool noun = is_noun_after(v, i + d->atoms);
    uint32_t first = i > v->begin + FAR ? i - FAR : v->begin;
    for (uint32_t j = first; j < i + FAR && j < v->end; j++) {
        struct date other;
        if (j == i || !is_mark(v, j + 1, '/') || !parse_date(v, j, &other))
            continue;
        bool same = other.day == d->day && other.month == d->month;
        if ((same || !noun) && is_certain(v, j, &other))
            return true;
    }
    return false;
}

/* Whether the first and last month have their lunar names, giêng and chạp. */
static bool is_lunar(const struct view *v, uint32_t i, const struct date *d)
{
    if (d->year >= 1000 || (d->month != 1 && d->month != 12))
        return d->month == 1 || d->month == 12 ? moon_counts(v, i, i + d->atoms) : false;
    bool early = word_is(v, i - 1, "mùng") || word_is(v, i - 1, "mồng");
    return moon_counts(v, i, i + d->atoms) || (early && cue_in_sentence(v, CUE_LUNAR));
}

static void say_date(struct utterance *out, const struct view *v, uint32_t i, const struct date *d)
{
    say_cardinal(out, (uint64_t)d->day);
    if (!d->month)
        return;
    say(out, "tháng");
    if (is_lunar(v, i, d))
        say_lunar_month(out, d->month);
    else
        say_month(out, (uint64_t)d->month);
    if (!d->year_at)
        return;
    say(out, "năm");
    say_number_atom(out, v, d->year_at);
}

static uint32_t end_date(struct utterance *out, const struct view *v, uint32_t i, uint32_t n)
{
    token_end(out);
    note_end(v, CLASS_date, i + n);
    return n;
}

/* ---- pairs ---- */

/* Both ends of a range; the second begins at atom `to_at`. */
struct date_pair {
    struct date from, to;
    uint32_t to_at;
};

static const struct date_pair *pair_of(const struct candidate *c)
{
    return c->parts;
}

static bool are_both_in_strokes(const struct candidate *c)
{
    const struct date_pair *p = pair_of(c);
    return p->from.month && p->from.mark == '/' && p->to.mark == '/';
}

/* Both have strokes, and one cannot be a fraction. */
static bool are_dates_in_strokes(const struct candidate *c)
{
    const struct date_pair *p = pair_of(c);
    return are_both_in_strokes(c) &&
           (p->from.day >= p->from.month || p->to.day >= p->to.month ||
            is_certain(c->v, c->i, &p->from) || is_certain(c->v, p->to_at, &p->to));
}

static bool is_day_to_date_in_strokes(const struct candidate *c)
{
    const struct date_pair *p = pair_of(c);
    return !p->from.month && p->to.mark == '/' &&
           (p->to.day > 12 || !is_noun_after(c->v, p->to_at + p->to.atoms));
}

static bool is_certain_as_second(const struct candidate *c)
{
    return is_certain(c->v, c->i, &pair_of(c)->to);
}

static bool is_certain_as_first(const struct candidate *c)
{
    return pair_of(c)->from.month && is_certain(c->v, c->i, &pair_of(c)->from);
}

static const struct evidence for_date_pair[] = {
    {"the number of something", numbers_something, EXCLUDED},    /* số 5-7/3 phố Huế */
    {"so many a day", counts_by_day, EXCLUDED},                  /* mỗi ngày 5-7/3 viên */
    {"strokes, one no fraction", are_dates_in_strokes, CERTAIN}, /* 29/4 - 1/5 */
    {"strokes, both fractions", are_both_in_strokes, EXCLUDED},  /* khoảng 1/3 - 3/4 thôn */
    {"a day, then day and month", is_day_to_date_in_strokes, CERTAIN}, /* 5-7/3 */
    {"the second is a date here", is_certain_as_second, CERTAIN}, /* từ 5-7/3/2024 huyện tổ chức */
    {"the first is a date", is_certain_as_first, CERTAIN},        /* 30-4 - 1-5, ngày nghỉ */
    {"a cue before it or its list", is_announced, ENOUGH},        /* ngày 10- 12/8 */
    {0},
};

/* The dash of a range; there may be a space on one side. */
static bool is_date_dash(const struct view *v, uint32_t i)
{
    return is_dash(v, i) && is_number(v, i + 1);
}

/* Finds both dates, or a day and a date. */
static bool parse_date_pair(const struct view *v, uint32_t i, struct date_pair *p)
{
    if (!is_day(v, i))
        return false;
    if (!parse_date(v, i, &p->from) || (p->from.mark == '-' && !p->from.tight))
        p->from = (struct date){.atoms = 1, .day = small_number(v, i)};
    uint32_t dash = i + p->from.atoms;
    p->to_at = dash + 1;
    if (!is_date_dash(v, dash) || !parse_date(v, p->to_at, &p->to))
        return false;
    if (p->from.mark == '-' && !p->from.year && atom_glued(v, dash))
        return false;
    return p->from.month || (p->to.mark != '-' && p->to.day > p->from.day);
}

/* 5-7/3/2024, 29/4 - 1/5 */
static uint32_t read_date_range(struct utterance *out, const struct view *v, uint32_t i)
{
    struct date_pair pair;
    if (!parse_date_pair(v, i, &pair) || !evidence_is_enough(for_date_pair, v, i, &pair))
        return 0;
    uint32_t n = pair.to_at + pair.to.atoms - i;
    token_begin(out, v, CLASS_date, "date range", i, n);
    if (needs_day_word(v, i))
        say(out, "ngày");
    say_date(out, v, i, &pair.from);
    say(out, "đến");
    if (word_is(v, i - 1, "ngày") || needs_day_word(v, i))
        say(out, "ngày");
    say_date(out, v, pair.to_at, &pair.to);
    return end_date(out, v, i, n);
}

/* ---- days of a month that is named elsewhere: "các ngày 5-7", "từ ngày 14 - 16" ---- */

static bool goes_on_as_code(const struct candidate *c)
{
    uint32_t after = c->i + 3;
    return is_number(c->v, after + 1) && atom_glued(c->v, after) &&
           atom_at(c->v, after)->kind == ATOM_PUNCT;
}

static bool falls(const struct candidate *c)
{
    return small_number(c->v, c->i + 2) <= small_number(c->v, c->i);
}

static bool has_stroke_or_counted(const struct candidate *c)
{
    return is_mark(c->v, c->i + 3, '/') ||
           (cue_after(c->v, c->i + 3, CUE_COUNTED) && !word_is(c->v, c->i + 3, "tháng"));
}

static bool has_month_after(const struct candidate *c)
{
    return word_is(c->v, c->i + 3, "tháng") || word_is(c->v, c->i + 3, "tết");
}

static bool are_several_days(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t before = c->i - 2;
    return word_is(v, before, "các") || word_is(v, before, "những") || word_is(v, before, "hai") ||
           word_is(v, before, "ba") || digit_count(v, before) == 1;
}

static bool ends_above_twelve(const struct candidate *c)
{
    return small_number(c->v, c->i + 2) > 12;
}

static const struct evidence for_days[] = {
    {"it goes on as a code", goes_on_as_code, EXCLUDED},       /* ngày 5-7.123 */
    {"the days do not rise", falls, EXCLUDED},                 /* các ngày 20 - 15 */
    {"so many a day", counts_by_day, EXCLUDED},                /* mỗi ngày 5-7 viên */
    {"a stroke, or counted", has_stroke_or_counted, EXCLUDED}, /* ngày 5-7 người */
    {"a month or Tết after them", has_month_after, CERTAIN},   /* mùng 5-6 Tết */
    {"a word for several days", are_several_days, ENOUGH},     /* các ngày 5-7 */
    {"a day above twelve", ends_above_twelve, ENOUGH},         /* từ ngày 14-16, trời mưa */
    {0},
};

static bool is_word_of_days(const struct view *v, uint32_t i)
{
    return word_is(v, i, "ngày") || word_is(v, i, "mùng") || word_is(v, i, "mồng");
}

static bool parse_days(const struct view *v, uint32_t i)
{
    return is_word_of_days(v, i - 1) && is_day(v, i) && is_date_dash(v, i + 1) &&
           is_day(v, i + 2) && !date_goes_on(v, i + 3) &&
           atom_glued(v, i + 1) == atom_glued(v, i + 2);
}

static uint32_t read_days(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!parse_days(v, i) || !evidence_is_enough(for_days, v, i, NULL))
        return 0;
    token_begin(out, v, CLASS_date, "range of days", i, 3);
    say_cardinal(out, (uint64_t)small_number(v, i));
    say(out, "đến");
    say_sv(out, atom_lower(v, i - 1));
    say_cardinal(out, (uint64_t)small_number(v, i + 2));
    return end_date(out, v, i, 3);
}

/* 14, 15/6: days of the month that is written after the last of them. A word in the list is read on
 * its own, so this reads the days up to the last comma. */
static uint32_t read_day_list(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { MOST = 16 };
    uint32_t n = 0;
    struct date last;
    while (n < MOST && is_day(v, i + n) && is_mark(v, i + n + 1, ',') && is_number(v, i + n + 2))
        n += 2;
    bool dated = n && parse_date(v, i + n, &last) && last.mark == '/' && has_date_cue(v, i);
    bool joined = n && is_day(v, i + n) && !dated && is_number(v, i + n + 2) &&
                  joins_dates(v, i + n + 1) && is_word(v, i + n + 1) && has_date_cue(v, i) &&
                  parse_date(v, i + n + 2, &last);
    if (!dated && !joined)
        return 0;
    uint32_t atoms = n + (dated ? last.atoms : 1);
    token_begin(out, v, CLASS_date, "list of days", i, atoms);
    for (uint32_t k = 0; k < n; k += 2) {
        say_cardinal(out, (uint64_t)small_number(v, i + k));
        token_end(out);
        say_pause(out, ',');
    }
    if (dated)
        say_date(out, v, i + n, &last);
    else
        say_cardinal(out, (uint64_t)small_number(v, i + n));
    return end_date(out, v, i, atoms);
}

static uint32_t read_day_month(struct utterance *out, const struct view *v, uint32_t i)
{
    struct date d;
    if (!parse_date(v, i, &d))
        return 0;
    if (!is_certain(v, i, &d) && !has_sister(v, i, &d))
        return 0;
    token_begin(out, v, CLASS_date, "date", i, d.atoms);
    if (needs_day_word(v, i))
        say(out, "ngày");
    say_date(out, v, i, &d);
    return end_date(out, v, i, d.atoms);
}

/* "thứ 6,27/05/2022": the comma is no decimal comma. */
static uint32_t read_weekday_number(struct utterance *out, const struct view *v, uint32_t i)
{
    struct date d;
    uint32_t atoms;
    if (!is_number(v, i) || !weekday_before(v, i + 1, &atoms) || !word_is(v, i - 1, "thứ") ||
        !is_mark(v, i + 1, ',') || !parse_date(v, i + 2, &d))
        return 0;
    token_begin(out, v, CLASS_ordinal, "day of the week", i, 1);
    say_ordinal(out, (uint64_t)small_number(v, i));
    token_end(out);
    return 1;
}

uint32_t read_date(struct utterance *out, const struct view *v, uint32_t i)
{
    if (is_word(v, i))
        return read_letter_period(out, v, i);
    if (is_mark(v, i + 1, '/') && (has_ratio_cue(v, i) || is_parts_range(v, i)))
        return 0;
    static reader_function *const forms[] = {read_weekday_number, read_date_range, read_days,
                                             read_day_list,       read_day_month,  read_period};
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
        uint32_t n = forms[k](out, v, i);
        if (n)
            return n;
    }
    return 0;
}
