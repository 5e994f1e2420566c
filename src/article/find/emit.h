/*
 * From the lines of a finished search to the blocks and skipped stretches of the article.
 *
 * Invariants: every line has its reason or its kind. Every letter, digit and symbol of the text
 * then is in a block or in a skipped stretch.
 */
#ifndef DOCBAO_ARTICLE_FIND_EMIT_H
#define DOCBAO_ARTICLE_FIND_EMIT_H

#include "article/find/search.h"

/* Appends the blocks in reading order, and what is skipped in page order. */
void emit_article(struct search *s);

#endif
