/*
 * Days: 15/5/2016, 27.5.2022, 8-3 with a cue, ranges (5-7/3/2024, 29/4 - 1/5), lists (14, 15/6).
 * Months, quarters and years alone are in period.c; both are one class.
 */
#include "text/classes/calendar.h"
#include "text/classes/class.h"
#include "text/classes/numeral.h"

struct date {
    uint32_t atoms;
    int32_t day, month, year; /* 0: not written */
    uint32_t year_at;         /* the atom of the year */
    uint32_t mark;            /* between day and month */
    bool tight;               /* no space inside */
};

/* The mark between two parts of a date; a stroke may have spaces beside it (a typing slip). */
static uint32_t date_mark(const struct speaker *s, uint32_t i, bool *tight)
{
    *tight = atom_glued(s, i) && atom_glued(s, i + 1);
    if (!is_number(s, i + 1))
        return 0;
    if (is_mark(s, i, '/'))
        return '/';
    if (is_mark(s, i, '.') && *tight)
        return '.';
    return is_dash(s, i) && atom_glued(s, i) == atom_glued(s, i + 1) ? '-' : 0;
}

static bool is_day(const struct speaker *s, uint32_t i)
{
    int32_t day = small_number(s, i);
    return digit_count(s, i) <= 2 && day >= 1 && day <= 31;
}

/* Day and month, perhaps a year. */
static bool parse_date(const struct speaker *s, uint32_t i, struct date *d)
{
    bool tight, tight_year;
    uint32_t mark = is_day(s, i) && is_month(s, i + 2) ? date_mark(s, i + 1, &tight) : 0;
    *d = (struct date){0};
    if (!mark)
        return false;
    *d = (struct date){3, small_number(s, i), small_number(s, i + 2), 0, 0, mark, tight};
    bool year = date_mark(s, i + 3, &tight_year) == mark &&
                (is_year(s, i + 4) || (digit_count(s, i + 4) == 2 && tight && tight_year));
    if (year) {
        d->year_at = i + 4;
        d->year = small_number(s, i + 4);
        d->atoms = 5;
        d->tight = tight && tight_year;
    }
    return !goes_on(s, i + d->atoms);
}

/* The words that part the numbers of one list or range of dates. */
static bool joins_dates(const struct speaker *s, uint32_t i)
{
    return is_number(s, i) || is_mark(s, i, '/') || is_mark(s, i, ',') || is_mark(s, i, '.') ||
           is_dash(s, i) || word_is(s, i, "và") || word_is(s, i, "đến") || word_is(s, i, "tới") ||
           word_is(s, i, "hoặc");
}

/* "mỗi ngày 1/2 viên" counts by the day. */
static bool cue_counts(const struct speaker *s, uint32_t i)
{
    return word_is(s, i - 1, "ngày") &&
           (word_is(s, i - 2, "mỗi") || word_is(s, i - 2, "một") || word_is(s, i - 2, "nửa"));
}

static bool date_cue_at(const struct speaker *s, uint32_t i, uint32_t kinds)
{
    return cue_before(s, i, kinds) && !cue_counts(s, i);
}

/* A cue right before the date, or before the first of the list it stands in, or a date that was
 * read there. */
static bool has_date_cue(const struct speaker *s, uint32_t i)
{
    enum { FAR = 16 };
    if (date_cue_at(s, i, CUE_DATE))
        return true;
    for (uint32_t j = i; i - j < FAR && j > s->begin && joins_dates(s, j - 1);) {
        j--;
        if (j == s->last_date && !is_number(s, j))
            return true;
        if (is_number(s, j) && date_cue_at(s, j, CUE_DATE))
            return true;
    }
    return false;
}

static bool is_weekday_name(const struct speaker *s, uint32_t i)
{
    static const char *const names[] = {"hai", "ba", "tư", "năm", "sáu", "bảy", "bẩy"};
    int32_t value = small_number(s, i);
    if (value >= 2 && value <= 7)
        return true;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (word_is(s, i, names[k]))
            return true;
    return false;
}

/* Thứ Sáu, · thứ 6 ( · Chủ nhật · T7 · CN */
static bool is_weekday_before(const struct speaker *s, uint32_t i)
{
    uint32_t j = is_mark(s, i - 1, ',') || is_mark(s, i - 1, '(') ? i - 1 : i;
    if (phrase_is(s, j - 2, "chủ nhật") || (word_is(s, j - 1, "cn") && j < i))
        return true;
    if (!is_weekday_name(s, j - 1))
        return false;
    bool letter = word_is(s, j - 2, "t") && atom_glued(s, j - 1);
    return (word_is(s, j - 2, "thứ") || letter) && !word_is(s, j - 3, "lần");
}

static bool needs_day_word(const struct speaker *s, uint32_t i)
{
    return is_weekday_before(s, i) || (i == s->begin && s->is_dateline);
}

/* Days that are known by their number: 2/9, 30/4 (rows of cues.tsv). */
static uint32_t day_cues(const struct speaker *s, const struct date *d)
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
    return rules_cues(s->rules, (struct sv){key, n});
}

static bool is_holiday(const struct speaker *s, const struct date *d)
{
    return day_cues(s, d) & CUE_HOLIDAY;
}

/* A house number or a ratio: số 12/3, tỷ lệ 1/5. */
static bool is_numbering(const struct speaker *s, uint32_t i)
{
    return is_word(s, i - 1) && cue_before(s, i, CUE_ADDRESS | CUE_RATIO);
}

/* A small word behind: what is counted, if this is a fraction (8/9 xã). */
static bool is_noun_behind(const struct speaker *s, uint32_t i)
{
    const struct atom *a = atom_at(s, i);
    if (a->kind == ATOM_WORD && !atom_has(a, ATOM_CAPITAL))
        return !cue_after(s, i, CUE_DATE_OPEN);
    return is_mark(s, i, '%');
}

/* No fraction is written with a zero in front. */
static bool has_zero_in_front(const struct speaker *s, uint32_t i)
{
    return (digit_count(s, i) == 2 && small_number(s, i) < 10) ||
           (digit_count(s, i + 2) == 2 && small_number(s, i + 2) < 10);
}

/* Whether day and month are so without a word before them that asks for a date. */
static bool is_date_by_itself(struct speaker *s, uint32_t i, const struct date *d)
{
    uint32_t end = i + d->atoms;
    bool after = cue_after(s, end, CUE_DATE_AFTER), noun = is_noun_behind(s, end);
    bool weak = cue_before(s, i, CUE_DATE_WEAK);
    if (d->mark != '/') {
        bool closed = !is_word(s, end) && !is_number(s, end) && !is_mark(s, end, '%');
        return (weak && closed && d->tight && d->mark == '-') ||
               (is_holiday(s, d) && cue_in_sentence(s, CUE_DATE) && !cue_in_sentence(s, CUE_SCORE));
    }
    if (after || has_zero_in_front(s, i))
        return true;
    bool large = d->day >= d->month, feast = cue_in_sentence(s, CUE_DATE);
    if (is_holiday(s, d) && large && !cue_after(s, end, CUE_COUNTED))
        return true;
    if (is_holiday(s, d) && !large && (feast || (d->day == 2 && !noun)) &&
        !cue_after(s, end, CUE_COUNTED))
        return true;
    if (weak)
        return large || !noun;
    return d->day > 12 && !noun && !(day_cues(s, d) & CUE_COUNTED);
}

/* Whether a written date may be one here. */
static bool is_certain(struct speaker *s, uint32_t i, const struct date *d)
{
    if (d->year >= 1000)
        return true;
    if (is_numbering(s, i) || cue_counts(s, i))
        return false;
    if (d->mark != '/' && cue_after(s, i + d->atoms, CUE_COUNTED))
        return false;
    if (has_date_cue(s, i) || needs_day_word(s, i))
        return true;
    if (d->year_at)
        return d->mark == '/' && !is_noun_behind(s, i + d->atoms);
    return is_date_by_itself(s, i, d);
}

/* Months have names of their own where the moon counts them: giêng and chạp. */
static bool is_lunar(struct speaker *s, uint32_t i, const struct date *d)
{
    if (d->year >= 1000 || (d->month != 1 && d->month != 12))
        return d->month == 1 || d->month == 12 ? moon_counts(s, i, i + d->atoms) : false;
    bool early = word_is(s, i - 1, "mùng") || word_is(s, i - 1, "mồng");
    return moon_counts(s, i, i + d->atoms) || (early && cue_in_sentence(s, CUE_LUNAR));
}

static void say_date(struct speaker *s, uint32_t i, const struct date *d)
{
    say_cardinal(s, (uint64_t)d->day);
    if (!d->month)
        return;
    say(s, "tháng");
    if (is_lunar(s, i, d))
        say_lunar_month(s, d->month);
    else
        say_month(s, (uint64_t)d->month);
    if (!d->year_at)
        return;
    say(s, "năm");
    say_number_atom(s, d->year_at);
}

static uint32_t end_date(struct speaker *s, uint32_t i, uint32_t n)
{
    token_end(s);
    s->last_date = i + n;
    return n;
}

/* A pair is a pair of dates as soon as one of them cannot be a fraction. */
static bool is_pair_certain(struct speaker *s, uint32_t i, const struct date *from, uint32_t j,
                            const struct date *to)
{
    if (is_numbering(s, i) || cue_counts(s, i))
        return false;
    if (from->month && from->mark == '/' && to->mark == '/')
        return from->day >= from->month || to->day >= to->month || is_certain(s, i, from) ||
               is_certain(s, j, to);
    if (!from->month && to->mark == '/' && (to->day > 12 || !is_noun_behind(s, j + to->atoms)))
        return true;
    return is_certain(s, i, to) || (from->month && is_certain(s, i, from)) || has_date_cue(s, i);
}

/* The dash of a range; typing slips leave a space on one side. */
static bool is_date_dash(const struct speaker *s, uint32_t i)
{
    return is_dash(s, i) && is_number(s, i + 1);
}

/* 5-7/3/2024, 29/4 - 1/5 */
static uint32_t read_date_range(struct speaker *s, uint32_t i)
{
    struct date from, to;
    if (!is_day(s, i))
        return 0;
    if (!parse_date(s, i, &from) || (from.mark == '-' && !from.tight))
        from = (struct date){.atoms = 1, .day = small_number(s, i)};
    uint32_t j = i + from.atoms;
    if (!is_date_dash(s, j) || !parse_date(s, j + 1, &to))
        return 0;
    if (from.mark == '-' && !from.year && atom_glued(s, j))
        return 0;
    if (!from.month && (to.mark == '-' || to.day <= from.day))
        return 0;
    if (!is_pair_certain(s, i, &from, j + 1, &to))
        return 0;
    uint32_t n = from.atoms + 1 + to.atoms;
    token_begin(s, CLASS_date, "date range", i, n);
    if (needs_day_word(s, i))
        say(s, "ngày");
    say_date(s, i, &from);
    say(s, "đến");
    if (word_is(s, i - 1, "ngày") || needs_day_word(s, i))
        say(s, "ngày");
    say_date(s, j + 1, &to);
    return end_date(s, i, n);
}

/* "các ngày 5-7", "từ ngày 14 - 16": days of a month that is named elsewhere. */
static uint32_t read_days(struct speaker *s, uint32_t i)
{
    if (!word_is(s, i - 1, "ngày") || !is_day(s, i) || !is_date_dash(s, i + 1) ||
        !is_day(s, i + 2) || goes_on(s, i + 3) || atom_glued(s, i + 1) != atom_glued(s, i + 2))
        return 0;
    bool several = word_is(s, i - 2, "các") || word_is(s, i - 2, "những") ||
                   word_is(s, i - 2, "hai") || word_is(s, i - 2, "ba") ||
                   digit_count(s, i - 2) == 1;
    if (is_number(s, i + 4) && atom_glued(s, i + 3) && atom_at(s, i + 3)->kind == ATOM_PUNCT)
        return 0;
    if (small_number(s, i + 2) <= small_number(s, i) || cue_counts(s, i) ||
        (!several && small_number(s, i + 2) <= 12) || is_mark(s, i + 3, '/') ||
        cue_after(s, i + 3, CUE_COUNTED))
        return 0;
    token_begin(s, CLASS_date, "range of days", i, 3);
    say_cardinal(s, (uint64_t)small_number(s, i));
    say(s, "đến ngày");
    say_cardinal(s, (uint64_t)small_number(s, i + 2));
    return end_date(s, i, 3);
}

/* 14, 15/6: days that share the month written behind the last. The words of the list that are no
 * part of a number are read on their own, so this reads the days up to the last comma. */
static uint32_t read_day_list(struct speaker *s, uint32_t i)
{
    enum { MOST = 16 };
    uint32_t n = 0;
    struct date last;
    while (n < MOST && is_day(s, i + n) && is_mark(s, i + n + 1, ',') && is_number(s, i + n + 2))
        n += 2;
    bool dated = n && parse_date(s, i + n, &last) && last.mark == '/' && has_date_cue(s, i);
    bool joined = n && is_day(s, i + n) && !dated && is_number(s, i + n + 2) &&
                  joins_dates(s, i + n + 1) && is_word(s, i + n + 1) && has_date_cue(s, i) &&
                  parse_date(s, i + n + 2, &last);
    if (!dated && !joined)
        return 0;
    uint32_t atoms = n + (dated ? last.atoms : 1);
    token_begin(s, CLASS_date, "list of days", i, atoms);
    for (uint32_t k = 0; k < n; k += 2) {
        say_cardinal(s, (uint64_t)small_number(s, i + k));
        token_end(s);
        say_pause(s, ',');
    }
    if (dated)
        say_date(s, i + n, &last);
    else
        say_cardinal(s, (uint64_t)small_number(s, i + n));
    return end_date(s, i, atoms);
}

/* "từ 5/3 đến 7/3": one date that is no fraction makes the other one too. */
static bool is_first_of_pair(struct speaker *s, uint32_t i, const struct date *d)
{
    struct date to;
    uint32_t j = i + d->atoms;
    if (!word_is(s, j, "đến") && !word_is(s, j, "tới") && !word_is(s, j, "và") &&
        !is_mark(s, j, ','))
        return false;
    return d->mark == '/' && parse_date(s, j + 1, &to) && to.mark == '/' && !is_numbering(s, i) &&
           (to.year_at || is_date_by_itself(s, j + 1, &to));
}

static uint32_t read_day_month(struct speaker *s, uint32_t i)
{
    struct date d;
    if (!parse_date(s, i, &d))
        return 0;
    if (!is_certain(s, i, &d) && !is_first_of_pair(s, i, &d))
        return 0;
    token_begin(s, CLASS_date, "date", i, d.atoms);
    if (needs_day_word(s, i))
        say(s, "ngày");
    say_date(s, i, &d);
    return end_date(s, i, d.atoms);
}

/* thứ 2 - thứ 6 */
static uint32_t read_weekday_range(struct speaker *s, uint32_t i)
{
    if (!word_is(s, i - 1, "thứ") || !is_weekday_name(s, i) || !is_dash(s, i + 1) ||
        !word_is(s, i + 2, "thứ") || !is_weekday_name(s, i + 3) || !is_number(s, i + 3))
        return 0;
    token_begin(s, CLASS_ordinal, "days of the week", i, 4);
    say_ordinal(s, (uint64_t)small_number(s, i));
    say(s, "đến thứ");
    say_ordinal(s, (uint64_t)small_number(s, i + 3));
    token_end(s);
    return 4;
}

/* "thứ 6,27/05/2022": no decimal, though nothing parts the comma from the day. */
static uint32_t read_weekday_number(struct speaker *s, uint32_t i)
{
    struct date d;
    if (!word_is(s, i - 1, "thứ") || !is_weekday_name(s, i) || !is_number(s, i) ||
        !is_mark(s, i + 1, ',') || !parse_date(s, i + 2, &d))
        return 0;
    token_begin(s, CLASS_ordinal, "day of the week", i, 1);
    say_ordinal(s, (uint64_t)small_number(s, i));
    token_end(s);
    return 1;
}

uint32_t read_date(struct speaker *s, uint32_t i)
{
    if (is_word(s, i))
        return read_letter_period(s, i);
    if (is_mark(s, i + 1, '/') && (has_ratio_cue(s, i) || is_parts_range(s, i)))
        return 0;
    static reader_function *const forms[] = {
        read_weekday_range, read_weekday_number, read_date_range, read_days,
        read_day_list,      read_day_month,      read_period};
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
        uint32_t n = forms[k](s, i);
        if (n)
            return n;
    }
    return 0;
}
