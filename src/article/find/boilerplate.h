/*
 * Recognizes lines that sites print around their articles, such as menus, buttons and the imprint.
 * `b` is always TABLE_BOILERPLATE of the rules.
 *
 * Invariants: the sayings are rows (assets/rules/boilerplate.tsv), compared in lower case. A line
 * longer than 240 bytes is never known.
 */
#ifndef DOCBAO_ARTICLE_FIND_BOILERPLATE_H
#define DOCBAO_ARTICLE_FIND_BOILERPLATE_H

#include "article/reasons.h"
#include "article/find/line.h"
#include "rules/rules.h"

/* The reason of the table why the line is not part of an article; SKIP_NONE if the table does not
 * know the line. Set `prose` if the line looks like running text: then fewer lines match. */
enum skip_reason boilerplate_reason(const struct packed_table *b, struct sv line, bool prose);

/* The length of the name of an agency at the start of a text, including the dash after it:
 * "(Name) - ", "NAME - ". 0 if there is none. Set `opening` for the first text of an article:
 * there, any name in brackets before a dash counts. */
size_t boilerplate_agency(const struct packed_table *b, struct sv text, bool opening);

#endif
