/* The times of dates in the log. */
#include "base/ascii.h"
#include "cli/batch/log.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, VIETNAM = 7 * HOUR };

/* Reads a number of so many digits, behind a mark (0: none); keeps *number where there is none. */
static bool take_number(const char **at, char mark, int digits, int *number)
{
    const char *p = *at;
    int value = 0;
    if (mark && *p++ != mark)
        return false;
    for (int i = 0; i < digits; i++, p++) {
        if (!ascii_is_digit(*p))
            return false;
        value = 10 * value + (*p - '0');
    }
    *number = value;
    *at = p;
    return true;
}

static bool take_zone(const char **at, long *seconds)
{
    int hours = 0, minutes = 0;
    char sign = **at;
    if (sign == 'Z') {
        ++*at;
        *seconds = 0;
        return true;
    }
    if ((sign != '+' && sign != '-') || !take_number(at, sign, 2, &hours))
        return false;
    if (!take_number(at, ':', 2, &minutes))
        take_number(at, 0, 2, &minutes);
    *seconds = (sign == '-' ? -1L : 1L) * (hours * HOUR + minutes * MINUTE);
    return true;
}

bool batch_time(const char *date, time_t *time)
{
    struct tm t = {.tm_mday = 1};
    int year, month = 1;
    long zone = VIETNAM;
    if (!take_number(&date, 0, 4, &year))
        return false;
    if (take_number(&date, '-', 2, &month) && take_number(&date, '-', 2, &t.tm_mday) &&
        (take_number(&date, 'T', 2, &t.tm_hour) || take_number(&date, ' ', 2, &t.tm_hour)) &&
        take_number(&date, ':', 2, &t.tm_min))
        take_number(&date, ':', 2, &t.tm_sec);
    if (*date == '.')
        for (date++; ascii_is_digit(*date);)
            date++;
    take_zone(&date, &zone);
    if (*date || month < 1 || month > 12 || t.tm_mday < 1 || t.tm_mday > 31)
        return false;
    t.tm_year = year - 1900;
    t.tm_mon = month - 1;
    *time = timegm(&t) - zone;
    return true;
}
