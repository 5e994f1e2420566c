/*
 * Signs of minutes and seconds, which are those of feet and inches too: 8h30'15", 6'2".
 */
#ifndef DOCBAO_TEXT_CLASSES_PRIMES_H
#define DOCBAO_TEXT_CLASSES_PRIMES_H

#include "text/view.h"

/* An apostrophe or a prime: the sign of minutes and of feet. */
bool is_prime(const struct view *v, uint32_t i);

/* The number of atoms of a sign of seconds glued to a number: " ″ '' s giây; 0: there is none. */
uint32_t second_sign(const struct view *v, uint32_t i);

/* cao 6'2": the number of atoms of feet and inches from atom i on, shortly after a word for a
 * height; 0: it is something else. The inches are at atom i + 2. */
uint32_t feet_length(const struct view *v, uint32_t i);

#endif
