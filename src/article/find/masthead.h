/*
 * Title, date and byline of a document whose format does not name them: they are paragraphs there,
 * or a property of the file.
 */
#ifndef DOCBAO_ARTICLE_FIND_MASTHEAD_H
#define DOCBAO_ARTICLE_FIND_MASTHEAD_H

#include "article/format/draft.h"

/* Searches the pieces of a finished draft: a publication line among the first few, of which weekday
 * and date are read and the rest is skipped, and a name at the end. The title of the properties is
 * read if the document has none. Does nothing if the draft keeps all. */
void masthead_find(struct draft *draft);

#endif
