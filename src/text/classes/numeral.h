/*
 * Numbers, as several classes read and say them. Source of the readings: tests/spec/number.md.
 */
#ifndef DOCBAO_TEXT_CLASSES_NUMERAL_H
#define DOCBAO_TEXT_CLASSES_NUMERAL_H

#include "text/utterance.h"

/* Reads the number at atom i: false if there is none. */
bool numeral_parse(const struct view *v, uint32_t i, struct numeral *out);

/* For small_number only: the same for a number. */
int32_t value_of_number(const struct view *v, uint32_t i);
/* The value of a number atom alone, of at most 9 digits; -1 for anything else. */
static inline int32_t small_number(const struct view *v, uint32_t i)
{
    return is_number(v, i) ? value_of_number(v, i) : -1;
}
/* Whether the mark at atom i is glued to numbers on both sides. */
bool is_inner_mark(const struct view *v, uint32_t i, uint32_t mark);
/* The number of atoms of numbers joined by that mark, at most 2 * `most` + 1. */
uint32_t number_chain(const struct view *v, uint32_t i, uint32_t mark, uint32_t most);

/* Says it, decimals included; `i` is where it was parsed. */
void say_numeral(struct utterance *out, const struct view *v, uint32_t i, const struct numeral *n);
/* Says a value as a number. */
void say_cardinal(struct utterance *out, uint64_t value);
/* A number atom alone: as a number, or digit by digit where it begins with 0 or is too long. */
void say_number_atom(struct utterance *out, const struct view *v, uint32_t i);
/* Digit by digit. */
void say_digits(struct utterance *out, struct sv digits);
/* Says the number of a month, as in "tháng tư". */
void say_month(struct utterance *out, uint64_t month);

/* A dash between two numbers: glued on both sides, or spaced on both. */
bool is_range_dash(const struct view *v, uint32_t i);

#endif
