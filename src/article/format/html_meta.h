/*
 * What a page says of itself in its head: <meta> and JSON-LD.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_HTML_META_H
#define DOCBAO_ARTICLE_FORMAT_HTML_META_H

#include "article/format/html_page.h"

/* A copy in the arena of the article, NFC, white space folded; NULL for one without content. */
const char *html_meta_keep(struct article *a, struct sv value);

/* Takes in one <meta>: `name` is its name, property or itemprop. */
void html_meta_add(struct html_page *page, const char *name, const char *content);

/* Takes in one JSON-LD script. What is not JSON is passed over. */
void html_meta_add_ld(struct html_page *page, struct sv json);

/* Call after the last of them: where no article has a date, the date of the page takes its place.
 */
void html_meta_end(struct html_meta *m);

#endif
