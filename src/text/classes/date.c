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
    return !goes_on(v, i + d->atoms);
}

/* The words that part the numbers of one list or range of dates. */
static bool joins_dates(const struct view *v, uint32_t i)
{
    return is_number(v, i) || is_mark(v, i, '/') || is_mark(v, i, ',') || is_mark(v, i, '.') ||
           is_dash(v, i) || word_is(v, i, "và") || word_is(v, i, "đến") || word_is(v, i, "tới") ||
           word_is(v, i, "hoặc");
}

/* "mỗi ngày 1/2 viên" counts by the day. */
static bool cue_counts(const struct view *v, uint32_t i)
{
    return word_is(v, i - 1, "ngày") &&
           (word_is(v, i - 2, "mỗi") || word_is(v, i - 2, "một") || word_is(v, i - 2, "nửa"));
}

static bool date_cue_at(const struct view *v, uint32_t i, uint32_t kinds)
{
    return cue_before(v, i, kinds) && !cue_counts(v, i);
}

/* A cue right before the date, or before the first of the list it stands in, or a date that was
 * read there. */
static bool has_date_cue(const struct view *v, uint32_t i)
{
    enum { FAR = 16 };
    if (date_cue_at(v, i, CUE_DATE))
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

static bool is_weekday_name(const struct view *v, uint32_t i)
{
    static const char *const names[] = {"hai", "ba", "tư", "năm", "sáu", "bảy", "bẩy"};
    int32_t value = small_number(v, i);
    if (value >= 2 && value <= 7)
        return true;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (word_is(v, i, names[k]))
            return true;
    return false;
}

/* Thứ Sáu, · thứ 6 ( · Chủ nhật · T7 · CN */
static bool is_weekday_before(const struct view *v, uint32_t i)
{
    uint32_t j = is_mark(v, i - 1, ',') || is_mark(v, i - 1, '(') ? i - 1 : i;
    if (phrase_is(v, j - 2, "chủ nhật") || (word_is(v, j - 1, "cn") && j < i))
        return true;
    if (!is_weekday_name(v, j - 1))
        return false;
    bool letter = word_is(v, j - 2, "t") && atom_glued(v, j - 1);
    return (word_is(v, j - 2, "thứ") || letter) && !word_is(v, j - 3, "lần");
}

static bool needs_day_word(const struct view *v, uint32_t i)
{
    return is_weekday_before(v, i) || (i == v->begin && v->block == BLOCK_DATE);
}

/* Days that are known by their number: 2/9, 30/4 (rows of cues.tsv). */
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
    return is_word(v, i - 1) && cue_before(v, i, CUE_ADDRESS | CUE_RATIO);
}

/* A small word behind: what is counted, if this is a fraction (8/9 xã). */
static bool is_noun_behind(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    if (a->kind == ATOM_WORD && !atom_has(a, ATOM_CAPITAL))
        return !cue_after(v, i, CUE_DATE_OPEN);
    return is_mark(v, i, '%');
}

/* No fraction is written with a zero in front. */
static bool has_zero_in_front(const struct view *v, uint32_t i)
{
    return (digit_count(v, i) == 2 && small_number(v, i) < 10) ||
           (digit_count(v, i + 2) == 2 && small_number(v, i + 2) < 10);
}

/* Whether day and month are so without a word before them that asks for a date. */
static bool is_date_by_itself(const struct view *v, uint32_t i, const struct date *d)
{
    uint32_t end = i + d->atoms;
    bool after = cue_after(v, end, CUE_DATE_AFTER), noun = is_noun_behind(v, end);
    bool weak = cue_before(v, i, CUE_DATE_WEAK);
    if (d->mark != '/') {
        bool closed = !is_word(v, end) && !is_number(v, end) && !is_mark(v, end, '%');
        return (weak && closed && d->tight && d->mark == '-') ||
               (is_holiday(v, d) && cue_in_sentence(v, CUE_DATE) && !cue_in_sentence(v, CUE_SCORE));
    }
    if (after || has_zero_in_front(v, i))
        return true;
    bool large = d->day >= d->month, feast = cue_in_sentence(v, CUE_DATE);
    if (is_holiday(v, d) && large && !cue_after(v, end, CUE_COUNTED))
        return true;
    if (is_holiday(v, d) && !large && (feast || (d->day == 2 && !noun)) &&
        !cue_after(v, end, CUE_COUNTED))
        return true;
    if (weak)
        return large || !noun;
    return d->day > 12 && !noun && !(day_cues(v, d) & CUE_COUNTED);
}

/* Whether a written date may be one here. */
static bool is_certain(const struct view *v, uint32_t i, const struct date *d)
{
    if (d->year >= 1000)
        return true;
    if (is_numbering(v, i) || cue_counts(v, i))
        return false;
    if (d->mark != '/' && cue_after(v, i + d->atoms, CUE_COUNTED))
        return false;
    if (has_date_cue(v, i) || needs_day_word(v, i))
        return true;
    if (d->year_at)
        return d->mark == '/' && !is_noun_behind(v, i + d->atoms);
    return is_date_by_itself(v, i, d);
}

/* Months have names of their own where the moon counts them: giêng and chạp. */
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

/* A pair is a pair of dates as soon as one of them cannot be a fraction. */
static bool is_pair_certain(const struct view *v, uint32_t i, const struct date *from, uint32_t j,
                            const struct date *to)
{
    if (is_numbering(v, i) || cue_counts(v, i))
        return false;
    if (from->month && from->mark == '/' && to->mark == '/')
        return from->day >= from->month || to->day >= to->month || is_certain(v, i, from) ||
               is_certain(v, j, to);
    if (!from->month && to->mark == '/' && (to->day > 12 || !is_noun_behind(v, j + to->atoms)))
        return true;
    return is_certain(v, i, to) || (from->month && is_certain(v, i, from)) || has_date_cue(v, i);
}

/* The dash of a range; typing slips leave a space on one side. */
static bool is_date_dash(const struct view *v, uint32_t i)
{
    return is_dash(v, i) && is_number(v, i + 1);
}

/* 5-7/3/2024, 29/4 - 1/5 */
static uint32_t read_date_range(struct utterance *out, const struct view *v, uint32_t i)
{
    struct date from, to;
    if (!is_day(v, i))
        return 0;
    if (!parse_date(v, i, &from) || (from.mark == '-' && !from.tight))
        from = (struct date){.atoms = 1, .day = small_number(v, i)};
    uint32_t j = i + from.atoms;
    if (!is_date_dash(v, j) || !parse_date(v, j + 1, &to))
        return 0;
    if (from.mark == '-' && !from.year && atom_glued(v, j))
        return 0;
    if (!from.month && (to.mark == '-' || to.day <= from.day))
        return 0;
    if (!is_pair_certain(v, i, &from, j + 1, &to))
        return 0;
    uint32_t n = from.atoms + 1 + to.atoms;
    token_begin(out, v, CLASS_date, "date range", i, n);
    if (needs_day_word(v, i))
        say(out, "ngày");
    say_date(out, v, i, &from);
    say(out, "đến");
    if (word_is(v, i - 1, "ngày") || needs_day_word(v, i))
        say(out, "ngày");
    say_date(out, v, j + 1, &to);
    return end_date(out, v, i, n);
}

/* "các ngày 5-7", "từ ngày 14 - 16": days of a month that is named elsewhere. */
static uint32_t read_days(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!word_is(v, i - 1, "ngày") || !is_day(v, i) || !is_date_dash(v, i + 1) ||
        !is_day(v, i + 2) || goes_on(v, i + 3) || atom_glued(v, i + 1) != atom_glued(v, i + 2))
        return 0;
    bool several = word_is(v, i - 2, "các") || word_is(v, i - 2, "những") ||
                   word_is(v, i - 2, "hai") || word_is(v, i - 2, "ba") ||
                   digit_count(v, i - 2) == 1;
    if (is_number(v, i + 4) && atom_glued(v, i + 3) && atom_at(v, i + 3)->kind == ATOM_PUNCT)
        return 0;
    if (small_number(v, i + 2) <= small_number(v, i) || cue_counts(v, i) ||
        (!several && small_number(v, i + 2) <= 12) || is_mark(v, i + 3, '/') ||
        cue_after(v, i + 3, CUE_COUNTED))
        return 0;
    token_begin(out, v, CLASS_date, "range of days", i, 3);
    say_cardinal(out, (uint64_t)small_number(v, i));
    say(out, "đến ngày");
    say_cardinal(out, (uint64_t)small_number(v, i + 2));
    return end_date(out, v, i, 3);
}

/* 14, 15/6: days that share the month written behind the last. The words of the list that are no
 * part of a number are read on their own, so this reads the days up to the last comma. */
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

/* "từ 5/3 đến 7/3": one date that is no fraction makes the other one too. */
static bool is_first_of_pair(const struct view *v, uint32_t i, const struct date *d)
{
    struct date to;
    uint32_t j = i + d->atoms;
    if (!word_is(v, j, "đến") && !word_is(v, j, "tới") && !word_is(v, j, "và") &&
        !is_mark(v, j, ','))
        return false;
    return d->mark == '/' && parse_date(v, j + 1, &to) && to.mark == '/' && !is_numbering(v, i) &&
           (to.year_at || is_date_by_itself(v, j + 1, &to));
}

static uint32_t read_day_month(struct utterance *out, const struct view *v, uint32_t i)
{
    struct date d;
    if (!parse_date(v, i, &d))
        return 0;
    if (!is_certain(v, i, &d) && !is_first_of_pair(v, i, &d))
        return 0;
    token_begin(out, v, CLASS_date, "date", i, d.atoms);
    if (needs_day_word(v, i))
        say(out, "ngày");
    say_date(out, v, i, &d);
    return end_date(out, v, i, d.atoms);
}

/* thứ 2 - thứ 6 */
static uint32_t read_weekday_range(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!word_is(v, i - 1, "thứ") || !is_weekday_name(v, i) || !is_dash(v, i + 1) ||
        !word_is(v, i + 2, "thứ") || !is_weekday_name(v, i + 3) || !is_number(v, i + 3))
        return 0;
    token_begin(out, v, CLASS_ordinal, "days of the week", i, 4);
    say_ordinal(out, (uint64_t)small_number(v, i));
    say(out, "đến thứ");
    say_ordinal(out, (uint64_t)small_number(v, i + 3));
    token_end(out);
    return 4;
}

/* "thứ 6,27/05/2022": no decimal, though nothing parts the comma from the day. */
static uint32_t read_weekday_number(struct utterance *out, const struct view *v, uint32_t i)
{
    struct date d;
    if (!word_is(v, i - 1, "thứ") || !is_weekday_name(v, i) || !is_number(v, i) ||
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
    static reader_function *const forms[] = {
        read_weekday_range, read_weekday_number, read_date_range, read_days,
        read_day_list,      read_day_month,      read_period};
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
        uint32_t n = forms[k](out, v, i);
        if (n)
            return n;
    }
    return 0;
}
