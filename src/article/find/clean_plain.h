/*
 * Finds the article in a page pasted as plain text.
 *
 * Invariants: the text does not change, and none of it is lost: what is no part of the article is
 * a skipped span.
 */
#ifndef DOCBAO_ARTICLE_FIND_CLEAN_PLAIN_H
#define DOCBAO_ARTICLE_FIND_CLEAN_PLAIN_H

#include "article/article.h"

/* Fills blocks, skipped and date of an article whose text is set. Afterwards every letter, digit
 * and symbol of the text is in a block or in a skipped span, which has a reason. If no article can
 * be found, every line becomes a paragraph: reading too much is better than reading nothing. */
void clean_plain(struct article *a);

/* Makes each line that is not blank a paragraph and skips nothing (--raw). */
void clean_raw(struct article *a);

#endif
