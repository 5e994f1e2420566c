/*
 * Full stops that belong to the word before them: abbreviations, initials, list markers. Each
 * function is given the view of a whole block (text/view.h).
 */
#ifndef DOCBAO_TEXT_FULL_STOP_H
#define DOCBAO_TEXT_FULL_STOP_H

#include "text/view.h"

bool is_opening_quote(const struct view *v, uint32_t i);
/* The first atom from j on that is not an opening mark, dash or bullet. */
uint32_t skip_openers(const struct view *v, uint32_t j);

/* What the table says of the word at atom i before a full stop, in the case in which it is written:
 * bits of enum stop_kind. */
uint32_t kinds_as_written(const struct view *v, uint32_t i);
/* What the table says of the words from atom k on, after a full stop. */
uint32_t kinds_of_next(const struct view *v, uint32_t k);

/* Whether the full stop at atom i, with a space and a possible sentence after it, belongs to the
 * word before it and so ends nothing. The sentence began at atom `begin`. */
bool full_stop_belongs_to_word(const struct view *v, uint32_t begin, uint32_t i);

#endif
