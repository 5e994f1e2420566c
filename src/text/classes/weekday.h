/*
 * Days of the week as they are written: thứ Hai, thứ 2, T2, Chủ nhật, CN.
 */
#ifndef DOCBAO_TEXT_CLASSES_WEEKDAY_H
#define DOCBAO_TEXT_CLASSES_WEEKDAY_H

#include "text/view.h"

enum { MONDAY = 2, THURSDAY = 5, SATURDAY = 7, SUNDAY = 8 };

/* The day whose name begins at atom i, MONDAY to SUNDAY, or 0; *atoms is the length of the name.
 * Without more evidence "thứ hai" may be an ordinal, T2 a name, and CN another abbreviation. */
int32_t weekday_at(const struct view *v, uint32_t i, uint32_t *atoms);
/* The same for a name that ends right before atom i. */
int32_t weekday_before(const struct view *v, uint32_t i, uint32_t *atoms);
/* Whether the atom is a capital T with 2 to 7 glued to it, and nothing more. */
bool is_letter_weekday(const struct view *v, uint32_t i);

#endif
