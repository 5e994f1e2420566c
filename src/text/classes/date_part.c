#include "text/classes/date_part.h"

#include "text/classes/class.h"
#include "text/classes/numeral.h"

bool is_noun_after(const struct view *v, uint32_t i)
{
    if (is_word(v, i) && !is_capitalized(v, i))
        return !cue_after(v, i, CUE_DATE_OPEN | CUE_DATE_AFTER);
    return is_mark(v, i, '%');
}

/* Looks up a day and month in the cues: 2/9 and 30/4 are holidays. */
static uint64_t day_cues(const struct view *v, const struct date *d)
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

bool is_holiday(const struct view *v, const struct date *d)
{
    return day_cues(v, d) & CUE_HOLIDAY;
}

bool is_counted_date(const struct candidate *c)
{
    return cue_after(c->v, end_of_date(c), CUE_COUNTED);
}

bool has_no_stroke(const struct candidate *c)
{
    return date_of(c)->mark != '/';
}

bool has_weak_cue(const struct candidate *c)
{
    return cue_before(c->v, c->i, CUE_DATE_WEAK);
}

bool is_no_part(const struct candidate *c)
{
    return date_of(c)->day >= date_of(c)->month;
}

/* từ 2/3 đến 3/4 dân số: the second of two parts is counted. */
static bool leads_to_part(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t link = end_of_date(c);
    struct date to;
    return is_joint(v, link, "-", CUE_TO) && parse_date(v, link + 1, &to) && to.mark == '/' &&
           to.day < to.month && !to.year_at && cue_after(v, link + 1 + to.atoms, CUE_COUNTED);
}

bool is_part_of_things(const struct candidate *c)
{
    const struct date *d = date_of(c);
    bool daily = is_daily_fraction((uint64_t)d->day, (uint64_t)d->month);
    return !is_no_part(c) && (is_counted_date(c) || leads_to_part(c) ||
                              (daily && is_noun_after(c->v, end_of_date(c))));
}

bool has_ratio_before(const struct candidate *c)
{
    enum { FAR = 12 };
    for (uint32_t k = 2; k <= FAR && atom_exists(c->v, c->i - k); k++)
        if (near_after(c->v, c->i - k, NEAR_SHARE))
            return true;
    return false;
}

bool is_round_the_clock(const struct candidate *c)
{
    const struct view *v = c->v;
    return (day_cues(v, date_of(c)) & CUE_COUNTED) && !near_before(v, c->i, NEAR_DAY_LINK);
}

/* The first day and month of the list that holds this one: lớp 6/2, 7/3 và 9/1. */
static uint32_t first_of_dates(const struct view *v, uint32_t i)
{
    enum { MOST = 6 };
    for (unsigned k = 0; k < MOST; k++) {
        bool joint = is_joint(v, i - 1, ",", CUE_AND);
        if (!joint || !is_inner_mark(v, i - 3, '/') || !is_number(v, i - 4))
            break;
        i -= 4;
    }
    return i;
}

/* Công ty mất 2/3. */
static bool is_loss(const struct candidate *c)
{
    const struct date *d = date_of(c);
    return word_is(c->v, c->i - 1, "mất") && is_punct(c->v, end_of_date(c)) &&
           is_daily_fraction((uint64_t)d->day, (uint64_t)d->month);
}

/* tứ kết 1/4, bán kết 1/2: the round is named twice. */
static bool is_round_named_twice(const struct candidate *c)
{
    const struct date *d = date_of(c);
    bool quarter = d->month == 4 && phrase_is(c->v, c->i - 2, "tứ kết");
    return d->day == 1 && (quarter || (d->month == 2 && phrase_is(c->v, c->i - 2, "bán kết")));
}

bool is_part_by_cue(const struct candidate *c)
{
    const struct date *d = date_of(c);
    if (is_round_named_twice(c))
        return true;
    uint32_t first = first_of_dates(c->v, c->i);
    if (first < c->i)
        return cue_before(c->v, first, CUE_PART) && !last_ended_at(c->v, CLASS_date, c->i - 1);
    bool day = d->day > d->month && (has_weak_cue(c) || is_holiday(c->v, d));
    return (cue_before(c->v, c->i, CUE_PART) && !day) || is_loss(c);
}

bool is_listed_whole(const struct candidate *c)
{
    const struct view *v = c->v;
    bool list = is_joint(v, c->i - 1, ",", CUE_AND);
    return date_of(c)->day == date_of(c)->month && list && is_inner_mark(v, c->i - 3, '/') &&
           !last_ended_at(v, CLASS_date, c->i - 1);
}
