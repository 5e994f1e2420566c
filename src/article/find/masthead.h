/*
 * Date and byline of an article that is put together from a document: lines that stand as
 * paragraphs there.
 */
#ifndef DOCBAO_ARTICLE_FIND_MASTHEAD_H
#define DOCBAO_ARTICLE_FIND_MASTHEAD_H

#include "article/format/draft.h"

/* Looks for them among the pieces, before draft_finish: a publication line among the first few,
 * of which weekday and date are read and the rest is skipped, and a name at the end. Does nothing
 * in raw mode. */
void masthead_find(struct draft *m);

#endif
