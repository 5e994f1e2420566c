/*
 * What a page says of itself in its head: <meta> and JSON-LD.
 */
#ifndef DOCBAO_ARTICLE_FIND_HTML_META_H
#define DOCBAO_ARTICLE_FIND_HTML_META_H

#include "article/format/html_page.h"

/* A copy in the arena of the article, NFC, white space folded; NULL for one without content. */
const char *html_meta_keep(struct article *a, struct sv value);

/* Takes in one <meta>: `name` is its name, property or itemprop. */
void html_meta_add(struct html_page *page, const char *name, const char *content);

/* Takes in one JSON-LD script. What is not JSON is passed over. */
void html_meta_add_ld(struct html_page *page, struct sv json);

/* A date as pages write it ("2024-03-05T09:51:00+07:00", "2024-03-05 09:51", in UTC): ISO 8601 as
 * dateline_iso writes it, at Vietnam's time where it was in UTC; false: it is none. */
bool html_meta_date(struct sv value, char out[32]);

#endif
