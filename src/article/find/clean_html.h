/*
 * Finds the article in an HTML page.
 */
#ifndef DOCBAO_ARTICLE_FIND_CLEAN_HTML_H
#define DOCBAO_ARTICLE_FIND_CLEAN_HTML_H

#include "article/format/html_page.h"

/*
 * Fills blocks, skipped and date of the article whose page this is (article/format/html.h). Every
 * letter, digit and symbol of its text is then in a block, or in a skipped stretch with its reason.
 * `raw`: all that is shown is read, each line of the page a paragraph. Errors, STATUS_INPUT:
 * nothing to read in the page, or no article.
 */
enum status clean_html(const struct html_page *page, bool raw, struct err *e);

#endif
