/* Dates as machines write them: 2017-05-22, 2017-05-22 18:46, 2017.05.22. */
#include "text/classes/calendar.h"
#include "text/classes/date_forms.h"
#include "text/classes/numeral.h"

enum { ISO_ATOMS = 5, PART_DIGITS = 2 };

static bool is_part(const struct view *v, uint32_t i, uint32_t mark, int32_t most)
{
    return is_tight_mark(v, i - 1, mark) && digit_count(v, i) == PART_DIGITS &&
           small_number(v, i) >= 1 && small_number(v, i) <= most;
}

/* 18:46 */
static bool is_clock(const struct view *v, uint32_t i)
{
    return digit_count(v, i) == PART_DIGITS && is_tight_mark(v, i + 1, ':') &&
           digit_count(v, i + 2) == PART_DIGITS;
}

/* Only where nothing else is numbered: at the start, behind a bullet or a word for a day, or before
 * a time of the day. */
uint32_t read_iso_date(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { LAST_DAY = 31 };
    uint32_t month = i + 2, day = i + 4, end = i + ISO_ATOMS;
    uint32_t mark = is_mark(v, i + 1, '.') ? '.' : '-';
    bool day_said = word_is(v, i - 1, "ngày"),
         apart = i == v->begin || is_mark(v, i - 1, '(') || is_mark(v, i - 1, 0x2022) || day_said ||
                 word_is(v, i - 1, "lúc") || word_is(v, i - 1, "sinh");
    if (!is_year(v, i) || is_glued_on(v, i) || !(apart || is_clock(v, end)) ||
        !is_part(v, month, mark, LAST_MONTH) || !is_part(v, day, mark, LAST_DAY) ||
        date_goes_on(v, end))
        return 0;
    token_begin(out, v, CLASS_date, "year, month and day", i, ISO_ATOMS);
    if (!day_said)
        say(out, "ngày");
    say_cardinal(out, (uint64_t)small_number(v, day));
    say(out, "tháng");
    say_month(out, (uint64_t)small_number(v, month));
    say_full_year_at(out, v, i);
    end_date(out, v, i, ISO_ATOMS);
    if (is_number(v, end))
        say_pause(out, ',');
    return ISO_ATOMS;
}
