/*
 * The closed set of Vietnamese syllables: onset x rime x tone.
 *
 * Source of the rules: the spelling taught in schools (Bộ Giáo dục và Đào tạo), with the onset
 * spellings c/k/qu, g/gh, ng/ngh and gi; the rimes are listed in syllable.c.
 *
 * Invariants: a syllable is one onset (or none), one rime, one tone; a rime that ends in c, ch, p
 * or t takes only sắc or nặng. The tone may be written on any vowel of the rime: both "hòa" and
 * "hoà" are in use, and "qùa" occurs.
 */
#ifndef DOCBAO_LANG_SYLLABLE_H
#define DOCBAO_LANG_SYLLABLE_H

#include "base/buf.h"
#include "lang/letter.h"

enum { SYLLABLE_LETTERS = 7 }; /* nghiêng */

struct syllable {
    uint8_t letters[SYLLABLE_LETTERS]; /* enum letter_id */
    uint8_t n;
    uint8_t onset;   /* letters of the onset: 0 to 3 */
    uint8_t vowels;  /* vowel letters of the rime, after the onset */
    uint8_t tone;    /* enum tone */
    uint8_t tone_at; /* the letter that carries the mark, if tone is not TONE_NGANG */
};

/* Whether the word (NFC, any case) is a legal syllable; if so and `out` is not NULL, its parts. */
bool syllable_parse(struct sv word, struct syllable *out);

/* Whether the word is a legal syllable. */
static inline bool syllable_is_legal(struct sv word)
{
    return syllable_parse(word, NULL);
}

/* The same for letters that were read already: `s` has its letters, n, tone and tone_at; fills the
 * rest. */
bool syllable_split(struct syllable *s);

/* The same for a word written without its tone mark, which is `tone`; tone_at is not set. */
bool syllable_parse_toned(struct sv word, enum tone tone, struct syllable *out);

/* Appends the syllable in lower case with the mark on letter number `tone_at`. */
void syllable_write(const struct syllable *s, unsigned tone_at, struct buf *out);

/* The number of the letter that carries the mark in the newer spelling (hoà, thuỷ, quà, giờ), which
 * engines expect. */
unsigned syllable_tone_place(const struct syllable *s);

/* Whether the mark is where the newer or the older spelling (hòa, thủy) puts it, and not on another
 * letter: cuả, thâý. A syllable without a mark fits. */
bool syllable_tone_fits(const struct syllable *s);

#endif
