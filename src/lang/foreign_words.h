/*
 * The reading of one word that is no Vietnamese syllable: by the table of loanwords, as Vietnamese
 * written together or without its marks, part by part (VinFast), or by the sounds of its letters.
 */
#ifndef DOCBAO_LANG_FOREIGN_WORDS_H
#define DOCBAO_LANG_FOREIGN_WORDS_H

#include "lang/transcription.h"

/* Appends the reading to `out` and gives the name of what gave it, a literal; NULL where only its
 * letters can be named. `lower` is `written` in lower case, byte for byte. */
const char *foreign_word(const struct transcription_tables *tables, struct sv written,
                         struct sv lower, struct buf *out);

/* Whether capitals may be a word and no abbreviation: `fewest` letters or more, a third of them
 * vowels, no more than two consonants together; four letters also where vowels and consonants take
 * turns, as in FIFA. */
bool foreign_is_pronounceable(struct sv written, size_t fewest);

/* Whether Vietnamese marks and letters make syllables of it: ĐẮK, ÔTÔ. */
bool foreign_is_vietnamese(struct sv lower);

#endif
