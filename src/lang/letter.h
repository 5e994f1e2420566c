/*
 * The letters of Vietnamese: a code point as a base letter with a tone.
 *
 * Invariants: `id` is 0 for code points that are not in the table; LETTER_F, J, W, Z are last, as
 * Vietnamese has them only in foreign words; changing the case of any letter here keeps its length
 * in UTF-8, so that a lower-cased copy has the same offsets.
 */
#ifndef DOCBAO_LANG_LETTER_H
#define DOCBAO_LANG_LETTER_H

#include "base/sv.h"

enum letter_id {
    LETTER_NONE,
    LETTER_A,
    LETTER_A_BREVE,
    LETTER_A_CIRCUMFLEX,
    LETTER_E,
    LETTER_E_CIRCUMFLEX,
    LETTER_I,
    LETTER_O,
    LETTER_O_CIRCUMFLEX,
    LETTER_O_HORN,
    LETTER_U,
    LETTER_U_HORN,
    LETTER_Y,
    LETTER_LAST_VOWEL = LETTER_Y,
    LETTER_B,
    LETTER_C,
    LETTER_D,
    LETTER_D_STROKE,
    LETTER_G,
    LETTER_H,
    LETTER_K,
    LETTER_L,
    LETTER_M,
    LETTER_N,
    LETTER_P,
    LETTER_Q,
    LETTER_R,
    LETTER_S,
    LETTER_T,
    LETTER_V,
    LETTER_X,
    LETTER_F,
    LETTER_J,
    LETTER_W,
    LETTER_Z,
    LETTER_COUNT
};

enum tone { TONE_NGANG, TONE_HUYEN, TONE_HOI, TONE_NGA, TONE_SAC, TONE_NANG };

struct letter {
    uint8_t id, tone;
    bool upper;
    uint16_t lower; /* the code point in lower case */
};

enum { LETTER_LOW = 0x1B1, LETTER_HIGH_FIRST = 0x1EA0, LETTER_HIGH_LAST = 0x1EF9 };

/* The letters of two ranges of code points, one after the other. */
extern const struct letter letter_table[LETTER_LOW + LETTER_HIGH_LAST - LETTER_HIGH_FIRST + 1];

/* The letter of a code point; its id is LETTER_NONE for anything else. */
static inline struct letter letter_of(uint32_t code)
{
    if (code < LETTER_LOW)
        return letter_table[code];
    if (code >= LETTER_HIGH_FIRST && code <= LETTER_HIGH_LAST)
        return letter_table[code - LETTER_HIGH_FIRST + LETTER_LOW];
    return (struct letter){0};
}

/* The code point of a letter with a tone (consonants: TONE_NGANG), in lower case. */
uint32_t letter_code(enum letter_id id, enum tone tone);

/* Whether the id is that of a vowel. */
static inline bool letter_is_vowel(uint8_t id)
{
    return id >= LETTER_A && id <= LETTER_LAST_VOWEL;
}

#endif
