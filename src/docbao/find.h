/*
 * Searches the written text of an article.
 *
 * Invariants:
 * - Upper and lower case are the same, and so is any run of white space and a single space.
 * - A match lies within one sentence.
 * - A search text without any diacritic matches letters with any diacritics ("cong" finds "công",
 *   "dong" finds "đồng"). One with a diacritic matches only the same diacritics; the tone mark may
 *   be on either letter of a pair where both are usual ("hòa" finds "hoà").
 */
#ifndef DOCBAO_FIND_H
#define DOCBAO_FIND_H

#include "article/article.h"

/* Finds the first sentence from `from` on that contains `wanted`; after the last sentence the
 * search goes on at the first (also if `from` is after the last). With a `step` of -1 instead of 1
 * it finds the last sentence before `from`; before the first sentence the search goes on at the
 * last. *token is the token in which the first match of the sentence begins, or the next one if it
 * begins between two. False: there is no match, or `wanted` is blank; *sentence and *token are then
 * unchanged. */
bool find_text(const struct article *a, struct sv wanted, uint32_t from, int step,
               uint32_t *sentence, uint32_t *token);

#endif
