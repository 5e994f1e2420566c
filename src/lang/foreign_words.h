/*
 * The reading of one word that is not a Vietnamese syllable: by the table of loanwords, as
 * Vietnamese written together or without its marks, part by part (VinFast), as a compound whose end
 * has a row (Agribank, by -bank), or by the sounds of its letters. A compound has two parts and 24
 * bytes at most, so that the time is linear in the length of the word.
 *
 * Invariants: every reading is legal syllables in lower case, with single spaces between; where
 * there is none, nothing is appended.
 */
#ifndef DOCBAO_LANG_FOREIGN_WORDS_H
#define DOCBAO_LANG_FOREIGN_WORDS_H

#include "lang/transcription.h"

/* Appends the reading to `out` and returns the name of the rule that gave it, a string literal;
 * NULL if the word can only be spelled. `lower` is `written` in lower case, with the same offsets;
 * `around` may be NULL. */
const char *foreign_word(const struct transcription_tables *tables, struct sv written,
                         struct sv lower, const struct surroundings *around, struct buf *out);

/* Splits a word in lower case, of eight to 24 bytes, into two that have rows of four letters or
 * more in the table of loanwords (smarthome, forexlive), the longest first. Appends their readings
 * with a space between; false if it does not split so. */
bool foreign_compound(const struct transcription_tables *tables, struct sv lower, struct buf *out);

/* Whether a word in capitals may be a word rather than an abbreviation: `fewest` letters or more, a
 * third of them vowels, no more than two consonants together; of seven letters or more a quarter,
 * and three (WILDLIFE); four letters also where vowels and consonants alternate, as in FIFA. */
bool foreign_is_pronounceable(struct sv written, size_t fewest);

/* Whether the word has Vietnamese marks or letters and splits into syllables: ĐẮK, ÔTÔ. */
bool foreign_is_vietnamese(struct sv lower);

#endif
