/*
 * Where the keys of a listener lead to inside an article: sentences, paragraphs, parts.
 *
 * Invariants: blocks without a sentence do not count; a part begins at the first sentence and at
 * each heading.
 */
#ifndef DOCBAO_SESSION_PLACES_H
#define DOCBAO_SESSION_PLACES_H

#include "article/article.h"

enum place_kind { PLACE_SENTENCE, PLACE_PARAGRAPH, PLACE_PART };

/* The sentence where the next unit of that kind begins (step 1), or, with step -1, the present one
 * if `sentence` is not its first, else the one before. False: that lies outside the article. */
bool place_by(const struct article *a, enum place_kind kind, uint32_t sentence, int step,
              uint32_t *found);

/* The first sentence of the last unit of that kind: where going back from the next article leads.
 * The article must have a sentence. */
uint32_t place_last(const struct article *a, enum place_kind kind);

/* The sentence that holds or follows this byte of the text; the last one where none does. */
uint32_t place_of_offset(const struct article *a, uint32_t offset);

#endif
