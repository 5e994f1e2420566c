/*
 * English words that are Vietnamese syllables, too: the, day, run. They have a row as a whole word
 * in assets/rules/origins.tsv.
 */
#ifndef DOCBAO_TEXT_CLASSES_ENGLISH_WORD_H
#define DOCBAO_TEXT_CLASSES_ENGLISH_WORD_H

#include "text/utterance.h"

/* Reads such a word at atom i, if the words beside it say that it is English: "Journey to the
 * West", "Sun Life", "Me & Pet Run". Returns 1, or 0 if it is not. */
uint32_t read_english_word(struct utterance *out, const struct view *v, uint32_t i);

#endif
