#include "article/find/meta_date.h"

#include "article/find/dateline.h"

/* A value that is no digit is larger than any digit. */
static unsigned digit_at(struct sv v, size_t at)
{
    bool digit = at < v.n && v.p[at] >= '0' && v.p[at] <= '9';
    return digit ? (unsigned)(v.p[at] - '0') : UINT8_MAX;
}

static bool is_leap_year(int year)
{
    return year % 4 == 0 && (year % 100 || year % 400 == 0);
}

/* Moves a time forward by at most a day. */
static void add_hours(struct dateline *d, int hours)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    d->hour += hours;
    if (d->hour < 24)
        return;
    d->hour -= 24;
    int last = days[d->month - 1] + (d->month == 2 && is_leap_year(d->year));
    if (++d->day <= last)
        return;
    d->day = 1;
    if (++d->month > 12) {
        d->month = 1;
        d->year++;
    }
}

static int two_digits(struct sv v, size_t at)
{
    if (digit_at(v, at) > 9 || digit_at(v, at + 1) > 9)
        return -1;
    return (int)(digit_at(v, at) * 10 + digit_at(v, at + 1));
}

/* "+07:00", "+0700", "-05", "Z". A zone that is none is passed over. */
static void read_zone(struct sv v, struct dateline *d)
{
    enum { FURTHEST_HOURS = 14 };
    if (v.n && (v.p[0] == 'Z' || v.p[0] == 'z')) {
        d->has_zone = true;
    } else if (v.n && (v.p[0] == '+' || v.p[0] == '-')) {
        int hours = two_digits(v, 1);
        int minutes = two_digits(v, v.n > 3 && v.p[3] == ':' ? 4 : 3);
        d->has_zone = hours >= 0 && hours <= FURTHEST_HOURS && minutes < 60;
        if (d->has_zone)
            d->zone = (hours * 60 + (minutes < 0 ? 0 : minutes)) * (v.p[0] == '-' ? -1 : 1);
    }
    if (d->has_zone && d->zone == 0) {
        add_hours(d, 7);
        d->zone = 7 * 60;
    }
}

/* "T09:51:00.000+07:00" behind the day. */
static void read_clock(struct sv v, struct dateline *d)
{
    int hour = two_digits(v, 1), minute = two_digits(v, 4);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || v.p[3] != ':' ||
        (v.p[0] != 'T' && v.p[0] != 't' && v.p[0] != ' '))
        return;
    d->hour = hour;
    d->minute = minute;
    d->has_time = true;
    size_t at = 6;
    if (at < v.n && v.p[at] == ':' && two_digits(v, at + 1) >= 0) {
        d->second = two_digits(v, at + 1) < 60 ? two_digits(v, at + 1) : -1;
        at += 3;
    }
    while (at < v.n && (v.p[at] == '.' || v.p[at] == ' ' || digit_at(v, at) < 10))
        at++;
    read_zone(sv_from(v, at), d);
}

bool meta_date_iso(struct sv value, char out[32])
{
    struct sv v = sv_trim(value);
    struct dateline d = {.second = -1};
    int century = two_digits(v, 0), years = two_digits(v, 2);
    if (v.n >= 10 && v.p[4] == '-' && v.p[7] == '-' && century >= 19 && century <= 20) {
        d.year = century * 100 + years;
        d.month = two_digits(v, 5);
        d.day = two_digits(v, 8);
        if (years < 0 || d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31)
            return false;
        read_clock(sv_from(v, 10), &d);
        dateline_iso(&d, out);
        return true;
    }
    bool found = dateline_parse(v, &d) && d.date.len;
    if (found)
        dateline_iso(&d, out);
    dateline_free(&d);
    return found;
}
