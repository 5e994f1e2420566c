/* Kilometre posts: Km12+500, km 5+200. Roads (QL18, ĐT.334) are abbreviations before a number. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

uint32_t read_road(struct speaker *s, uint32_t i)
{
    if (!word_is(s, i, "km") || !is_number(s, i + 1) || is_number(s, i - 1))
        return 0;
    struct numeral first, second;
    numeral_parse(s, i + 1, &first);
    uint32_t j = i + 1 + first.atoms;
    bool plus = is_mark(s, j, '+') && numeral_parse(s, j + 1, &second);
    uint32_t n = plus ? j + 1 + second.atoms - i : 1 + first.atoms;
    token_begin(s, CLASS_road, "kilometre post", i, n);
    say(s, "ki lô mét");
    say_numeral(s, i + 1, &first);
    if (plus) {
        say(s, "cộng");
        say_numeral(s, j + 1, &second);
    }
    token_end(s);
    return n;
}
