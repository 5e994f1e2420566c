/*
 * Looks up names of HTML elements, and words in class names that describe the content of a box.
 *
 * Invariants: names are compared in lower case; what is not known is TAG_OTHER, and gives no hint.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_HTML_NAMES_H
#define DOCBAO_ARTICLE_FORMAT_HTML_NAMES_H

#include "article/format/html_page.h"
#include "rules/tables.h"

/* The tag of the element with this name, which is in lower case. */
enum html_tag html_tag_of(const char *name);

/* Whether the element starts a new line. */
bool html_tag_is_block(enum html_tag tag);

/* Whether a list of words, such as the value of class, has the word, in small or capital letters.
 */
bool html_has_word(struct sv list, const char *word);

/* Whether the value of a style attribute keeps the element from being shown. */
bool html_is_not_displayed(struct sv style);

/* Returns the hints in the value of an attribute such as class or id, which is in lower case, by
 * the words of the table html-words.tsv: bits of enum html_hint (rules/tables.def). */
unsigned html_hints_of(const struct packed_table *words, struct sv names);

#endif
