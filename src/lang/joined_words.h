/*
 * Vietnamese words written together, or in an older or local spelling: bêtông, ôtô, tâmsự, Đắk,
 * Lênin, Kạn, Krông.
 *
 * Invariants: what is appended is legal syllables; if false is returned, nothing is appended.
 */
#ifndef DOCBAO_LANG_JOINED_WORDS_H
#define DOCBAO_LANG_JOINED_WORDS_H

#include "base/buf.h"

/* Splits a word in lower case that has a letter or tone mark that only Vietnamese has, or that is
 * two syllables with other tone marks (tìnhhình), into syllables: the fewest, among those the ones
 * that keep their spelling and begin with a consonant. A final k becomes c, and a syllable that
 * ends in a stop without a mark gets sắc. Appends them with spaces between; false if the word has
 * no such marks, does not split, or has more than 32 letters. */
bool joined_split(struct sv lower, struct buf *out);

/* The syllable that a word in lower case with a Vietnamese mark spells with the letters of another
 * onset, such as k for c (kạn), ng for ngh (ngỉ), and the other way round; or with the hook or
 * circumflex that its vowels must have (đuợc, nưóc, tiéng); or without a tone that is written twice
 * on a letter; or after a consonant of its own, which gets ơ (krông: cơ rông). Its rime and tone
 * stay. Appends it; false if there is none, or if the word is a legal syllable already. */
bool respelled_syllable(struct sv lower, struct buf *out);

#endif
