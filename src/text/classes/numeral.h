/*
 * Numerals: what several classes share.
 *
 * Source of the readings: tests/spec/number.md.
 */
#ifndef DOCBAO_TEXT_CLASSES_NUMERAL_H
#define DOCBAO_TEXT_CLASSES_NUMERAL_H

#include "text/utterance.h"

/* A written number: 12, 1.250, 10 000, 2,35, 12.5, 007, 1½, and the slips of typists 10. 000,
 * 1 .500, 2O16. */
struct numeral {
    uint32_t atoms;    /* how many atoms it takes */
    uint32_t whole;    /* how many of them the part before the decimals takes */
    uint64_t value;    /* of the whole part, if it is not spelled */
    bool spelled;      /* a leading zero, or more than 18 digits: read digit by digit */
    uint32_t fraction; /* the atom of the decimals, or 0 */
    uint32_t vulgar;   /* the atom of a fraction sign glued behind: 1½; or 0 */
    bool grouped;      /* dots, commas or spaces part its thousands */
};

/* Reads the number at atom i: false if there is none. */
bool numeral_parse(const struct view *v, uint32_t i, struct numeral *out);

/* The value of a number atom alone, of at most 9 digits; -1 for anything else. */
int32_t small_number(const struct view *v, uint32_t i);
/* The count of digits of a number atom; 0 for anything else. */
uint32_t digit_count(const struct view *v, uint32_t i);
/* A mark glued to the numbers on both its sides. */
bool is_inner_mark(const struct view *v, uint32_t i, uint32_t mark);
/* How many atoms a chain of numbers tied by that mark takes, of at most 2 * `most` + 1. */
uint32_t number_chain(const struct view *v, uint32_t i, uint32_t mark, uint32_t most);

/* Says it, decimals included; `i` is where it was parsed. */
void say_numeral(struct utterance *out, const struct view *v, uint32_t i, const struct numeral *n);
void say_cardinal(struct utterance *out, uint64_t value);
/* A number atom alone: as a number, or digit by digit where it begins with 0 or is too long. */
void say_number_atom(struct utterance *out, const struct view *v, uint32_t i);
/* Digit by digit. */
void say_digits(struct utterance *out, struct sv digits);
/* A month's number as in "tháng tư". */
void say_month(struct utterance *out, uint64_t month);
/* "nghìn", in the South "ngàn". */
const char *thousand_word(struct utterance *out);

/* A dash between two numbers: glued on both sides, or spaced on both. */
bool is_range_dash(const struct view *v, uint32_t i);

#endif
