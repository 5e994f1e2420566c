/*
 * Texts that nobody writes, but that a file may hold: one piece over and over. A rule that looks
 * too far, or begins again too often, takes minutes for them. For the tests and the bench.
 */
#ifndef DOCBAO_TESTS_PATHOLOGICAL_H
#define DOCBAO_TESTS_PATHOLOGICAL_H

#include "base/buf.h"

struct pathological {
    const char *name;
    const char *piece;
};

/* Ends with a row without a name. */
extern const struct pathological pathological_texts[];

/* Appends a word, `bytes` of the piece, and the word "hai" at the end, so that there is always
 * something to read, and it shows whether reading came to the end. */
void pathological_make(struct buf *out, const struct pathological *text, size_t bytes);

#endif
