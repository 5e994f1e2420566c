/*
 * From the sounds of a foreign word to syllables.
 *
 * Invariants: the output is legal Vietnamese syllables with single spaces between; the same sounds
 * give the same syllables; the time is linear in the number of sounds.
 */
#ifndef DOCBAO_LANG_SOUNDS_H
#define DOCBAO_LANG_SOUNDS_H

#include "base/buf.h"
#include "base/vec.h"

/* One sound, in Vietnamese spelling: a consonant as an onset is written (b, k, ph, gi, tr), or the
 * vowels of a rime (a, oa, uy); "ê/e" is ê in an open syllable and e before a coda. */
struct sound {
    struct sv letters;
    bool vowel;
    bool seam; /* a syllable ends behind it */
};

VEC_TYPE(sounds, struct sound);

/* Adds the sounds of a table's cell, which spaces separate; "-" is silence, "|" the end of a
 * syllable behind a sound. The letters are borrowed. */
void sounds_add(struct sounds *sounds, struct sv cell);

/* Appends the syllables. A consonant before a vowel is its onset, the first one after a vowel its
 * coda if Vietnamese has that rime (l is n, s is t, f is p ...); consonants left over at
 * the beginning or inside get the vowel ơ, at the end they are dropped. False if there is no vowel.
 */
bool sounds_write(const struct sounds *sounds, struct buf *out);

#endif
