/*
 * Months (tháng 4/2024, T9/2013-T9/2014), quarters (quý 4/2023, Q1/2025) and ranges of years
 * (2021-2025, 2015 - nay, 2024/25).
 */
#include "text/classes/calendar.h"
#include "text/classes/class.h"
#include "text/classes/evidence.h"
#include "text/classes/numeral.h"

bool is_year(const struct view *v, uint32_t i)
{
    int32_t year = small_number(v, i);
    return digit_count(v, i) == 4 && year >= 1000 && year <= 2999;
}

bool is_month(const struct view *v, uint32_t i)
{
    int32_t month = small_number(v, i);
    return digit_count(v, i) <= 2 && month >= 1 && month <= 12;
}

bool date_goes_on(const struct view *v, uint32_t i)
{
    if (!atom_glued(v, i))
        return false;
    if (is_word(v, i) || is_number(v, i))
        return true;
    bool joint = is_mark(v, i, '/') || is_mark(v, i, '.') || is_mark(v, i, ',');
    bool word = is_mark(v, i, '/') && is_word(v, i + 1);
    return joint && (is_number(v, i + 1) || word) && atom_glued(v, i + 1);
}

static bool is_moon_sign(const struct view *v, uint32_t i)
{
    return phrase_is(v, i, "âm lịch") || word_is(v, i, "âl") || word_is(v, i, "al");
}

bool moon_counts(const struct view *v, uint32_t i, uint32_t end)
{
    enum { FAR = 12 };
    if (word_is(v, i - 1, "rằm") || (word_is(v, i - 1, "tháng") && word_is(v, i - 2, "rằm")))
        return true;
    uint32_t before = is_mark(v, i - 1, ':') ? i - 2 : i - 1;
    before = word_is(v, before, "ngày") || word_is(v, before, "tháng") ? before - 1 : before;
    if (phrase_is(v, before - 1, "âm lịch"))
        return true;
    for (uint32_t j = end; j < end + FAR; j++) {
        if (is_moon_sign(v, j))
            return true;
        bool on = is_number(v, j) || is_mark(v, j, '/') || is_mark(v, j, '(') || is_dash(v, j) ||
                  is_mark(v, j, ',') || word_is(v, j, "đến") || word_is(v, j, "và") ||
                  word_is(v, j, "tháng") || word_is(v, j, "ngày");
        if (!on)
            return false;
    }
    return false;
}

void say_lunar_month(struct utterance *out, int32_t month)
{
    if (month == 1)
        say(out, "giêng");
    else if (month == 12)
        say(out, "chạp");
    else
        say_month(out, (uint64_t)month);
}

static void say_month_at(struct utterance *out, const struct view *v, uint32_t i)
{
    say_month(out, (uint64_t)small_number(v, i));
}

static void say_month_of(struct utterance *out, const struct view *v, uint32_t i, bool lunar)
{
    if (lunar)
        say_lunar_month(out, small_number(v, i));
    else
        say_month_at(out, v, i);
}

static void say_value(struct utterance *out, const struct view *v, uint32_t i)
{
    say_cardinal(out, (uint64_t)small_number(v, i));
}

static void say_year_at(struct utterance *out, const struct view *v, uint32_t i)
{
    say(out, "năm");
    say_value(out, v, i);
}

static uint32_t end_period(struct utterance *out, const struct view *v, uint32_t i, uint32_t n)
{
    token_end(out);
    note_end(v, CLASS_date, i + n);
    return n;
}

/* Whether a year follows the month or quarter at atom i - 1: "/2024", and if `named` also "-2024",
 * ".2024" and " - 2024". */
static bool is_year_after(const struct view *v, uint32_t i, bool named)
{
    if (!is_year(v, i + 1) || date_goes_on(v, i + 2))
        return false;
    bool even = atom_glued(v, i) == atom_glued(v, i + 1);
    if (is_mark(v, i, '/'))
        return even || named;
    if (!named || (is_dash(v, i + 2) && is_year(v, i + 3)))
        return false;
    return (is_dash(v, i) && even) || (is_mark(v, i, '.') && even && atom_glued(v, i));
}

/* Whether "tháng" is before the number, or a month of the same list was read before it. */
static bool is_month_named(const struct view *v, uint32_t i)
{
    if (word_is(v, i - 1, "tháng"))
        return true;
    bool joint = is_dash(v, i - 1) || is_mark(v, i - 1, ',') || word_is(v, i - 1, "và") ||
                 word_is(v, i - 1, "đến") || word_is(v, i - 1, "tới");
    return joint && i > v->begin && last_ended_at(v, CLASS_date, i - 1);
}

static bool is_quarter(const struct view *v, uint32_t i)
{
    int32_t value = small_number(v, i);
    return digit_count(v, i) == 1 && value >= 1 && value <= 4;
}

static bool is_quarter_word(const struct view *v, uint32_t i)
{
    return word_is(v, i, "quý") || word_is(v, i, "quí");
}

/* quý 4/2023, quý 1 - 2004, quý 1-2/2024, quý 1, 2/2024 */
static uint32_t read_quarter(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_quarter_word(v, i - 1) || !is_quarter(v, i))
        return 0;
    uint32_t last = i;
    bool pair = (is_dash(v, i + 1) || is_mark(v, i + 1, ',') || word_is(v, i + 1, "và")) &&
                is_quarter(v, i + 2) && small_number(v, i + 2) > small_number(v, i);
    if (pair)
        last = i + 2;
    bool year = is_year_after(v, last + 1, true);
    if (!year && (!pair || date_goes_on(v, last + 1)))
        return 0;
    uint32_t n = last + (year ? 3 : 1) - i;
    token_begin(out, v, CLASS_date, "quarter and year", i, n);
    say_value(out, v, i);
    if (pair) {
        if (is_dash(v, i + 1))
            say(out, "đến");
        else if (is_word(v, i + 1))
            say(out, "và");
        else {
            token_end(out);
            say_pause(out, ',');
        }
        say_value(out, v, last);
    }
    if (year)
        say_year_at(out, v, last + 2);
    return end_period(out, v, i, n);
}

/* tháng 4/2024, 3/2026, tháng 3 - 6/2027. "tháng" is said even if it is not written. */
static uint32_t read_month_year(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t from = i;
    bool written = word_is(v, i - 1, "tháng"), named = is_month_named(v, i);
    if (written && is_month(v, i) && is_dash(v, i + 1) && is_month(v, i + 2))
        i += 2;
    if (!is_month(v, i) || !is_year_after(v, i + 1, named))
        return 0;
    int32_t year = small_number(v, i + 2);
    if (!named && (year < 1900 || year > 2100 || cue_before(v, i, CUE_ADDRESS | CUE_RATIO)))
        return 0;
    token_begin(out, v, CLASS_date, "month and year", from, i + 3 - from);
    if (!written && is_dash(v, from - 1) && last_ended_at(v, CLASS_date, from - 1))
        say(out, "đến");
    if (!written)
        say(out, "tháng");
    if (from < i) {
        say_month_at(out, v, from);
        say(out, "đến tháng");
    }
    say_month_at(out, v, i);
    say_year_at(out, v, i + 2);
    return end_period(out, v, from, i + 3 - from);
}

/* ---- months alone: tháng 4, tháng 3 - 6, rằm tháng 1, các tháng 3, 4 và 5/2024 ---- */

static bool is_month_written(const struct view *v, uint32_t i)
{
    return word_is(v, i - 1, "tháng");
}

static bool is_no_month(const struct candidate *c)
{
    return !is_month(c->v, c->i) || date_goes_on(c->v, c->i + 1);
}

static bool is_so_much_a_month(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t before = c->i - 2;
    bool each = word_is(v, before, "mỗi") || word_is(v, before, "một") ||
                word_is(v, before, "hằng") || word_is(v, before, "hàng");
    return is_month_written(v, c->i) && (each || cue_after(v, c->i + 1, CUE_AMOUNT));
}

static bool is_months_and_days(const struct candidate *c)
{
    return is_month_written(c->v, c->i) && is_number(c->v, c->i - 2) &&
           word_is(c->v, c->i + 1, "ngày");
}

static bool ends_list(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t after = c->i + 1;
    return !is_month_written(v, c->i) && !is_mark(v, after, ',') && !is_mark(v, after, '/') &&
           !word_is(v, after, "và");
}

static bool is_named_month(const struct candidate *c)
{
    return is_month_named(c->v, c->i);
}

static const struct evidence for_month[] = {
    {"no month, or more than one", is_no_month, EXCLUDED}, /* tháng 13, tháng 4.500 */
    {"so much a month", is_so_much_a_month, EXCLUDED},     /* mỗi tháng 4 triệu đồng */
    {"months and days are counted", is_months_and_days, EXCLUDED}, /* 3 tháng 4 ngày */
    {"the last of a list", ends_list, EXCLUDED},                   /* tháng 3 và 4 người */
    {"\"tháng\", or a month in a list before it", is_named_month, ENOUGH}, /* tháng 4 */
    {0},
};

static uint32_t read_month(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_month_named(v, i) || !evidence_is_enough(for_month, v, i, NULL))
        return 0;
    bool range = is_dash(v, i + 1) && is_month(v, i + 2) && !date_goes_on(v, i + 3) &&
                 is_month_written(v, i) && small_number(v, i + 2) > small_number(v, i);
    uint32_t n = range ? 3 : 1;
    bool lunar = moon_counts(v, i, i + n);
    token_begin(out, v, CLASS_date, lunar ? "lunar month" : "month", i, n);
    say_month_of(out, v, i, lunar);
    if (range) {
        say(out, "đến tháng");
        say_month_of(out, v, i + 2, lunar);
    }
    return end_period(out, v, i, n);
}

/* ---- ranges of years ---- */

/* The second year of a range: 2025, or 25 after 2024. 0: none. */
static int32_t second_year(const struct view *v, uint32_t first, uint32_t i)
{
    int32_t year = small_number(v, i), start = small_number(v, first);
    if (is_year(v, i))
        return year;
    if (digit_count(v, i) != 2 || !atom_glued(v, i) || !atom_glued(v, i - 1))
        return 0;
    if (year == (start + 1) % 100)
        return start + 1;
    return is_dash(v, i - 1) && year > start % 100 ? start / 100 * 100 + year : 0;
}

/* 2021-2025, 2023/2024, 2024/25, 2015 - nay */
struct years {
    bool stroke, open; /* open: until now */
    int32_t last;      /* 0: none */
};

static const struct years *years_of(const struct candidate *c)
{
    return c->parts;
}

static bool have_no_second(const struct candidate *c)
{
    return !years_of(c)->open && years_of(c)->last <= small_number(c->v, c->i);
}

static bool skip_a_year(const struct candidate *c)
{
    return years_of(c)->stroke && years_of(c)->last != small_number(c->v, c->i) + 1;
}

static bool are_counted(const struct candidate *c)
{
    return !years_of(c)->open && cue_after(c->v, c->i + 3, CUE_COUNTED);
}

static bool are_years(const struct candidate *c)
{
    return is_year(c->v, c->i);
}

static const struct evidence for_years[] = {
    {"no year, or no later one", have_no_second, EXCLUDED}, /* 2025-2021 */
    {"a stroke between far years", skip_a_year, EXCLUDED},  /* 2020/2025 */
    {"something is counted", are_counted, EXCLUDED},        /* 2000-2500 người */
    {"two years", are_years, ENOUGH},                       /* 1975-1986 */
    {0},
};

static uint32_t read_year_range(struct utterance *out, const struct view *v, uint32_t i)
{
    struct years years = {.stroke = is_mark(v, i + 1, '/')};
    if (!is_year(v, i) || (!is_dash(v, i + 1) && !years.stroke) || date_goes_on(v, i + 3))
        return 0;
    years.open = !years.stroke && word_is(v, i + 2, "nay");
    years.last = years.open ? 0 : second_year(v, i, i + 2);
    if (!evidence_is_enough(for_years, v, i, &years))
        return 0;
    token_begin(out, v, CLASS_date, "range of years", i, 3);
    say_value(out, v, i);
    say(out, years.open ? "đến nay" : "đến");
    if (!years.open)
        say_cardinal(out, (uint64_t)years.last);
    return end_period(out, v, i, 3);
}

uint32_t read_period(struct utterance *out, const struct view *v, uint32_t i)
{
    static reader_function *const forms[] = {read_year_range, read_quarter, read_month_year,
                                             read_month};
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
        uint32_t n = forms[k](out, v, i);
        if (n)
            return n;
    }
    return 0;
}

/* T4/2024, Q1/2025: the letter, glued to its number, and a year after it. */
static bool is_letter_period(const struct view *v, uint32_t i, const char *letter)
{
    if (!word_is(v, i, letter) || !atom_has(atom_at(v, i), ATOM_UPPER) || !atom_glued(v, i + 1))
        return false;
    bool fits = word_is(v, i, "q") ? is_quarter(v, i + 1) : is_month(v, i + 1);
    return fits && is_year_after(v, i + 2, true);
}

static void say_letter_period(struct utterance *out, const struct view *v, uint32_t i)
{
    if (word_is(v, i, "q")) {
        say(out, "quý");
        say_value(out, v, i + 1);
    } else {
        say(out, "tháng");
        say_month_at(out, v, i + 1);
    }
    say_year_at(out, v, i + 3);
}

/* T9/2013-T9/2014, T4-T6/2024, Q1-Q3/2024 */
static uint32_t read_letter_range(struct utterance *out, const struct view *v, uint32_t i,
                                  const char *letter)
{
    bool year = is_letter_period(v, i, letter);
    uint32_t dash = year ? i + 4 : i + 2;
    bool number = word_is(v, i, "q") ? is_quarter(v, i + 1) : is_month(v, i + 1);
    if (!is_dash(v, dash) || !number || !atom_glued(v, i + 1) ||
        !is_letter_period(v, dash + 1, letter))
        return 0;
    uint32_t n = dash + 5 - i;
    token_begin(out, v, CLASS_date, "range of periods", i, n);
    if (year)
        say_letter_period(out, v, i);
    else {
        say(out, word_is(v, i, "q") ? "quý" : "tháng");
        if (word_is(v, i, "q"))
            say_value(out, v, i + 1);
        else
            say_month_at(out, v, i + 1);
    }
    say(out, "đến");
    say_letter_period(out, v, dash + 1);
    return end_period(out, v, i, n);
}

/* CN, 6/4 · sáng CN */
static uint32_t read_letter_sunday(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!word_is(v, i, "cn") || !atom_has(atom_at(v, i), ATOM_UPPER))
        return 0;
    uint32_t j = is_mark(v, i + 1, ',') || is_mark(v, i + 1, '(') ? i + 2 : i + 1;
    j += word_is(v, j, "ngày");
    bool date = is_number(v, j) && is_number(v, j + 2) && is_month(v, j + 2);
    if (!date && !cue_before(v, i, CUE_WEEKDAY))
        return 0;
    token_begin(out, v, CLASS_date, "day of the week", i, 1);
    say(out, "chủ nhật");
    return end_period(out, v, i, 1);
}

/* sáng T2, chiều T7: a day of the week in small advertisements and sports pages. */
static uint32_t read_letter_weekday(struct utterance *out, const struct view *v, uint32_t i)
{
    int32_t value = small_number(v, i + 1);
    if (!word_is(v, i, "t") || digit_count(v, i + 1) != 1 || !atom_glued(v, i + 1) ||
        date_goes_on(v, i + 2) || value < 2 || value > 7 || !cue_before(v, i, CUE_WEEKDAY))
        return 0;
    token_begin(out, v, CLASS_date, "day of the week", i, 2);
    say(out, "thứ");
    say_ordinal(out, (uint64_t)value);
    return end_period(out, v, i, 2);
}

/* T2 is a month only after a cue (từ T2, cuối T4), otherwise a name. */
static uint32_t read_letter_alone(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = read_letter_weekday(out, v, i);
    if (n || !word_is(v, i, "t") || !atom_glued(v, i + 1) || date_goes_on(v, i + 2))
        return n;
    if (cue_before(v, i, CUE_DATE_WEAK) && is_month(v, i + 1)) {
        token_begin(out, v, CLASS_date, "month", i, 2);
        say(out, "tháng");
        say_month_at(out, v, i + 1);
        return end_period(out, v, i, 2);
    }
    token_begin(out, v, CLASS_letters, "letter and number", i, 2);
    say_letter(out, 't', false, false);
    say_number_atom(out, v, i + 1);
    token_end(out);
    return 2;
}

/* SN: 1966 */
static uint32_t read_birth_year(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t j = i + 1 + (is_mark(v, i + 1, ':') || is_mark(v, i + 1, '.'));
    if (!word_is(v, i, "sn") || !is_year(v, j) || date_goes_on(v, j + 1))
        return 0;
    token_begin(out, v, CLASS_date, "year of birth", i, j + 1 - i);
    say(out, "sinh năm");
    say_value(out, v, j);
    return end_period(out, v, i, j + 1 - i);
}

uint32_t read_letter_period(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t birth = read_birth_year(out, v, i);
    if (birth)
        return birth;
    uint32_t sunday = read_letter_sunday(out, v, i);
    if (sunday)
        return sunday;
    const char *letter = word_is(v, i, "t") ? "t" : word_is(v, i, "q") ? "q" : NULL;
    if (!letter || !atom_has(atom_at(v, i), ATOM_UPPER) || !is_number(v, i + 1))
        return 0;
    uint32_t n = read_letter_range(out, v, i, letter);
    if (n)
        return n;
    if (!is_letter_period(v, i, letter))
        return read_letter_alone(out, v, i);
    token_begin(out, v, CLASS_date, "month or quarter and year", i, 4);
    say_letter_period(out, v, i);
    return end_period(out, v, i, 4);
}
