/* Numbers behind "thứ": thứ 1 thứ nhất, lần thứ 3 lần thứ ba, thứ 4 thứ tư. */
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

uint32_t read_ordinal(struct speaker *s, uint32_t i)
{
    int32_t value = small_number(s, i);
    struct numeral n;
    if (value < 0 || !word_is(s, i - 1, "thứ") || !numeral_parse(s, i, &n) || n.atoms > 1)
        return 0;
    token_begin(s, CLASS_ordinal, "number behind thứ", i, 1);
    say_ordinal(s, (uint64_t)value);
    token_end(s);
    return 1;
}
