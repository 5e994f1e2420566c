/* Numbers after "thứ": thứ 1 thứ nhất, lần thứ 3 lần thứ ba, thứ 4 thứ tư, thứ 2-6, thứ 2, 4, 6. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"
#include "text/classes/weekday.h"

void say_ordinal(struct utterance *out, uint64_t value)
{
    if (value == 1)
        say(out, "nhất");
    else if (value == 4)
        say(out, "tư");
    else
        say_cardinal(out, value);
}

/* A small number alone; -1 for anything else. */
static int32_t ordinal_at(const struct view *v, uint32_t i)
{
    struct numeral n;
    return numeral_parse(v, i, &n) && n.atoms == 1 && !n.spelled && !is_inner_mark(v, i + 1, '/')
               ? small_number(v, i)
               : -1;
}

/* A number between two dashes: thứ 2-4-6 is a list. */
static bool is_in_chain(const struct view *v, uint32_t i)
{
    return (is_range_dash(v, i + 1) && is_number(v, i + 2) && is_range_dash(v, i + 3)) ||
           (is_range_dash(v, i - 1) && is_number(v, i - 2));
}

/* thứ 2, 4 và 6: another day of the week after one, with nothing that it could count. */
static bool continues_days(const struct view *v, uint32_t i, int32_t value)
{
    bool joint = is_joint(v, i - 1, ",-", CUE_AND);
    return joint && last_ended_at(v, CLASS_ordinal, i - 1) && value >= MONDAY &&
           value <= SATURDAY && small_number(v, i - 2) < value &&
           (!is_word(v, i + 1) || is_capitalized(v, i + 1) || word_is(v, i + 1, "và") ||
            cue_after(v, i + 1, CUE_WEEK | CUE_WEEKDAY));
}

uint32_t read_ordinal(struct utterance *out, const struct view *v, uint32_t i)
{
    int32_t value = ordinal_at(v, i);
    bool listed = continues_days(v, i, value);
    struct unit u;
    bool amount = is_glued_on(v, i + 1) && unit_parse(v, i + 1, &u); /* mỗi thứ 40g */
    if (value < 0 || amount || (!word_is(v, i - 1, "thứ") && !listed))
        return 0;
    if (listed && is_dash(v, i - 1))
        say_pause(out, ',');
    int32_t last = is_range_dash(v, i + 1) && !is_in_chain(v, i) ? ordinal_at(v, i + 2) : -1;
    bool year = is_dash(v, i + 1) && digit_count(v, i + 2) == 4; /* lần thứ 6 – 2017 */
    bool range = last > value && !year;
    token_begin(out, v, CLASS_ordinal, "number behind thứ", i, range ? 3 : 1);
    say_ordinal(out, (uint64_t)value);
    if (range) {
        say(out, "đến");
        say_ordinal(out, (uint64_t)last);
    }
    token_end(out);
    if (year)
        say_pause(out, ',');
    note_end(v, CLASS_ordinal, i + (range ? 3 : 1));
    return range ? 3 : 1;
}
