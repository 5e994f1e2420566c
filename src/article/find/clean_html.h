/*
 * Finds the article in an HTML page.
 */
#ifndef DOCBAO_ARTICLE_FIND_CLEAN_HTML_H
#define DOCBAO_ARTICLE_FIND_CLEAN_HTML_H

#include "article/article.h"

/* Whether the decoded text is HTML: by the document's own first words, or by its tags where the
 * name ends in .html, .htm or .xhtml. */
bool looks_like_html(const struct article *a);

/*
 * Replaces the text of the article, decoded HTML, by the page's visible text, lines ended by '\n',
 * with the map to match; fills blocks, skipped, date and diagnostics. Every letter, digit and
 * symbol of the new text ends in a block or in a skipped stretch with its reason. `raw`: all that
 * is shown is read, each block of the page a paragraph. Errors, STATUS_INPUT: nothing to read in
 * the page, or no article.
 */
enum status clean_html(struct article *a, bool raw, struct err *e);

#endif
