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

/* Adds the abbreviations that a block defines. The explanation is before the bracket or inside it
 * ("(gọi tắt là HĐND)" too). It is either one word for each letter of the abbreviation, with "và",
 * "của" and commas in between, or, if the letters are of another language, a name that begins like
 * a row of definition-heads.tsv: "Quỹ Tiền tệ quốc tế (IMF)". An acronym that is said as a word
 * (ASEAN) stays one. The reading is the words in lower case. The first definition of an
 * abbreviation in the article wins. */
void definitions_collect(struct definitions *d, const struct view *block);

/* The reading of an abbreviation; p is NULL if the article does not define it. */
struct sv definitions_find(const struct definitions *d, struct sv written);

#endif
