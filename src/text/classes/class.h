/*
 * The class readers, one file a class. A reader is asked at atom i: it says what begins there and
 * returns how many atoms it took, or returns 0 (text/utterance.h).
 */
#ifndef DOCBAO_TEXT_CLASSES_CLASS_H
#define DOCBAO_TEXT_CLASSES_CLASS_H

#include "text/utterance.h"

typedef uint32_t reader_function(struct utterance *out, const struct view *v, uint32_t i);

#define CLASS(name, starts) reader_function read_##name;
#define CLASS_ONLY(name)
#include "text/classes.def"

/* What readers lend each other. */

/* A hyphen that is a minus sign: nothing written before it, a number glued behind it. */
bool is_minus(const struct view *v, uint32_t i);
/* A ratio stands at atom i, or a list of them: tỷ lệ 1/500, 1/2000. */
bool has_ratio_cue(const struct view *v, uint32_t i);
/* 1/3-1/2 dân số: from one part of something to another. */
bool is_parts_range(const struct view *v, uint32_t i);
/* A number behind "thứ". */
void say_ordinal(struct utterance *out, uint64_t value);
/* The names of all letters of a word; `foreign`: D is đê. */
void say_letters(struct utterance *out, struct sv word, bool foreign);
/* The Vietnamese or ASCII letter, in lower case, that a code point is built on. */
uint32_t letter_base(uint32_t code);
/* Says the word's reading from the abbreviations if it has one there by the words around it. */
bool say_abbreviation(struct utterance *out, const struct view *v, uint32_t i);

#endif
