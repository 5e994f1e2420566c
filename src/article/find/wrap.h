/*
 * Pasted text as lines. Many programs break lines at a fixed width when they copy or mail text;
 * such lines are joined again.
 *
 * Invariants: those of line.h.
 */
#ifndef DOCBAO_ARTICLE_FIND_WRAP_H
#define DOCBAO_ARTICLE_FIND_WRAP_H

#include "article/find/line.h"

/* Appends the measured lines of the text, hard-wrapped ones joined. The caller frees the list. */
void wrap_lines(struct line_list *lines, struct sv text);

#endif
