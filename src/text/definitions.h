/*
 * Abbreviations that an article explains itself: "Hội đồng nhân dân (HĐND)".
 *
 * Invariants: a definition holds for one article only. Letters and readings are copied: blocks may
 * be forgotten.
 */
#ifndef DOCBAO_TEXT_DEFINITIONS_H
#define DOCBAO_TEXT_DEFINITIONS_H

#include "text/view.h"

struct definitions;

/* An empty set; the caller frees it with definitions_free. */
struct definitions *definitions_new(void);
/* Frees the set; NULL is allowed. */
void definitions_free(struct definitions *d);

/* Adds the abbreviations that a block defines. The explanation is before the bracket or inside it
 * ("(gọi tắt là HĐND)" too): one syllable for each letter of the abbreviation, in their order, with
 * nothing but "và", "của", "về", dashes and, in long ones, commas in between. So letters of another
 * language, as in Quỹ Tiền tệ quốc tế (IMF), are never defined, nor is a Roman numeral. The reading
 * is the words in lower case. The first definition of an abbreviation in the article wins. */
void definitions_collect(struct definitions *d, const struct view *block);

/* Whether the abbreviation may have no letter for this word, in lower case, of what it stands for.
 */
bool may_lack_letter(const struct view *v, struct sv word);

/* The reading of an abbreviation; p is NULL if the article does not define it. */
struct sv definitions_find(const struct definitions *d, struct sv written);

#endif
