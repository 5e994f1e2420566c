/*
 * The characters of the bytes in the old encodings of Vietnamese.
 *
 * Invariants: the tables are constant; letters, digits and signs of ASCII mean themselves.
 */
#ifndef DOCBAO_ARTICLE_INPUT_OLD_LETTERS_H
#define DOCBAO_ARTICLE_INPUT_OLD_LETTERS_H

#include <stdint.h>

/* Code points; 0: the byte has none. */
extern const uint16_t old_letters_1258[256];
extern const uint16_t old_letters_viscii[256];
extern const uint16_t old_letters_tcvn3[256];

#endif
