/*
 * What is known of lines around an article. The argument is TABLE_BOILERPLATE of the rules.
 */
#ifndef DOCBAO_ARTICLE_FIND_BOILERPLATE_H
#define DOCBAO_ARTICLE_FIND_BOILERPLATE_H

#include "article/find/line.h"
#include "rules/rules.h"

/* Why such a line is not part of an article: one of the reasons of the table, static; NULL if
 * nothing is known of it. `prose` (the line looks like running text) makes it careful. */
const char *boilerplate_reason(const struct packed_table *b, struct sv line, bool prose);

/* The length of an agency's name in front of a text, the dash behind it included: "(Name) - ",
 * "NAME - "; 0: none. `opening`: the text is an article's first, where brackets and a dash are
 * enough. */
size_t boilerplate_agency(const struct packed_table *b, struct sv text, bool opening);

#endif
