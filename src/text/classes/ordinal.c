/* Numbers behind "thứ": thứ 1 thứ nhất, lần thứ 3 lần thứ ba, thứ 4 thứ tư, thứ 2-6. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

void say_ordinal(struct speaker *s, uint64_t value)
{
    if (value == 1)
        say(s, "nhất");
    else if (value == 4)
        say(s, "tư");
    else
        say_cardinal(s, value);
}

/* A small number alone; -1 for anything else. */
static int32_t ordinal_at(const struct speaker *s, uint32_t i)
{
    struct numeral n;
    return numeral_parse(s, i, &n) && n.atoms == 1 && !n.spelled && !is_inner_mark(s, i + 1, '/')
               ? small_number(s, i)
               : -1;
}

uint32_t read_ordinal(struct speaker *s, uint32_t i)
{
    int32_t value = ordinal_at(s, i);
    if (value < 0 || !word_is(s, i - 1, "thứ"))
        return 0;
    int32_t last = is_range_dash(s, i + 1) ? ordinal_at(s, i + 2) : -1;
    bool range = last > value;
    token_begin(s, CLASS_ordinal, "number behind thứ", i, range ? 3 : 1);
    say_ordinal(s, (uint64_t)value);
    if (range) {
        say(s, "đến");
        say_ordinal(s, (uint64_t)last);
    }
    token_end(s);
    return range ? 3 : 1;
}
