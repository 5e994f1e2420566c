/*
 * HTML: from the decoded bytes of a page to its visible text, as lines in a tree of elements.
 *
 * Invariants: every byte of the visible text has its place in the decoded page, by the map.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_HTML_H
#define DOCBAO_ARTICLE_FORMAT_HTML_H

#include "article/format/html_page.h"

/* Whether a file of that name is HTML whatever it begins with: .html, .htm or .xhtml. */
bool html_is_name_of_page(struct sv name);

/* Whether the decoded text of the article is HTML: its first element or its name says so. */
bool html_is_page(const struct article *a);

/* Parses the page, and replaces the text of the article by the visible text of the page, lines
 * ended by '\n', and the map accordingly. A diagnostic says if elements are nested too deeply. The
 * caller frees the page with html_page_free, after an error too. Errors: those of html_parse. */
enum status html_read(struct html_page *page, struct article *a, struct err *e);

#endif
