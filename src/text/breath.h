/*
 * Breaths: pauses in a very long sentence that has too little punctuation, before words that join
 * clauses (assets/rules/clause-words.tsv).
 *
 * Invariants: a breath is taken before a word, with enough words between it and any other pause.
 * Finding all breaths of a sentence is linear in its atoms.
 */
#ifndef DOCBAO_TEXT_BREATH_H
#define DOCBAO_TEXT_BREATH_H

#include "text/view.h"

#define NO_BREATH UINT32_MAX

/* The atom before which the first breath is taken; NO_BREATH in a short sentence. */
uint32_t breath_first(const struct view *v);
/* The next one after a pause before atom `from`. */
uint32_t breath_next(const struct view *v, uint32_t from);

#endif
