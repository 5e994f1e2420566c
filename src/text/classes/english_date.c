/* Dates with the English name of the month: September 22, 2021; Feb. 10; 10 Jan 2020; March 2024.
 */
#include "text/classes/calendar.h"
#include "text/classes/date_forms.h"
#include "text/classes/numeral.h"

struct english_date {
    int32_t month;
    uint32_t day_at, year_at; /* 0: none */
    uint32_t end;
};

/* The month that the word names, and the atom after it and its full stop. */
static int32_t month_named(const struct view *v, uint32_t i, uint32_t *end)
{
    enum { SHORTEST = 3, LONGEST = 9 };
    const struct atom *a = atom_at(v, i);
    if (!is_capitalized(v, i) || !atom_has(a, ATOM_PLAIN) || a->text.len < SHORTEST ||
        a->text.len > LONGEST)
        return 0;
    const struct row *row = rules_find(v->rules, TABLE_MONTHS, atom_lower(v, i));
    *end = i + 1 + (is_mark(v, i + 1, '.') && atom_glued(v, i + 1));
    return row ? row_number(row, MONTHS_MONTH) : 0;
}

static bool is_english_day(const struct view *v, uint32_t i)
{
    int32_t day = small_number(v, i);
    return digit_count(v, i) <= 2 && day >= 1 && day <= 31 && !date_goes_on(v, i + 1);
}

/* Takes a year, perhaps behind a comma. */
static void take_year(const struct view *v, struct english_date *d)
{
    uint32_t at = d->end + is_mark(v, d->end, ',');
    if (!is_year(v, at) || atom_glued(v, at) || date_goes_on(v, at + 1))
        return;
    d->year_at = at;
    d->end = at + 1;
}

static bool parse_english_date(const struct view *v, uint32_t i, struct english_date *d)
{
    *d = (struct english_date){0};
    uint32_t name = i + is_number(v, i);
    d->month = month_named(v, name, &d->end);
    if (!d->month || (name > i && (!is_english_day(v, i) || atom_glued(v, name))))
        return false;
    if (name > i)
        d->day_at = i;
    else if (is_english_day(v, d->end) && !atom_glued(v, d->end))
        d->day_at = d->end++;
    take_year(v, d);
    /* May 10 and Sep 5 may be Vietnamese words; "Jun 10 tuổi" is somebody. */
    bool doubtful = is_syllable(v, name) || cue_after(v, d->end, CUE_COUNTED) ||
                    is_mark(v, d->end, '%') || !d->day_at;
    return d->year_at || (d->day_at && !doubtful);
}

uint32_t read_english_date(struct utterance *out, const struct view *v, uint32_t i)
{
    struct english_date d;
    if (!parse_english_date(v, i, &d))
        return 0;
    token_begin(out, v, CLASS_date, "English date", i, d.end - i);
    if (d.day_at)
        say_value(out, v, d.day_at);
    say(out, "tháng");
    say_month(out, (uint64_t)d.month);
    if (d.year_at)
        say_year_at(out, v, d.year_at);
    return end_date(out, v, i, d.end - i);
}
