/*
 * Finds title, date and byline of a document whose format does not mark them. The document has them
 * as plain paragraphs; the title may also be a property of the file.
 *
 * Invariants: no piece is lost: each keeps its text, and gets another kind or a reason not to be
 * read.
 */
#ifndef DOCBAO_ARTICLE_FIND_MASTHEAD_H
#define DOCBAO_ARTICLE_FIND_MASTHEAD_H

#include "article/format/draft.h"

/* Searches the pieces of a finished draft. Of a publication line among the first few, weekday and
 * date become the date and the rest is skipped. A name at the end becomes the byline. The title of
 * the properties becomes the title if the document has none. Does nothing if the draft keeps all.
 */
void masthead_find(struct draft *draft);

#endif
