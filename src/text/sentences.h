/*
 * Sentences: where one ends and the next begins.
 *
 * Invariants: the sentences of a block take all its atoms, in order; none is empty; an unclosed
 * quotation mark or bracket never hides a boundary.
 */
#ifndef DOCBAO_TEXT_SENTENCES_H
#define DOCBAO_TEXT_SENTENCES_H

#include "rules/rules.h"
#include "text/atoms.h"

VEC_TYPE(ends, uint32_t);

/* Appends, for each sentence of the atoms, the index behind its last atom. */
void segment(struct sv text, const char *lower, const struct atoms *atoms,
             const struct rules *rules, struct ends *out);

#endif
