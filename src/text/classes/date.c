/*
 * Dates: 15/5/2016, 27.5.2022, 8-3 with a cue, ranges (5-7/3/2024, 29/4 - 1/5), lists (14, 15/6),
 * months (tháng 4/2024, T9/2013-T9/2014), years (2021-2025), the lunar names of months.
 */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

struct date {
    uint32_t atoms;
    int32_t day, month, year; /* 0: not written */
    uint32_t mark;            /* between day and month */
};

static bool is_year(const struct speaker *s, uint32_t i)
{
    int32_t year = small_number(s, i);
    return digit_count(s, i) == 4 && year >= 1000 && year <= 2999;
}

static bool glued_mark(const struct speaker *s, uint32_t i, uint32_t mark)
{
    return is_mark(s, i, mark) && atom_glued(s, i) && is_number(s, i + 1) && atom_glued(s, i + 1);
}

static uint32_t date_mark(const struct speaker *s, uint32_t i)
{
    return glued_mark(s, i, '/') ? '/' : glued_mark(s, i, '-') ? '-' : glued_mark(s, i, '.') ? '.' : 0;
}

static bool is_day(const struct speaker *s, uint32_t i)
{
    int32_t day = small_number(s, i);
    return digit_count(s, i) <= 2 && day >= 1 && day <= 31;
}

static bool is_month(const struct speaker *s, uint32_t i)
{
    int32_t month = small_number(s, i);
    return digit_count(s, i) <= 2 && month >= 1 && month <= 12;
}

/* Something that makes a longer number or code of it is glued behind. */
static bool goes_on(const struct speaker *s, uint32_t i)
{
    if (!atom_glued(s, i))
        return false;
    if (is_word(s, i) || is_number(s, i))
        return true;
    return is_mark(s, i, '/') && (is_number(s, i + 1) || is_word(s, i + 1)) && atom_glued(s, i + 1);
}

/* Day and month, perhaps a year. */
static bool parse_date(const struct speaker *s, uint32_t i, struct date *d)
{
    uint32_t mark = date_mark(s, i + 1);
    *d = (struct date){0};
    if (!mark || !is_day(s, i) || !is_month(s, i + 2))
        return false;
    d->day = small_number(s, i);
    d->month = small_number(s, i + 2);
    d->mark = mark;
    d->atoms = 3;
    if (glued_mark(s, i + 3, mark) && (is_year(s, i + 4) || digit_count(s, i + 4) == 2)) {
        d->year = small_number(s, i + 4);
        d->atoms = 5;
    }
    return !goes_on(s, i + d->atoms);
}

/* The words that part the numbers of one list or range of dates. */
static bool joins_dates(const struct speaker *s, uint32_t i)
{
    return is_number(s, i) || is_mark(s, i, '/') || is_mark(s, i, ',') || is_dash(s, i) ||
           word_is(s, i, "và") || word_is(s, i, "đến") || word_is(s, i, "tới") ||
           word_is(s, i, "hoặc");
}

static bool has_date_cue(const struct speaker *s, uint32_t i)
{
    enum { FAR = 14 };
    if (cue_before(s, i, CUE_DATE))
        return true;
    uint32_t j = i;
    while (i - j < FAR && j > s->begin && joins_dates(s, j - 1)) {
        j--;
        if (is_number(s, j) && cue_before(s, j, CUE_DATE))
            return true;
    }
    return false;
}

static bool is_weekday_before(const struct speaker *s, uint32_t i)
{
    uint32_t j = is_mark(s, i - 1, ',') ? i - 1 : i;
    if (phrase_is(s, j - 2, "chủ nhật"))
        return true;
    return word_is(s, j - 2, "thứ") && (is_number(s, j - 1) || is_word(s, j - 1));
}

static bool needs_day_word(const struct speaker *s, uint32_t i)
{
    return is_weekday_before(s, i) || (i == s->begin && s->is_dateline);
}

static void say_year(struct speaker *s, int32_t year)
{
    say(s, "năm");
    say_cardinal(s, (uint64_t)year);
}

/* The name of a month of the lunar calendar, where the sentence speaks of it. */
static void say_lunar_month(struct speaker *s, int32_t month)
{
    if (month == 1)
        say(s, "giêng");
    else if (month == 12)
        say(s, "chạp");
    else
        say_month(s, (uint64_t)month);
}

static void say_date(struct speaker *s, const struct date *d)
{
    say_cardinal(s, (uint64_t)d->day);
    if (d->month) {
        say(s, "tháng");
        if (cue_in_sentence(s, CUE_LUNAR))
            say_lunar_month(s, d->month);
        else
            say_month(s, (uint64_t)d->month);
    }
    if (d->year)
        say_year(s, d->year);
}

/* Whether a written date may be one here: a full one with slashes, or one with a cue. */
static bool is_certain(const struct speaker *s, uint32_t i, const struct date *d)
{
    if (d->year >= 1000)
        return true;
    if (has_date_cue(s, i) || needs_day_word(s, i))
        return true;
    return d->mark == '/' && cue_after(s, i + d->atoms, CUE_DATE_AFTER);
}

/* 5-7/3/2024, 29/4 - 1/5 */
static uint32_t read_date_range(struct speaker *s, uint32_t i)
{
    struct date from, to;
    if (!parse_date(s, i, &from)) {
        if (!is_day(s, i))
            return 0;
        from = (struct date){.atoms = 1, .day = small_number(s, i)};
    }
    uint32_t j = i + from.atoms;
    if (!is_range_dash(s, j) || !parse_date(s, j + 1, &to) || (from.mark == '-' && !from.year))
        return 0;
    if (!from.month && (to.mark == '-' || to.day <= from.day))
        return 0;
    if (!is_certain(s, i, &to) && !is_certain(s, i, &from))
        return 0;
    uint32_t n = from.atoms + 1 + to.atoms;
    token_begin(s, CLASS_date, "date range", i, n);
    if (needs_day_word(s, i))
        say(s, "ngày");
    say_date(s, &from);
    say(s, "đến");
    if (word_is(s, i - 1, "ngày") || needs_day_word(s, i))
        say(s, "ngày");
    say_date(s, &to);
    token_end(s);
    return n;
}

/* 14, 15/6: days that share the month written behind the last. */
static uint32_t read_day_list(struct speaker *s, uint32_t i)
{
    enum { MOST = 16 };
    uint32_t n = 0;
    struct date last;
    while (n < MOST && is_day(s, i + n) && is_mark(s, i + n + 1, ','))
        n += 2;
    if (!n || !parse_date(s, i + n, &last) || last.mark != '/' || !has_date_cue(s, i))
        return 0;
    token_begin(s, CLASS_date, "list of days", i, n + last.atoms);
    for (uint32_t k = 0; k < n; k += 2) {
        say_cardinal(s, (uint64_t)small_number(s, i + k));
        token_end(s);
        say_pause(s, ',');
    }
    say_date(s, &last);
    token_end(s);
    return n + last.atoms;
}

static uint32_t read_day_month(struct speaker *s, uint32_t i)
{
    struct date d;
    if (!parse_date(s, i, &d) || !is_certain(s, i, &d))
        return 0;
    if (word_is(s, i - 1, "số") && !d.year)
        return 0;
    token_begin(s, CLASS_date, "date", i, d.atoms);
    if (needs_day_word(s, i))
        say(s, "ngày");
    say_date(s, &d);
    token_end(s);
    return d.atoms;
}

/* tháng 4/2024, 3/2026, tháng 3 - 6/2027, quý 4/2023; "tháng" and "quý" are said where written,
 * "tháng" also where neither is. */
static uint32_t read_month_year(struct speaker *s, uint32_t i)
{
    uint32_t from = i;
    bool month_word = word_is(s, i - 1, "tháng"), quarter = word_is(s, i - 1, "quý");
    if (month_word && is_month(s, i) && is_range_dash(s, i + 1) && is_month(s, i + 2))
        i += 2;
    bool slash = glued_mark(s, i + 1, '/'), hyphen = month_word && glued_mark(s, i + 1, '-');
    if (!is_month(s, i) || (!slash && !hyphen) || !is_year(s, i + 2) || goes_on(s, i + 3))
        return 0;
    if (!month_word && !quarter && (small_number(s, i + 2) < 1900 || small_number(s, i + 2) > 2100))
        return 0;
    token_begin(s, CLASS_date, quarter ? "quarter and year" : "month and year", from, i + 3 - from);
    if (from < i) {
        say_month(s, (uint64_t)small_number(s, from));
        say(s, "đến tháng");
    } else if (!month_word && !quarter) {
        say(s, "tháng");
    }
    if (quarter)
        say_cardinal(s, (uint64_t)small_number(s, i));
    else
        say_month(s, (uint64_t)small_number(s, i));
    say_year(s, small_number(s, i + 2));
    token_end(s);
    return i + 3 - from;
}

/* tháng 4, tháng 3 - 6, rằm tháng 1 */
static uint32_t read_month(struct speaker *s, uint32_t i)
{
    if (!word_is(s, i - 1, "tháng") || !is_month(s, i) || goes_on(s, i + 1))
        return 0;
    bool lunar = cue_before(s, i - 1, CUE_LUNAR) || cue_after(s, i + 1, CUE_LUNAR) ||
                 cue_in_sentence(s, CUE_LUNAR);
    bool range = is_range_dash(s, i + 1) && is_month(s, i + 2) && !goes_on(s, i + 3) &&
                 small_number(s, i + 2) > small_number(s, i);
    token_begin(s, CLASS_date, lunar ? "lunar month" : "month", i, range ? 3 : 1);
    if (lunar)
        say_lunar_month(s, small_number(s, i));
    else
        say_month(s, (uint64_t)small_number(s, i));
    if (range) {
        say(s, "đến tháng");
        say_month(s, (uint64_t)small_number(s, i + 2));
    }
    token_end(s);
    return range ? 3 : 1;
}

static uint32_t read_year_range(struct speaker *s, uint32_t i)
{
    if (!is_year(s, i) || !is_range_dash(s, i + 1) || !is_year(s, i + 2) || goes_on(s, i + 3))
        return 0;
    if (small_number(s, i) >= small_number(s, i + 2))
        return 0;
    token_begin(s, CLASS_date, "range of years", i, 3);
    say_cardinal(s, (uint64_t)small_number(s, i));
    say(s, "đến");
    say_cardinal(s, (uint64_t)small_number(s, i + 2));
    token_end(s);
    return 3;
}

/* T4/2024: the letter, glued to the month, with the year behind it. */
static bool is_letter_month(const struct speaker *s, uint32_t i)
{
    return word_is(s, i, "t") && atom_has(atom_at(s, i), ATOM_UPPER) && is_month(s, i + 1) &&
           atom_glued(s, i + 1) && glued_mark(s, i + 2, '/') && is_year(s, i + 3) &&
           !goes_on(s, i + 4);
}

static void say_letter_month(struct speaker *s, uint32_t i)
{
    say(s, "tháng");
    say_month(s, (uint64_t)small_number(s, i + 1));
    say_year(s, small_number(s, i + 3));
}

static uint32_t read_letter_months(struct speaker *s, uint32_t i)
{
    if (!is_letter_month(s, i))
        return 0;
    bool range = is_dash(s, i + 4) && is_letter_month(s, i + 5);
    token_begin(s, CLASS_date, "month and year", i, range ? 9 : 4);
    say_letter_month(s, i);
    if (range) {
        say(s, "đến");
        say_letter_month(s, i + 5);
    }
    token_end(s);
    return range ? 9 : 4;
}

uint32_t read_date(struct speaker *s, uint32_t i)
{
    if (is_word(s, i))
        return read_letter_months(s, i);
    static reader_function *const forms[] = {read_date_range, read_day_list,   read_day_month,
                                             read_year_range, read_month_year, read_month};
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
        uint32_t n = forms[k](s, i);
        if (n)
            return n;
    }
    return 0;
}
