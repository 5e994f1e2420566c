#include "cli/goal.h"

#include "base/ascii.h"
#include "base/sv.h"

/* Takes a whole number from the front of `rest`. */
static bool take_number(struct sv *rest, uint64_t *number)
{
    enum { DIGITS_MOST = 9 };
    size_t n = 0;
    for (*number = 0; n < rest->n && ascii_is_digit(rest->p[n]); n++)
        *number = *number * 10 + (uint64_t)(rest->p[n] - '0');
    *rest = sv_from(*rest, n);
    return n && n <= DIGITS_MOST;
}

bool goal_find(struct docbao_article *a, const char *answer, uint32_t speed_percent,
               uint32_t *sentence)
{
    enum { PARTS_MOST = 3, SECONDS = 60, MS = 1000 };
    struct sv rest = sv_trim(sv_of(answer));
    uint64_t parts[PARTS_MOST], value = 0;
    size_t count = 0;
    do {
        if (count == PARTS_MOST || !take_number(&rest, &parts[count]))
            return false;
        value = value * SECONDS + parts[count++];
    } while (rest.n && *rest.p == ':' && (rest = sv_from(rest, 1), true));
    if (sv_is(rest, "%") && count == 1 && value <= 100) {
        uint32_t sentences = docbao_head_of(a).sentences;
        *sentence = (uint32_t)(sentences * value / 100);
        *sentence -= *sentence && *sentence == sentences;
        return true;
    }
    if (rest.n || (count == 1 && !value))
        return false;
    *sentence =
        count > 1 ? docbao_sentence_at_ms(a, value * MS, speed_percent) : (uint32_t)value - 1;
    return true;
}
