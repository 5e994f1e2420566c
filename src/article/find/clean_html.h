/*
 * Finds the article in an HTML page.
 *
 * Invariants: the text of the page does not change, and none of it is lost: what is no part of the
 * article is a skipped span.
 */
#ifndef DOCBAO_ARTICLE_FIND_CLEAN_HTML_H
#define DOCBAO_ARTICLE_FIND_CLEAN_HTML_H

#include "article/format/html_page.h"

/*
 * Fills blocks, skipped and date of page->a (see article/format/html.h). Afterwards every letter,
 * digit and symbol of the text is in a block or in a skipped span, which has a reason. If `raw` is
 * set, each visible line of the page becomes a paragraph. Returns STATUS_INPUT if the page has no
 * visible text or no article.
 */
enum status clean_html(const struct html_page *page, bool raw, struct err *e);

#endif
