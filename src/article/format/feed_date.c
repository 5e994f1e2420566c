/*
 * Sources: RFC 822 section 5 and RFC 2822 section 4.3 for the form and the names of zones.
 */
#include "article/format/feed_date.h"

#include <strings.h>

struct feed_date {
    unsigned day, month, year, hour, minute, second;
    bool has_time, has_seconds;
    struct sv zone;
};

static struct sv next_word(struct sv *rest)
{
    *rest = sv_trim(*rest);
    size_t n = 0;
    while (n < rest->n && !strchr(" \t\r\n,", rest->p[n]))
        n++;
    struct sv word = sv_sub(*rest, 0, n);
    *rest = sv_sub(*rest, n, rest->n - n);
    return word;
}

/* Reads the word as a number of at most `most`; false: it is not one. */
static bool number(struct sv word, unsigned most, unsigned *value)
{
    *value = 0;
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] < '0' || word.p[i] > '9' || i == 4)
            return false;
        *value = *value * 10 + (unsigned)(word.p[i] - '0');
    }
    return word.n && *value <= most;
}

static bool parse_month(struct sv word, unsigned *month)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (*month = 1; word.n >= 3 && *month <= 12; ++*month)
        if (strncasecmp(word.p, names + (*month - 1) * 3, 3) == 0)
            return true;
    return false;
}

static bool parse_time(struct sv word, struct feed_date *d)
{
    struct sv hour = sv_cut(&word, ':');
    if (!word.p || !number(hour, 24, &d->hour))
        return false;
    struct sv minute = sv_cut(&word, ':');
    d->has_seconds = word.p != NULL;
    d->has_time = true;
    return number(minute, 59, &d->minute) && (!d->has_seconds || number(word, 60, &d->second));
}

/* "2024-11-21", "21/11/2024" as in Vietnam, and "11/21/2024", the order of programs that write AM
 * or PM, where the numbers allow it. */
static bool parse_numbers(struct sv word, bool month_first, struct feed_date *d)
{
    char mark = memchr(word.p, '-', word.n) ? '-' : '/';
    unsigned n[3];
    size_t longest = 0;
    for (size_t i = 0; i < 3; i++) {
        struct sv part = sv_cut(&word, mark);
        if (!number(part, 9999, &n[i]))
            return false;
        longest = part.n == 4 ? i : longest;
    }
    if (word.p || (longest == 0) != (mark == '-') || longest == 1)
        return false;
    bool american = longest == 2 && (month_first ? n[0] <= 12 : n[1] > 12);
    d->year = n[longest];
    d->month = longest == 0 || !american ? n[1] : n[0];
    d->day = longest == 0 ? n[2] : american ? n[1] : n[0];
    return d->month >= 1 && d->month <= 12 && d->day >= 1 && d->day <= 31;
}

/* The half of the day; only after a time of twelve hours. */
static bool parse_half(struct sv *rest, struct feed_date *d)
{
    struct sv after = *rest, word = next_word(&after);
    bool pm = word.n == 2 && strncasecmp(word.p, "PM", 2) == 0;
    if (!pm && !(word.n == 2 && strncasecmp(word.p, "AM", 2) == 0))
        return true;
    *rest = after;
    if (d->hour < 1 || d->hour > 12)
        return false;
    d->hour = d->hour % 12 + (pm ? 12 : 0);
    return true;
}

/* "Tháng 11", "thg 11", "Th11", as Vietnamese programs write the name of the month. */
static bool parse_vietnamese_month(struct sv word, struct sv *rest, unsigned *month)
{
    static const char *const names[] = {"tháng", "Tháng", "thg", "Thg", "Th", "T"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (sv_starts(word, sv_of(names[i]))) {
            size_t n = strlen(names[i]);
            word = word.n > n ? sv_sub(word, n, word.n - n) : next_word(rest);
            return number(word, 12, month) && *month;
        }
    return false;
}

/* "24 Nov 2026", "24 Nov 26". */
static bool parse_named(struct sv word, struct sv *rest, struct feed_date *d)
{
    if (!number(word, 31, &d->day) || !d->day)
        return false;
    word = next_word(rest);
    if (!parse_month(word, &d->month) && !parse_vietnamese_month(word, rest, &d->month))
        return false;
    word = next_word(rest);
    if (!number(word, 9999, &d->year) || (word.n != 4 && word.n != 2))
        return false;
    if (word.n == 2)
        d->year += d->year < 50 ? 2000 : 1900;
    return true;
}

static bool ends_with_half(struct sv v)
{
    struct sv last = sv_sub(v, v.n < 2 ? 0 : v.n - 2, v.n < 2 ? v.n : 2);
    return last.n == 2 && strchr("AaPp", last.p[0]) && (last.p[1] | 0x20) == 'm';
}

/* Removes the day of the week: "Tue, ", "Thứ Năm, ", "Chủ nhật, ". */
static struct sv behind_weekday(struct sv v)
{
    enum { LONGEST = 16 };
    const char *comma = memchr(v.p, ',', v.n < LONGEST ? v.n : LONGEST);
    bool word = v.n && (v.p[0] < '0' || v.p[0] > '9');
    size_t n = comma && word ? (size_t)(comma - v.p) + 1 : 0;
    return sv_sub(v, n, v.n - n);
}

static bool parse(struct sv rest, struct feed_date *d)
{
    bool half = ends_with_half(rest);
    rest = behind_weekday(rest);
    struct sv word = next_word(&rest);
    if (!parse_numbers(word, half, d) && !parse_named(word, &rest, d))
        return false;
    word = next_word(&rest);
    if (word.n && (!parse_time(word, d) || !parse_half(&rest, d)))
        return false;
    d->zone = next_word(&rest);
    return !sv_trim(rest).n;
}

/* "+0700", "+07:00", "+7", "GMT+7": appends "+07:00". False: it is none of them. */
static bool append_offset(struct buf *out, struct sv zone)
{
    unsigned hour, minute = 0;
    if (zone.n > 3 && (strncasecmp(zone.p, "GMT", 3) == 0 || strncasecmp(zone.p, "UTC", 3) == 0))
        zone = sv_sub(zone, 3, zone.n - 3);
    if (zone.n < 2 || (zone.p[0] != '+' && zone.p[0] != '-'))
        return false;
    struct sv digits = sv_sub(zone, 1, zone.n - 1);
    struct sv first = sv_cut(&digits, ':');
    if (!digits.p && first.n == 4) {
        digits = sv_sub(first, 2, 2);
        first = sv_sub(first, 0, 2);
    }
    if (first.n > 2 || !number(first, 23, &hour) || (digits.p && !number(digits, 59, &minute)))
        return false;
    buf_addf(out, "%c%02u:%02u", zone.p[0], hour, minute);
    return true;
}

static void append_zone(struct buf *out, struct sv zone)
{
    static const struct {
        const char *name, *iso;
    } names[] = {
        {"GMT", "Z"},      {"UT", "Z"},       {"UTC", "Z"},      {"Z", "Z"},
        {"EST", "-05:00"}, {"EDT", "-04:00"}, {"CST", "-06:00"}, {"CDT", "-05:00"},
        {"MST", "-07:00"}, {"MDT", "-06:00"}, {"PST", "-08:00"}, {"PDT", "-07:00"},
    };
    if (append_offset(out, zone))
        return;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (zone.n == strlen(names[i].name) && strncasecmp(zone.p, names[i].name, zone.n) == 0)
            buf_adds(out, names[i].iso);
}

void feed_date_append(struct buf *out, struct sv written)
{
    struct feed_date d = {0};
    written = sv_trim(written);
    if (!written.n || !parse(written, &d)) {
        buf_add_sv(out, written);
        return;
    }
    buf_addf(out, "%04u-%02u-%02u", d.year, d.month, d.day);
    if (!d.has_time)
        return;
    buf_addf(out, "T%02u:%02u", d.hour, d.minute);
    if (d.has_seconds)
        buf_addf(out, ":%02u", d.second);
    append_zone(out, d.zone);
}
