/* Numbers after "thứ": thứ 1 thứ nhất, lần thứ 3 lần thứ ba, thứ 4 thứ tư, thứ 2-6. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

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

uint32_t read_ordinal(struct utterance *out, const struct view *v, uint32_t i)
{
    int32_t value = ordinal_at(v, i);
    if (value < 0 || !word_is(v, i - 1, "thứ"))
        return 0;
    int32_t last = is_range_dash(v, i + 1) ? ordinal_at(v, i + 2) : -1;
    bool range = last > value;
    token_begin(out, v, CLASS_ordinal, "number behind thứ", i, range ? 3 : 1);
    say_ordinal(out, (uint64_t)value);
    if (range) {
        say(out, "đến");
        say_ordinal(out, (uint64_t)last);
    }
    token_end(out);
    return range ? 3 : 1;
}
