/*
 * Groups of digits that belong to one number to call, or to one that names something, and what
 * tells them from an amount.
 *
 * Invariants: nothing is said but by say_digit_groups; atom i is a number unless a comment says
 * otherwise.
 */
#ifndef DOCBAO_TEXT_CLASSES_DIGIT_GROUPS_H
#define DOCBAO_TEXT_CLASSES_DIGIT_GROUPS_H

#include "text/utterance.h"

struct digit_groups {
    uint32_t atoms;  /* with the marks between the groups */
    uint32_t digits; /* of all of them */
    uint32_t count;  /* of groups; 0: there is none */
};

/* The number of atoms of the marks from atom i on that join two groups: one mark without spaces, or
 * a bracket beside it; 0 if there is none. */
uint32_t digit_joint_length(const struct view *v, uint32_t i);
/* The groups of digits from atom i on, with at most `most` digits. */
struct digit_groups digit_groups_parse(const struct view *v, uint32_t i, uint32_t most);
/* Says the numbers among `n` atoms digit by digit. Each but the last ends its token and has a short
 * pause behind it: the caller has begun a token, and ends it. */
void say_digit_groups(struct utterance *out, const struct view *v, uint32_t i, uint32_t n);
/* 1900 …, 1800 …, also with the rest of the number glued on. */
bool is_service_number(const struct view *v, uint32_t i);
/* Whether the number at atom i is a quantity: 500 người, 18.000, 5%, đường dây 220 kV. */
bool is_quantity(const struct view *v, uint32_t i);
/* lực lượng 500 dân quân, gọi 1200 tân binh: a word in small letters that may be counted is behind
 * a number that no service has. */
bool is_before_things(const struct view *v, uint32_t i);

#endif
