/*
 * Finds the places in an article that a listener can move to: its sentences, paragraphs and parts.
 *
 * Invariants: blocks without a sentence do not count. A part begins at the first sentence and at
 * each heading.
 */
#ifndef DOCBAO_SESSION_NAVIGATE_H
#define DOCBAO_SESSION_NAVIGATE_H

#include "article/article.h"

enum navigate_unit { NAVIGATE_SENTENCE, NAVIGATE_PARAGRAPH, NAVIGATE_PART, NAVIGATE_ARTICLE };

/* Sets *found to the first sentence of the next unit (step 1); with step -1 to that of the present
 * unit, or, if `sentence` is that one, of the unit before. False: there is none in the article. */
bool navigate_by(const struct article *a, enum navigate_unit unit, uint32_t sentence, int step,
                 uint32_t *found);

/* The first sentence of the last unit. The article must have a sentence. */
uint32_t navigate_last(const struct article *a, enum navigate_unit unit);

/* The sentence that holds this byte of the text, or else the first after it, or else the last. */
uint32_t navigate_to_offset(const struct article *a, uint32_t offset);

#endif
