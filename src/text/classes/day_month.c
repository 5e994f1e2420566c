#include "text/classes/day_month.h"

#include "text/classes/calendar.h"
#include "text/classes/numeral.h"

/* The mark between two parts of a date; a stroke or a hyphen may have spaces beside it, also on one
 * side alone (a typing slip: đêm 15- 5). */
static uint32_t date_mark(const struct view *v, uint32_t i, bool *tight)
{
    *tight = atom_glued(v, i) && atom_glued(v, i + 1);
    if (!is_number(v, i + 1))
        return 0;
    if (is_mark(v, i, '/'))
        return '/';
    if (is_mark(v, i, '.') && *tight)
        return '.';
    return is_dash(v, i) ? '-' : 0;
}

bool is_day(const struct view *v, uint32_t i)
{
    int32_t day = small_number(v, i);
    return digit_count(v, i) <= 2 && day >= 1 && day <= 31;
}

bool parse_date(const struct view *v, uint32_t i, struct date *d)
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
    return !date_goes_on(v, i + d->atoms);
}

bool is_date_dash(const struct view *v, uint32_t i)
{
    return is_dash(v, i) && is_number(v, i + 1);
}

/* Whether the first and last month have their lunar names, giêng and chạp. */
static bool is_lunar(const struct view *v, uint32_t i, const struct date *d)
{
    if (d->month != 1 && d->month != LAST_MONTH)
        return false;
    bool early = d->year < 1000 && is_early_day_word(v, i - 1);
    return moon_counts(v, i, i + d->atoms) || (early && cue_in_sentence(v, CUE_LUNAR));
}

void say_date(struct utterance *out, const struct view *v, uint32_t i, const struct date *d)
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
