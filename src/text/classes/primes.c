#include "text/classes/primes.h"

#include "text/classes/numeral.h"

bool is_prime(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '\'') || is_mark(v, i, 0x2019) || is_mark(v, i, 0x2032);
}

uint32_t second_sign(const struct view *v, uint32_t i)
{
    if (!atom_glued(v, i))
        return 0;
    if (is_mark(v, i, '\'') && is_mark(v, i + 1, '\'') && atom_glued(v, i + 1))
        return 2;
    return is_mark(v, i, '"') || is_mark(v, i, 0x201D) || is_mark(v, i, 0x2033) ||
           near_word(v, i, NEAR_SECOND);
}

uint32_t feet_length(const struct view *v, uint32_t i)
{
    enum { FAR = 4, INCHES = 12 };
    int32_t inches = small_number(v, i + 2);
    if (!is_prime(v, i + 1) || !atom_glued(v, i + 1) || digit_count(v, i) != 1 || inches < 0 ||
        inches >= INCHES || !atom_glued(v, i + 2) || !second_sign(v, i + 3) || is_word(v, i + 3))
        return 0;
    uint32_t k = 1;
    while (k < FAR && is_word(v, i - k) &&
           !(rules_cues(v->rules, atom_lower(v, i - k)) & CUE_HEIGHT))
        k++;
    if (!is_word(v, i - k) || !(rules_cues(v->rules, atom_lower(v, i - k)) & CUE_HEIGHT))
        return 0;
    return 3 + second_sign(v, i + 3);
}
