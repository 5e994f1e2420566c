/*
 * Sentences: where one ends and the next begins.
 *
 * Invariants: the sentences of a block cover all its atoms, in order; none is empty; an unclosed
 * quotation mark or bracket never hides a boundary.
 */
#ifndef DOCBAO_TEXT_SENTENCES_H
#define DOCBAO_TEXT_SENTENCES_H

#include "text/view.h"

VEC_TYPE(ends, uint32_t);

/* Appends, for each sentence of the block, the index after its last atom. */
void find_sentences(const struct view *v, struct ends *out);

#endif
