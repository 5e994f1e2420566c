/*
 * A web page that was pasted into a document (DOCX): its menu, boxes and imprint are paragraphs
 * like any other.
 *
 * Invariants: no piece is lost: each keeps its text, and gets another kind or a reason not to be
 * read. A document that only looks a little like a page stays as it is: a menu, and something else
 * that only pages have, must be around an article.
 */
#ifndef DOCBAO_ARTICLE_FIND_DOCUMENT_PAGE_H
#define DOCBAO_ARTICLE_FIND_DOCUMENT_PAGE_H

#include "article/format/draft.h"

/* Searches the pieces of a finished draft as the lines of a pasted page (pasted.h). Does nothing if
 * the draft keeps all, or is no such page. The date is left to masthead_find. */
void document_page_find(struct draft *draft);

#endif
