/*
 * Sentences and quotations in English inside a Vietnamese text. They are not read.
 *
 * Invariants: names, titles and lists of names are no sentences, however long: almost all their
 * words begin with capitals, save a few such as "of" and "the" (assets/rules/english-words.tsv).
 */
#ifndef DOCBAO_TEXT_ENGLISH_H
#define DOCBAO_TEXT_ENGLISH_H

#include "text/view.h"

/* The number of atoms of an English sentence that begins at atom i, a word: up to the end of the
 * view, or of the quotation or bracket that opens right before it, with the English that follows a
 * quotation at the beginning ("…," he says). 0 if none begins there. */
uint32_t english_sentence(const struct view *v, uint32_t i);

/* A quick test that rules out most words: a sentence begins at the first atom, or behind a mark. */
static inline bool english_may_begin(const struct view *v, uint32_t i)
{
    return atom_at(v, i - 1)->kind == ATOM_PUNCT || i <= v->begin + 1;
}

#endif
