/* Names with dots in them: 4.0, iOS 17.5, phiên bản 2.1.3, PM2.5, mục 1.2.3. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

enum { MOST_PARTS = 8, HIGHEST_ROUND = 20 };

/* iOS 17.5, ChatGPT 4.5, PM2.5: a name that is no Vietnamese word, or one the number is glued to.
 */
static bool is_name_before(const struct speaker *s, uint32_t i)
{
    bool hyphen = is_mark(s, i - 1, '-') && atom_glued(s, i) && atom_glued(s, i - 1);
    const struct atom *a = atom_at(s, hyphen ? i - 2 : i - 1);
    if (a->kind != ATOM_WORD || !(a->flags & (ATOM_CAPITAL | ATOM_MIXED)))
        return false;
    return atom_glued(s, i) || !(a->flags & (ATOM_LEGAL | ATOM_UPPER)) || atom_has(a, ATOM_MIXED);
}

/* A number of so many of something, which is never a name: 4.0 điểm, 1.5 triệu, 2.5%. */
static bool is_counting(const struct speaker *s, uint32_t i)
{
    struct unit u;
    return unit_parse(s, i, &u) || unit_parse_below(s, i, &u) ||
           word_is_kind(s, i, UNIT_SCALE | UNIT_COIN) || cue_after(s, i, CUE_COUNTED);
}

static bool is_version(const struct speaker *s, uint32_t i, uint32_t n)
{
    if (n > 3)
        return true;
    if (digit_count(s, i + 2) == 3 || digit_count(s, i) > 3)
        return false;
    struct unit u;
    if (cue_before(s, i, CUE_VERSION))
        return true;
    if (cue_before(s, i, CUE_POINT) && !word_is(s, i - 1, "điểm") && !unit_parse(s, i + n, &u))
        return true;
    if (is_counting(s, i + n))
        return false;
    bool round = sv_is(atom_written(s, i + 2), "0") && small_number(s, i) > 0 &&
                 small_number(s, i) <= HIGHEST_ROUND;
    return round || is_name_before(s, i);
}

/* Parts that begin with 0 are said digit by digit: 10.04 mười chấm không bốn. */
uint32_t read_version(struct speaker *s, uint32_t i)
{
    uint32_t n = is_inner_mark(s, i + 1, '.') ? number_chain(s, i, '.', MOST_PARTS) : 1;
    struct numeral whole;
    if (n < 3 || !numeral_parse(s, i, &whole) || (n > 3 && whole.grouped) || !is_version(s, i, n))
        return 0;
    token_begin(s, CLASS_version, "name with dots", i, n);
    for (uint32_t k = 0; k < n; k += 2) {
        if (k)
            say(s, "chấm");
        say_number_atom(s, i + k);
    }
    token_end(s);
    return n;
}
