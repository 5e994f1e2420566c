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

static bool parse(struct sv rest, struct feed_date *d)
{
    struct sv word = next_word(&rest);
    if (rest.n && rest.p[0] == ',') { /* the day of the week */
        rest = sv_sub(rest, 1, rest.n - 1);
        word = next_word(&rest);
    }
    if (!number(word, 31, &d->day) || !d->day || !parse_month(next_word(&rest), &d->month))
        return false;
    word = next_word(&rest);
    if (!number(word, 9999, &d->year) || (word.n != 4 && word.n != 2))
        return false;
    if (word.n == 2)
        d->year += d->year < 50 ? 2000 : 1900;
    word = next_word(&rest);
    if (word.n && !parse_time(word, d))
        return false;
    d->zone = next_word(&rest);
    return !sv_trim(rest).n;
}

static bool is_offset(struct sv zone)
{
    if (zone.n != 5 || (zone.p[0] != '+' && zone.p[0] != '-'))
        return false;
    unsigned value;
    return number(sv_sub(zone, 1, 4), 2359, &value);
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
    if (is_offset(zone))
        buf_addf(out, "%.3s:%.2s", zone.p, zone.p + 3);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (zone.n == strlen(names[i].name) && strncasecmp(zone.p, names[i].name, zone.n) == 0)
            buf_adds(out, names[i].iso);
}

void feed_date_append(struct buf *out, struct sv written)
{
    struct feed_date d = {0};
    written = sv_trim(written);
    if (!parse(written, &d)) {
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
