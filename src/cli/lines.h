/*
 * Lines for people, on a terminal or not.
 *
 * Invariants: what a terminal would obey is replaced (buf_add_printable). On a terminal a line that
 * is too wide is broken between words: the terminal would break inside them, and a screen reader
 * and a braille line would show halves. Elsewhere a line stays one.
 */
#ifndef DOCBAO_CLI_LINES_H
#define DOCBAO_CLI_LINES_H

#include <stdio.h>

#include "base/sv.h"

/* Prints the text and a line end; the stream is not flushed. */
void lines_print(FILE *out, struct sv text);

#endif
