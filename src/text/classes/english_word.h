/*
 * English words that are Vietnamese syllables, too: the, day, run. They have a row as a whole word
 * in assets/rules/origins.tsv.
 */
#ifndef DOCBAO_TEXT_CLASSES_ENGLISH_WORD_H
#define DOCBAO_TEXT_CLASSES_ENGLISH_WORD_H

#include "text/utterance.h"

/* Whether atom i is in a quotation of eight words at most that may all be English, and of which one
 * is no Vietnamese syllable: "to my friend". */
bool is_in_english_quotation(const struct view *v, uint32_t i);

/* Reads such a word at atom i, if the words beside it say that it is English: "Journey to the
 * West", "Sun Life", "Me & Pet Run", "to my friend". Returns 1, or 0 if it is not. */
uint32_t read_english_word(struct utterance *out, const struct view *v, uint32_t i);
/* The same for the I of "I love you". */
uint32_t read_english_pronoun(struct utterance *out, const struct view *v, uint32_t i);

#endif
