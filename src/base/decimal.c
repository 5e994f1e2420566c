#include "base/decimal.h"

#include "base/ascii.h"

enum { MOST_DIGITS = 9 };

/* Reads digits; gives how many. */
static int take_digits(const char **text, double *value)
{
    int n = 0;
    for (; ascii_is_digit(**text); ++*text, n++)
        *value = *value * 10 + (**text - '0');
    return n;
}

bool decimal_parse(const char *text, double *value)
{
    double sign = *text == '-' ? -1 : 1, whole = 0, part = 0;
    text += *text == '-' || *text == '+';
    int digits = take_digits(&text, &whole), more = 0;
    if (*text == '.') {
        text++;
        more = take_digits(&text, &part);
        if (!more)
            return false;
    }
    if (*text || !digits || digits > MOST_DIGITS || more > MOST_DIGITS)
        return false;
    for (int i = 0; i < more; i++)
        part /= 10;
    *value = sign * (whole + part);
    return true;
}
