/*
 * What we know of lines that surround an article (assets/rules/boilerplate.tsv).
 */
#ifndef DOCBAO_ARTICLE_FIND_BOILERPLATE_H
#define DOCBAO_ARTICLE_FIND_BOILERPLATE_H

#include "article/find/line.h"
#include "base/table.h"

struct boilerplate {
    struct table table;
    struct index exact, agencies;
    /* By the letters that a row begins with ("" where it begins otherwise): rows that a line begins
     * with, and rows matched anywhere in it. */
    struct index prefixes, parts;
};

/* Loads the table that is in the program. The caller frees it with boilerplate_free. */
void boilerplate_load(struct boilerplate *b);
void boilerplate_free(struct boilerplate *b);

/* Why such a line is not part of an article: one of the reasons of the table, static; NULL if
 * nothing is known of it. `prose` (the line looks like running text) makes it careful. */
const char *boilerplate_reason(const struct boilerplate *b, struct sv line, bool prose);

/* The length of an agency's name in front of a text, the dash behind it included: "(Name) - ",
 * "NAME - "; 0: none. `opening`: the text is an article's first, where brackets and a dash are
 * enough. */
size_t boilerplate_agency(const struct boilerplate *b, struct sv text, bool opening);

#endif
