/*
 * Numbers, as several classes read and say them. Source of the readings: tests/spec/number.md.
 */
#ifndef DOCBAO_TEXT_CLASSES_NUMERAL_H
#define DOCBAO_TEXT_CLASSES_NUMERAL_H

#include "text/utterance.h"

/* A written number: 12, 1.250, 10 000, 2,35, 12.5, 007, 1½, and the slips 10. 000, 1 .500, 2O16. */
struct numeral {
    uint32_t atoms;    /* how many atoms it has */
    uint32_t whole;    /* how many of them are before the decimals */
    uint64_t value;    /* of the part before the decimals, if it is not spelled */
    bool spelled;      /* read digit by digit: a zero in front that is said, or too many digits */
    bool padded;       /* one zero before one digit: 05. It is said in codes and names only. */
    uint32_t fraction; /* the atom of the decimals, or 0 */
    uint32_t vulgar;   /* the atom of a fraction sign glued to it: 1½; or 0 */
    bool grouped;      /* it has dots, commas or spaces between its thousands */
};

/* Reads the number at atom i: false if there is none. */
bool numeral_parse(const struct view *v, uint32_t i, struct numeral *out);

/* The value of a number atom alone, of at most 9 digits; -1 for anything else. */
int32_t small_number(const struct view *v, uint32_t i);
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
