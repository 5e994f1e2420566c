/*
 * Letters and signs that look like those of Vietnamese text, so that a writer took them for these:
 * the Icelandic and the African Đ (U+00D0, U+00F0, U+0189); the ordinal sign and the ring, for the
 * degree sign (U+00BA, U+02DA); the Greek letter, for the micro sign (U+03BC).
 *
 * Also the dash that is a range between digits (U+2012), and the bar (U+2015).
 *
 * Invariants: the text keeps its length and every character its place; a foreign word (Guðmundur,
 * /ðen/, 1º andar) stays as it is.
 */
#ifndef DOCBAO_ARTICLE_INPUT_LOOKALIKES_H
#define DOCBAO_ARTICLE_INPUT_LOOKALIKES_H

#include <stddef.h>
#include <stdint.h>

enum { FIRST_LATIN_LOOKALIKE = 0x391 };

/* The Latin letter that a Cyrillic or Greek one looks like; 0: none. It is meant where it, or a run
 * of such letters, touches Latin letters: ТP Vinh, ТРHCM. */
uint32_t latin_lookalike(uint32_t code);

/* Puts what was meant in place of the lookalikes in text[0 .. n), which is valid UTF-8. */
void lookalikes_mend(char *text, size_t n);

#endif
