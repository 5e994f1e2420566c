/* Fractions, ratios and counts out of a whole: 1/3, 8/9 xã, tỷ lệ 1:1000, 24/24h. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

/* Newsreaders say "phần" for one part, and for the few fractions in daily use. */
static bool is_parts(uint64_t above, uint64_t below)
{
    if (above >= below)
        return false;
    return above == 1 || (above == 2 && (below == 3 || below == 5)) ||
           (above == 3 && (below == 4 || below == 5)) || (above == 4 && below == 5);
}

static bool is_link(const struct speaker *s, uint32_t i, uint32_t mark)
{
    return is_mark(s, i, mark) && is_number(s, i + 1) &&
           atom_glued(s, i) == atom_glued(s, i + 1);
}

static bool is_hour_sign(const struct speaker *s, uint32_t i)
{
    return atom_glued(s, i) && (word_is(s, i, "h") || word_is(s, i, "g"));
}

static uint32_t read_ratio(struct speaker *s, uint32_t i, const struct numeral *first, uint32_t mark)
{
    struct numeral second;
    uint32_t j = i + first->atoms;
    if (!is_link(s, j, mark) || !numeral_parse(s, j + 1, &second))
        return 0;
    uint32_t n = first->atoms + 1 + second.atoms;
    bool ratio = cue_before(s, i, CUE_RATIO);
    bool whole = !first->fraction && !second.fraction && !first->spelled && !second.spelled;
    bool parts = mark == '/' && whole && !ratio && !cue_before(s, i, CUE_ADDRESS) &&
                 is_parts(first->value, second.value);
    bool hours = is_hour_sign(s, i + n);
    token_begin(s, CLASS_fraction, parts ? "parts of a whole" : ratio ? "ratio" : "out of", i,
                n + hours);
    say_numeral(s, i, first);
    say(s, parts ? "phần" : "trên");
    say_numeral(s, j + 1, &second);
    if (hours)
        say(s, "giờ");
    token_end(s);
    return n + hours;
}

uint32_t read_fraction(struct speaker *s, uint32_t i)
{
    struct numeral first;
    if (!numeral_parse(s, i, &first))
        return 0;
    uint32_t n = read_ratio(s, i, &first, '/');
    if (!n && cue_before(s, i, CUE_RATIO))
        n = read_ratio(s, i, &first, ':');
    return n;
}
