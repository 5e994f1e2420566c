/*
 * Months (tháng 4/2024, T9/2013-T9/2014), quarters (quý 4/2023, Q1/2025, 3Q24), halves (1H24),
 * months counted from the start of a year (9T/2024), ranges of years (2021-2025, 2015 - nay,
 * 2024/25), and days of the week (T2-T6, CN).
 */
#include "text/classes/calendar.h"
#include "text/classes/class.h"
#include "text/classes/evidence.h"
#include "text/classes/numeral.h"
#include "text/classes/weekday.h"

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
    /* 24/08/2021Tổng biên tập: only a space is missing */
    if (is_word(v, i) || is_number(v, i))
        return !(is_syllable(v, i) && is_capitalized(v, i) && !is_upper(v, i));
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

static bool is_short_year(const struct view *v, uint32_t i)
{
    int32_t year = small_number(v, i);
    return digit_count(v, i) == 2 && year >= FIRST_SHORT_YEAR && year <= LAST_SHORT_YEAR;
}

/* A year of two digits is said in full. */
static void say_full_year_at(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { CENTURY = 2000 };
    int32_t year = small_number(v, i);
    say(out, "năm");
    say_cardinal(out, (uint64_t)(is_short_year(v, i) ? CENTURY + year : year));
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

/* quý 3/24 */
static bool is_short_year_after(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '/') && atom_glued(v, i) && atom_glued(v, i + 1) &&
           is_short_year(v, i + 1) && !date_goes_on(v, i + 2);
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
    if (!is_quarter_word(v, i - 1) || digit_count(v, i) > 2)
        return 0;
    uint32_t last = i;
    bool pair = (is_dash(v, i + 1) || is_mark(v, i + 1, ',') || word_is(v, i + 1, "và")) &&
                is_quarter(v, i + 2) && small_number(v, i + 2) > small_number(v, i);
    if (pair)
        last = i + 2;
    bool year = is_year_after(v, last + 1, true) || is_short_year_after(v, last + 1);
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
        say_full_year_at(out, v, last + 2);
    return end_period(out, v, i, n);
}

/* tháng 4/2024, 3/2026, tháng 3 - 6/2027. "tháng" is said even if it is not written. */
static uint32_t read_month_year(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t from = i;
    bool written = word_is(v, i - 1, "tháng"), named = is_month_named(v, i);
    if (written && is_month(v, i) && is_dash(v, i + 1) && is_month(v, i + 2))
        i += 2;
    if (!is_month(v, i) || is_quarter_word(v, i - 1) || !is_year_after(v, i + 1, named))
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
    bool chain = is_range_dash(v, i + 3) && is_year(v, i + 4); /* 2019 - 2021 - 2023 */
    if (!is_year(v, i) || (!is_dash(v, i + 1) && !years.stroke) || date_goes_on(v, i + 3) || chain)
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

/* ---- letters for periods: T4/2024, Q1/2025, QIII/2024, 3Q24, 1H24, 9T/2024 ---- */

enum { QUARTERS = 4, HALVES = 2, MONTHS = 12 };

struct letter_period {
    char letter; /* t, q or h */
    int32_t value;
    uint32_t atoms;
    uint32_t year_at; /* 0: none */
};

static int32_t roman_quarter(struct sv letters)
{
    static const char *const written[] = {"i", "ii", "iii", "iv"};
    for (int32_t k = 0; k < QUARTERS; k++)
        if (sv_is(letters, written[k]))
            return k + 1;
    return 0;
}

/* A letter with its number: T4, Q3, Q.3, QIII, Q.III, H1. */
static bool parse_letter_number(const struct view *v, uint32_t i, struct letter_period *p)
{
    struct sv word = atom_lower(v, i);
    if (!is_upper(v, i) || !word.n || !strchr("tqh", word.p[0]))
        return false;
    *p = (struct letter_period){.letter = word.p[0], .atoms = 1};
    if (word.n > 1) {
        p->value = p->letter == 'q' ? roman_quarter(sv_sub(word, 1, word.n - 1)) : 0;
        return p->value > 0;
    }
    p->atoms += p->letter == 'q' && is_mark(v, i + 1, '.') && atom_glued(v, i + 1);
    uint32_t number = i + p->atoms++;
    if (!is_glued_on(v, number) || digit_count(v, number) > 2)
        return false;
    p->value =
        is_number(v, number) ? small_number(v, number) : roman_quarter(atom_lower(v, number));
    int32_t most = p->letter == 't' ? MONTHS : p->letter == 'q' ? QUARTERS : HALVES;
    return p->value >= 1 && p->value <= most && (is_number(v, number) || p->letter == 'q');
}

/* Finds the year after a period: /2024, -2024, /24; after a quarter or half also " 2024". */
static void parse_period_year(const struct view *v, uint32_t i, struct letter_period *p)
{
    uint32_t after = i + p->atoms;
    if (is_year_after(v, after, true) || is_short_year_after(v, after)) {
        p->year_at = after + 1;
        p->atoms += 2;
    } else if (p->letter != 't' && is_year(v, after) && !atom_glued(v, after) &&
               !date_goes_on(v, after + 1)) {
        p->year_at = after;
        p->atoms++;
    }
}

static bool parse_letter_period(const struct view *v, uint32_t i, struct letter_period *p)
{
    if (!parse_letter_number(v, i, p))
        return false;
    parse_period_year(v, i, p);
    return p->year_at || !is_glued_on(v, i + p->atoms);
}

static void say_letter_period(struct utterance *out, const struct view *v,
                              const struct letter_period *p)
{
    if (p->letter == 'h') {
        say(out, p->value == 1 ? "nửa đầu" : "nửa cuối");
    } else {
        say(out, p->letter == 'q' ? "quý" : "tháng");
        if (p->letter == 'q')
            say_cardinal(out, (uint64_t)p->value);
        else
            say_month(out, (uint64_t)p->value);
    }
    if (p->year_at)
        say_full_year_at(out, v, p->year_at);
}

/* The end of a range of months: the 6 of T4-6/2024. */
static bool parse_number_end(const struct view *v, uint32_t i, struct letter_period *p)
{
    if (!is_month(v, i) || !atom_glued(v, i))
        return false;
    p->value = small_number(v, i);
    p->atoms = 1;
    parse_period_year(v, i, p);
    return p->year_at;
}

/* T9/2013-T9/2014, T4-T6/2024, T4-6/2024, Q1-Q3/2024 */
static uint32_t read_letter_range(struct utterance *out, const struct view *v, uint32_t i)
{
    struct letter_period from, to;
    if (!parse_letter_period(v, i, &from) || !is_dash(v, i + from.atoms))
        return 0;
    uint32_t second = i + from.atoms + 1;
    bool letter = parse_letter_period(v, second, &to) && to.letter == from.letter;
    if (!letter) {
        to = (struct letter_period){.letter = from.letter};
        if (!parse_number_end(v, second, &to) || to.value <= from.value)
            return 0;
    }
    if (!to.year_at)
        return 0;
    uint32_t n = second + to.atoms - i;
    token_begin(out, v, CLASS_date, "range of periods", i, n);
    say_letter_period(out, v, &from);
    say(out, "đến");
    say_letter_period(out, v, &to);
    return end_period(out, v, i, n);
}

/* T4/2024, Q1/2025, Q4 năm 2024 */
static uint32_t read_letter_and_year(struct utterance *out, const struct view *v, uint32_t i)
{
    struct letter_period p;
    if (!parse_letter_period(v, i, &p))
        return 0;
    bool word = p.letter == 'q' && word_is(v, i + p.atoms, "năm") && is_year(v, i + p.atoms + 1);
    if (!p.year_at && !word)
        return 0;
    token_begin(out, v, CLASS_date, "month or quarter and year", i, p.atoms);
    say_letter_period(out, v, &p);
    return end_period(out, v, i, p.atoms);
}

/* The letter after its number: 3Q24, 1H2024, 9T/2024, 6M24. */
static bool parse_number_letter(const struct view *v, uint32_t i, struct letter_period *p)
{
    struct sv word = atom_lower(v, i + 1);
    if (!is_upper(v, i + 1) || !atom_glued(v, i + 1) || word.n != 1 || !strchr("qhtm", word.p[0]))
        return false;
    *p = (struct letter_period){.letter = word.p[0], .value = small_number(v, i), .atoms = 2};
    bool whole = p->value % 3 == 0; /* months are counted by quarters: 6M24, but 1M25 is a length */
    if (p->letter == 'm' ? !whole : p->value < 1)
        return false;
    int32_t most = p->letter == 'q' ? QUARTERS : p->letter == 'h' ? HALVES : MONTHS;
    uint32_t after = i + 2;
    if (p->value > most || p->value < 1)
        return false;
    bool glued = atom_glued(v, after) && (is_short_year(v, after) || is_year(v, after));
    if (glued && !date_goes_on(v, after + 1)) {
        p->year_at = after;
        p->atoms++;
    } else {
        parse_period_year(v, i, p);
    }
    return p->year_at || (p->letter == 't' && phrase_is(v, after, "đầu năm"));
}

static uint32_t read_number_letter(struct utterance *out, const struct view *v, uint32_t i)
{
    struct letter_period p;
    if (digit_count(v, i) > 2 || !parse_number_letter(v, i, &p))
        return 0;
    token_begin(out, v, CLASS_date, "part of a year", i, p.atoms);
    if (p.letter == 'q' || p.letter == 'h') {
        say_letter_period(out, v, &p);
    } else {
        say_cardinal(out, (uint64_t)p.value);
        say(out, p.value < MONTHS && p.year_at ? "tháng đầu" : "tháng");
        if (p.year_at)
            say_full_year_at(out, v, p.year_at);
    }
    return end_period(out, v, i, p.atoms);
}

uint32_t read_period(struct utterance *out, const struct view *v, uint32_t i)
{
    static reader_function *const forms[] = {read_year_range, read_quarter, read_month_year,
                                             read_month, read_number_letter};
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
        uint32_t n = forms[k](out, v, i);
        if (n)
            return n;
    }
    return 0;
}

/* ---- letters for days of the week: T2-T6, T7, CN ---- */

/* A letter day, and its name; `end` is the atom after it. */
struct letter_day {
    int32_t day;
    uint32_t end;
};

static uint32_t end_of_day(const struct candidate *c)
{
    return ((const struct letter_day *)c->parts)->end;
}

static bool has_weekday_cue(const struct candidate *c)
{
    return cue_before(c->v, c->i, CUE_WEEKDAY);
}

static bool is_before_day_and_month(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t j = end_of_day(c);
    j += is_mark(v, j, ',') || is_mark(v, j, '(');
    j += word_is(v, j, "ngày");
    bool mark = is_mark(v, j + 1, '/') || is_mark(v, j + 1, '-') || is_mark(v, j + 1, '.');
    return is_number(v, j) && mark && is_month(v, j + 2) && !cue_after(v, j + 3, CUE_COUNTED);
}

/* 20h T4, T7: 8h-12h */
static bool is_beside_time(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t j = end_of_day(c);
    j += is_mark(v, j, ':') || is_mark(v, j, ',') || is_mark(v, j, '(');
    bool letter = (word_is(v, j + 1, "h") || word_is(v, j + 1, "g")) && atom_glued(v, j + 1);
    bool after =
        digit_count(v, j) && digit_count(v, j) <= 2 && (letter || word_is(v, j + 1, "giờ"));
    return after || last_ended_at(v, CLASS_time, c->i);
}

static bool joins_days(const struct view *v, uint32_t i)
{
    return is_mark(v, i, ',') || is_mark(v, i, '&') || is_mark(v, i, '+') || is_mark(v, i, '/') ||
           is_dash(v, i) || word_is(v, i, "và") || word_is(v, i, "hoặc") || word_is(v, i, "đến");
}

/* A day of the week is beside it in a list or range. */
static bool is_beside_sunday(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t atoms, end = end_of_day(c);
    int32_t before = joins_days(v, c->i - 1) ? weekday_before(v, c->i - 1, &atoms) : 0;
    int32_t after = joins_days(v, end) ? weekday_at(v, end + 1, &atoms) : 0;
    int32_t day = ((const struct letter_day *)c->parts)->day;
    return day == SUNDAY ? before : before == SUNDAY || after == SUNDAY;
}

static bool is_workweek(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t atoms, end = end_of_day(c);
    int32_t before = is_dash(v, c->i - 1) ? weekday_before(v, c->i - 1, &atoms) : 0;
    int32_t after = is_dash(v, end) ? weekday_at(v, end + 1, &atoms) : 0;
    int32_t day = ((const struct letter_day *)c->parts)->day;
    return (day == MONDAY && after > THURSDAY) || (before == MONDAY && day > THURSDAY);
}

/* nghỉ T7; mở cửa các tối T3, T5: a word of the week before it, or in its sentence and days beside.
 */
static bool speaks_of_week(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t atoms, end = end_of_day(c);
    bool beside = (joins_days(v, c->i - 1) && weekday_before(v, c->i - 1, &atoms)) ||
                  (joins_days(v, end) && weekday_at(v, end + 1, &atoms));
    return cue_before(v, c->i, CUE_WEEK) || (beside && cue_in_sentence(v, CUE_WEEK));
}

static const struct evidence for_letter_day[] = {
    {"a part of the day before it", has_weekday_cue, CERTAIN},      /* sáng T2, chiều T7 */
    {"a day and month after it", is_before_day_and_month, CERTAIN}, /* T3, 25/11 */
    {"a time of the day beside it", is_beside_time, CERTAIN},       /* 20h T4 */
    {"Sunday beside it", is_beside_sunday, CERTAIN},                /* T7, CN */
    {"Monday to Friday", is_workweek, CERTAIN},                     /* T2-T6 */
    {"a week in the sentence", speaks_of_week, CERTAIN},            /* mở cửa T3, T5 */
    {0},
};

static uint32_t read_letter_day(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t atoms;
    int32_t day = is_upper(v, i) ? weekday_at(v, i, &atoms) : 0;
    if (!day || word_is(v, i, "thứ") || word_is(v, i, "chủ"))
        return 0;
    const struct letter_day found = {day, i + atoms};
    if (!evidence_is_enough(for_letter_day, v, i, &found))
        return 0;
    token_begin(out, v, CLASS_date, "day of the week", i, atoms);
    if (day == SUNDAY) {
        say(out, "chủ nhật");
    } else {
        say(out, "thứ");
        say_ordinal(out, (uint64_t)day);
    }
    return end_period(out, v, i, atoms);
}

/* nhà ga đến T3, từ T4 (-9): a terminal, a place in golf. */
static bool is_terminal_or_rank(const struct view *v, uint32_t i)
{
    enum { WORDS = 4 };
    for (uint32_t k = 1; k <= WORDS; k++)
        if (word_is(v, i - k, "ga"))
            return true;
    return is_mark(v, i + 2, '(') && is_dash(v, i + 3);
}

/* T2 is a month only after a cue (từ T2, cuối T4), otherwise a name. */
static uint32_t read_letter_alone(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!word_is(v, i, "t") || !is_number(v, i + 1) || !atom_glued(v, i + 1) ||
        date_goes_on(v, i + 2))
        return 0;
    if (cue_before(v, i, CUE_DATE_WEAK) && is_month(v, i + 1) && !is_terminal_or_rank(v, i)) {
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

/* (ÂL), 15/8 ÂL, 1/1 DL: the calendar after a day or month. */
static uint32_t read_calendar_sign(struct utterance *out, const struct view *v, uint32_t i)
{
    bool moon = word_is(v, i, "âl") || word_is(v, i, "al"), sun = word_is(v, i, "dl");
    uint32_t end = is_mark(v, i - 1, '(') ? i - 1 : i;
    if ((!moon && !sun) || !is_upper(v, i) || !last_ended_at(v, CLASS_date, end))
        return 0;
    token_begin(out, v, CLASS_date, "calendar", i, 1);
    say(out, moon ? "âm lịch" : "dương lịch");
    return end_period(out, v, i, 1);
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
    static reader_function *const forms[] = {read_birth_year,   read_calendar_sign,
                                             read_letter_range, read_letter_and_year,
                                             read_letter_day,   read_letter_alone};
    if (!is_upper(v, i) && !word_is(v, i, "sn"))
        return 0;
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
        uint32_t n = forms[k](out, v, i);
        if (n)
            return n;
    }
    return 0;
}
