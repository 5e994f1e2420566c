/* Letters for days of the week: T2-T6, T7, CN. */
#include "text/classes/calendar.h"
#include "text/classes/date_forms.h"
#include "text/classes/evidence.h"
#include "text/classes/numeral.h"
#include "text/classes/weekday.h"

/* A letter day, and its name; `end` is the atom after it. */
struct letter_day {
    int32_t day;
    uint32_t end;
};

static int32_t day_of(const struct candidate *c)
{
    return ((const struct letter_day *)c->parts)->day;
}

static uint32_t end_of_day(const struct candidate *c)
{
    return ((const struct letter_day *)c->parts)->end;
}

static bool has_weekday_cue(const struct candidate *c)
{
    return cue_before(c->v, c->i, CUE_WEEKDAY);
}

static bool is_before_day_and_month(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t j = end_of_day(c);
    j += is_mark(v, j, ',') || is_mark(v, j, '(');
    j += word_is(v, j, "ngày");
    bool mark = is_mark(v, j + 1, '/') || is_mark(v, j + 1, '-') || is_mark(v, j + 1, '.');
    return is_number(v, j) && mark && is_month(v, j + 2) && !cue_after(v, j + 3, CUE_COUNTED);
}

/* 20h T4, T7: 8h-12h, 8h-12h (CN) */
static bool is_beside_time(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t j = end_of_day(c);
    j += is_mark(v, j, ':') || is_mark(v, j, ',') || is_mark(v, j, '(');
    uint32_t begin = c->i - is_mark(v, c->i - 1, '(');
    return is_time_of_day(v, j) || last_ended_at(v, CLASS_time, begin);
}

static bool joins_days(const struct view *v, uint32_t i)
{
    return is_joint(v, i, ",&+/-", CUE_AND | CUE_OR | CUE_TO);
}

/* A day of the week is beside it in a list or range. */
static bool is_beside_sunday(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t atoms, end = end_of_day(c);
    int32_t before = joins_days(v, c->i - 1) ? weekday_before(v, c->i - 1, &atoms) : 0;
    int32_t after = joins_days(v, end) ? weekday_at(v, end + 1, &atoms) : 0;
    return day_of(c) == SUNDAY ? before : before == SUNDAY || after == SUNDAY;
}

static bool is_workweek(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t atoms, end = end_of_day(c);
    int32_t before = is_dash(v, c->i - 1) ? weekday_before(v, c->i - 1, &atoms) : 0;
    int32_t after = is_dash(v, end) ? weekday_at(v, end + 1, &atoms) : 0;
    int32_t day = day_of(c);
    return (day == MONDAY && after > THURSDAY) || (before == MONDAY && day > THURSDAY);
}

/* nghỉ T7; mở cửa các tối T3, T5: a word of the week before it, or in its sentence and days beside.
 */
static bool speaks_of_week(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t atoms, end = end_of_day(c);
    bool beside = (joins_days(v, c->i - 1) && weekday_before(v, c->i - 1, &atoms)) ||
                  (joins_days(v, end) && weekday_at(v, end + 1, &atoms));
    return cue_before(v, c->i, CUE_WEEK) || (beside && cue_in_sentence(v, CUE_WEEK));
}

/* T2-T6: 7h-17h, T7: nghỉ, CN: nghỉ: before a colon, after another day with its colon. */
static bool is_in_timetable(const struct candidate *c)
{
    enum { FAR = 24 };
    const struct view *v = c->v;
    uint32_t atoms, end = end_of_day(c);
    if (!is_mark(v, end, ':'))
        return false;
    for (uint32_t k = c->i - 1; c->i - k < FAR && atom_exists(v, k); k--)
        if (is_mark(v, k, ':') && weekday_before(v, k, &atoms))
            return true;
    return false;
}

static const struct evidence for_letter_day[] = {
    {"a part of the day before it", has_weekday_cue, CERTAIN},      /* sáng T2, chiều T7 */
    {"a day and month after it", is_before_day_and_month, CERTAIN}, /* T3, 25/11 */
    {"a time of the day beside it", is_beside_time, CERTAIN},       /* 20h T4 */
    {"Sunday beside it", is_beside_sunday, CERTAIN},                /* T7, CN */
    {"a colon, as after other days", is_in_timetable, CERTAIN},     /* T7: 8h-12h, CN: nghỉ */
    {"Monday to Friday", is_workweek, CERTAIN},                     /* T2-T6 */
    {"a week in the sentence", speaks_of_week, CERTAIN},            /* mở cửa T3, T5 */
    {0},
};

uint32_t read_letter_day(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t atoms;
    int32_t day = is_upper(v, i) ? weekday_at(v, i, &atoms) : 0;
    if (!day || word_is(v, i, "thứ") || word_is(v, i, "chủ"))
        return 0;
    const struct letter_day found = {day, i + atoms};
    if (!evidence_is_enough(for_letter_day, v, i, &found))
        return 0;
    token_begin(out, v, CLASS_date, "day of the week", i, atoms);
    if (day == SUNDAY) {
        say(out, "chủ nhật");
    } else {
        say(out, "thứ");
        say_ordinal(out, (uint64_t)day);
    }
    return end_date(out, v, i, atoms);
}
