/*
 * Abbreviations that an article explains itself: "Hội đồng nhân dân (HĐND)".
 */
#ifndef DOCBAO_TEXT_DEFINITIONS_H
#define DOCBAO_TEXT_DEFINITIONS_H

#include "article/article.h"
#include "text/scan.h"

struct definitions;

/* An empty set; the caller frees it with definitions_free. */
struct definitions *definitions_new(void);
void definitions_free(struct definitions *d);

/* Adds what the atoms of one block define: the words before or inside the brackets, one for each
 * letter of the abbreviation ("và", "của" and commas may stand between). The reading is the words
 * in lower case; the first definition of an abbreviation in the article wins. */
void definitions_collect(struct definitions *d, struct sv text, const char *lower,
                         const struct atoms *atoms);

/* The reading of an abbreviation, p == NULL if the article does not define it. */
struct sv definitions_find(const struct definitions *d, struct sv written);

#endif
