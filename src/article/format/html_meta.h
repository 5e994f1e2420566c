/*
 * Reads a page's statements about itself, in <meta> and in JSON-LD.
 *
 * Invariants: of several statements about one thing the first is kept; strings lie in the arena of
 * the article.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_HTML_META_H
#define DOCBAO_ARTICLE_FORMAT_HTML_META_H

#include "article/format/html_page.h"

/* A copy in the arena of the article: references decoded, NFC, white space folded. NULL if it is
 * blank. */
const char *html_meta_keep(struct article *a, struct sv value);

/* Adds one <meta>; `name` is its name, property or itemprop. */
void html_meta_add(struct html_page *page, const char *name, const char *content);

/* Adds one JSON-LD script. */
void html_meta_add_ld(struct html_page *page, struct sv json);

/* Call it after the last of them. If no article has a date, that of another object is used. */
void html_meta_end(struct html_meta *m);

#endif
