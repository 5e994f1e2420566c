/*
 * Abbreviations that an article explains itself: "Hội đồng nhân dân (HĐND)".
 */
#ifndef DOCBAO_TEXT_DEFINITIONS_H
#define DOCBAO_TEXT_DEFINITIONS_H

#include "text/view.h"

struct definitions;

/* An empty set; the caller frees it with definitions_free. */
struct definitions *definitions_new(void);
void definitions_free(struct definitions *d);

/* Adds what the atoms of one block define. The explanation stands before the bracket or inside it
 * ("(gọi tắt là HĐND)" too), and is either a word for each letter of the abbreviation ("và", "của"
 * and commas may stand between) or, where the letters are of another language, a name that begins
 * as one in definition-heads.tsv does: "Quỹ Tiền tệ quốc tế (IMF)". An acronym that is said as a
 * word (ASEAN) stays one. The reading is the words in lower case; the first definition of an
 * abbreviation in the article wins. */
void definitions_collect(struct definitions *d, const struct view *block);

/* The reading of an abbreviation, p == NULL if the article does not define it. */
struct sv definitions_find(const struct definitions *d, struct sv written);

#endif
