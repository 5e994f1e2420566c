/*
 * The article in a page pasted as plain text.
 *
 * Invariants: pasted_find decides where the article is, pasted_classify what each line is. Both
 * know only the text: there are no elements.
 */
#ifndef DOCBAO_ARTICLE_FIND_PASTED_H
#define DOCBAO_ARTICLE_FIND_PASTED_H

#include "article/find/search.h"

/* Sets title, date, byline, the range of lines and is_page. False: no article can be told from the
 * rest. */
bool pasted_find(struct search *s);

/* Gives every line its reason or kind. */
void pasted_classify(struct search *s);

/* Whether the line is "Đọc tiếp", which ends the teaser of another article. */
bool pasted_is_read_on(const struct search *s, size_t line);

#endif
