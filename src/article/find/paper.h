/*
 * Recognizes official papers, scripts for loudspeakers and notices. The other finders take the
 * lines above and below the text of such a document for menus.
 *
 * An official paper is recognized by its form: the national name and motto, its number, place and
 * date, its kind in capitals. It is read in this order: issuer, kind, number, subject, date, body.
 * The office and the name of the signer are the byline. The national name and motto are skipped
 * (reason "motto"), and so are the list of recipients ("recipients"), "(Đã ký)" ("signed") and page
 * numbers ("page").
 *
 * Invariants: no text is lost or changed; other documents stay as they are.
 */
#ifndef DOCBAO_ARTICLE_FIND_PAPER_H
#define DOCBAO_ARTICLE_FIND_PAPER_H

#include "article/article.h"

/* If the article is such a document, arranges its blocks and skipped stretches anew. The document
 * may have any format. Call it before text/ fills the sentences. */
void paper_find(struct article *a);

#endif
