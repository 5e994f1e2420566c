/*
 * Full stops that belong to the word before them: abbreviations, initials, list markers. The
 * view is that of a whole block (text/view.h) where nothing else is said.
 *
 * Invariants: an answer depends only on the atoms around the full stop; nothing is said or noted
 * here.
 */
#ifndef DOCBAO_TEXT_FULL_STOP_H
#define DOCBAO_TEXT_FULL_STOP_H

#include "text/view.h"

/* Whether atom i is a quotation mark that opens, or a straight one. */
bool is_opening_quote(const struct view *v, uint32_t i);
/* The first atom from j on that is not an opening mark, dash or bullet. */
uint32_t skip_openers(const struct view *v, uint32_t j);

/* Looks up the word at atom i, which is before a full stop, in the case in which it is written:
 * bits of enum stop_kind. */
uint64_t kinds_as_written(const struct view *v, uint32_t i);
/* The same for the word in lower case. */
uint64_t kinds_in_lower(const struct view *v, uint32_t i);
/* Looks up the words from atom k on, which are after a full stop. */
uint64_t kinds_of_next(const struct view *v, uint32_t k);

/* A single capital, or Th, Tr, Ng ... (sentence-abbreviations.tsv): the first letters of a name. */
bool is_initial_letter(const struct view *v, uint32_t i);

/* Whether the full stop at atom i, with a space and a possible sentence after it, belongs to the
 * word before it and so ends nothing. The sentence began at atom `begin`. */
bool full_stop_belongs_to_word(const struct view *v, uint32_t begin, uint32_t i);

/* Whether an age or a year of birth is at atom i, perhaps behind a comma or in a bracket: what
 * follows a person, T. (20 tuổi), T., 20 tuổi, T. SN 1990. */
bool age_follows(const struct view *v, uint32_t i);

/* Whether the full stop at atom i ends the number or letter of an item at the start of a sentence:
 * "1." "2.1." "a." "II." "Bước 1." "Điều 7a.", or "2." after a colon or semicolon. The view is that
 * of a sentence. */
bool full_stop_ends_marker(const struct view *v, uint32_t i);

#endif
