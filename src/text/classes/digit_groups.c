#include "text/classes/digit_groups.h"

#include "text/classes/numeral.h"
#include "text/classes/unit.h"

enum { MOST_GROUPS = 6 };

static bool is_digit_joint(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '.') || is_mark(v, i, '-') || is_mark(v, i, 0x2013) ||
           is_mark(v, i, ')') || is_mark(v, i, '(');
}

/* 069. 292. 8312: a full stop with a space behind it, in groups of which the first begins with 0.
 */
static bool is_spaced_stop(const struct view *v, uint32_t i)
{
    enum { FEWEST = 3, MOST = 4 };
    if (!is_mark(v, i, '.') || !atom_glued(v, i) || atom_glued(v, i + 1) ||
        digit_count(v, i + 1) < FEWEST || digit_count(v, i + 1) > MOST)
        return false;
    uint32_t first = i - 1;
    while (is_number(v, first - 2) && is_mark(v, first - 1, '.'))
        first -= 2;
    return digit_count(v, first) >= FEWEST && digit_count(v, first) <= MOST &&
           atom_written(v, first).p[0] == '0';
}

uint32_t digit_joint_length(const struct view *v, uint32_t i)
{
    if (is_number(v, i))
        return 0;
    uint32_t n = 0;
    while (n < 2 && is_digit_joint(v, i + n))
        n++;
    bool bracket = is_mark(v, i, '(') || is_mark(v, i, ')') || is_mark(v, i + n - 1, ')');
    bool tight = atom_glued(v, i) && atom_glued(v, i + n);
    return n && is_number(v, i + n) && (bracket || tight || is_spaced_stop(v, i)) ? n : 0;
}

struct digit_groups digit_groups_parse(const struct view *v, uint32_t i, uint32_t most)
{
    struct digit_groups g = {0};
    while (g.count < MOST_GROUPS) {
        uint32_t joint = g.count ? digit_joint_length(v, i + g.atoms) : 0;
        uint32_t at = i + g.atoms + joint, here = digit_count(v, at);
        bool decimals = !joint && is_tight_mark(v, at + 1, ',') && is_number(v, at + 2);
        bool area = g.count == 1 && is_mark(v, i - 1, '+'); /* +84 4 39366633 */
        bool group = here && (g.count == 0 || joint ||
                              (!atom_glued(v, at) && (here >= 2 || area) && !decimals));
        if (!group || g.digits + here > most)
            break;
        g.atoms += joint + 1;
        g.digits += here;
        g.count++;
    }
    return g;
}

bool is_service_number(const struct view *v, uint32_t i)
{
    struct sv first = atom_written(v, i);
    return sv_is(first, "1900") || sv_is(first, "1800") ||
           (first.n >= 8 && (sv_starts(first, SV("1900")) || sv_starts(first, SV("1800"))));
}

void say_digit_groups(struct utterance *out, const struct view *v, uint32_t i, uint32_t n)
{
    bool more = false;
    for (uint32_t k = 0; k < n; k++) {
        if (!is_number(v, i + k))
            continue;
        if (more) {
            token_end(out);
            say_pause(out, ',');
        }
        say_digits(out, atom_written(v, i + k));
        more = true;
    }
}

/* Up to five digits, and no zero in front: 500, 35000. */
static bool is_short_amount(const struct view *v, uint32_t i)
{
    enum { MOST = 5 };
    return digit_count(v, i) <= MOST && atom_written(v, i).p[0] != '0' && !is_service_number(v, i);
}

bool is_quantity(const struct view *v, uint32_t i)
{
    const struct atom *next = atom_at(v, i + 1);
    struct unit u;
    if (next->kind == ATOM_WORD)
        return atom_glued(v, i + 1) || (is_short_amount(v, i) && unit_parse(v, i + 1, &u)) ||
               (!is_capitalized(v, i + 1) && cue_after(v, i + 1, CUE_COUNTED | CUE_AMOUNT));
    if (next->kind == ATOM_SYMBOL || is_mark(v, i + 1, '%'))
        return next->code != COPYRIGHT_SIGN;
    return atom_glued(v, i + 1) && is_number(v, i + 2) && atom_glued(v, i + 2) &&
           !is_mark(v, i + 1, '/') && !is_mark(v, i + 1, ',');
}

bool is_before_things(const struct view *v, uint32_t i)
{
    enum { EMERGENCY = 111, LAST = 119 };
    uint32_t next = i + 1;
    int32_t value = small_number(v, i);
    bool service = (value >= EMERGENCY && value <= LAST) || value % 10;
    return !service && is_short_amount(v, i) && is_syllable(v, next) && !is_capitalized(v, next) &&
           !cue_after(v, next, CUE_SCORE_OPEN);
}
