/*
 * What the lines of an article found in an HTML page are: its date, its byline, its blocks.
 */
#ifndef DOCBAO_ARTICLE_FIND_HTML_CLASSIFY_H
#define DOCBAO_ARTICLE_FIND_HTML_CLASSIFY_H

#include "article/find/html_find.h"

/* Behind html_find, in this order: finds date (also that of the article, ISO 8601), then byline and
 * the rows of tables. */
void html_find_date(struct html_view *v);
void html_find_byline(struct html_view *v);

/* Gives every line its reason or kind. */
void html_judge(struct html_view *v);

#endif
