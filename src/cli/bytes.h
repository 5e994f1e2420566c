/*
 * Bytes that grow.
 *
 * Invariants: `n` bytes stand at `p`, which is NULL where there never were any; all zero is empty.
 * Running out of memory ends the program.
 */
#ifndef DOCBAO_CLI_BYTES_H
#define DOCBAO_CLI_BYTES_H

#include <stddef.h>

struct bytes {
    char *p;
    size_t n, cap;
};

/* Room for `more` bytes behind the last one. */
void bytes_reserve(struct bytes *b, size_t more);
void bytes_add(struct bytes *b, const char *p, size_t n);
/* Empties and frees. */
void bytes_free(struct bytes *b);

#endif
