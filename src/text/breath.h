/*
 * Where to breathe in a very long sentence that has too few marks: before a word that joins
 * clauses (assets/rules/clause-words.tsv).
 *
 * Invariants: a breath stands before a word, with enough words and no mark of a pause on both
 * sides; looking for all breaths of a sentence is linear in its atoms.
 */
#ifndef DOCBAO_TEXT_BREATH_H
#define DOCBAO_TEXT_BREATH_H

#include "text/view.h"

#define NO_BREATH UINT32_MAX

/* The atom before which the first breath of the sentence is taken; NO_BREATH in a short one. */
uint32_t breath_first(const struct view *v);
/* The next one, where there was a pause before atom `from`. */
uint32_t breath_next(const struct view *v, uint32_t from);

#endif
