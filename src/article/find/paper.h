/*
 * Official papers, scripts for loudspeakers and notices: what stands above and below their text is
 * not the menu of a page.
 *
 * An official paper is known by its shape: the national name and motto, its number, place and date,
 * its kind in capitals. It is read as issuer, kind, number, subject, date, body; office and name of
 * who signs are the byline. Skipped are the national name and motto (reason "motto"), the list of
 * who gets a copy ("recipients"), "(Đã ký)" ("signed") and the numbers of pages ("page").
 */
#ifndef DOCBAO_ARTICLE_FIND_PAPER_H
#define DOCBAO_ARTICLE_FIND_PAPER_H

#include "article/article.h"

/* Looks at what was found in a document of any format, and puts its blocks and skipped stretches in
 * order if it is such a paper. Call it before text/ has filled the sentences. */
void paper_find(struct article *a);

#endif
