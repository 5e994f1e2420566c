/*
 * Vietnamese words written together, or in an older spelling: bêtông, ôtô, tâmsự, Đắk, Lênin.
 */
#ifndef DOCBAO_LANG_JOINED_WORDS_H
#define DOCBAO_LANG_JOINED_WORDS_H

#include "base/buf.h"

/* Splits a word in lower case that has a letter or tone mark that only Vietnamese has into
 * syllables: the fewest, among those the ones that keep their spelling and begin with a consonant.
 * A final k becomes c, and a syllable that ends in a stop without a mark gets sắc. Appends them
 * with spaces between; false if the word has no such mark, does not split, or has more than 32
 * letters. */
bool joined_split(struct sv lower, struct buf *out);

#endif
