/*
 * Numbers and texts as one run of bytes, to hand them from one process of the program to another.
 *
 * Invariants: the writer and the reader are the same program on the same machine, so numbers and
 * arrays are as in memory. The reader trusts nothing: what does not fit into the bytes that there
 * are makes it `bad`, and all that is read after that is zero or empty. What the values mean, the
 * caller must check.
 */
#ifndef DOCBAO_BASE_FLAT_H
#define DOCBAO_BASE_FLAT_H

#include "base/buf.h"

/* Takes the bytes in the order in which they are written, in pieces of any size. */
struct flat_writer {
    void (*put)(void *to, struct sv bytes);
    void *to;
};

/* Writes a number in eight bytes. */
void flat_put_number(const struct flat_writer *w, uint64_t number);
/* NULL (v.p) stays NULL. */
void flat_put_text(const struct flat_writer *w, struct sv v);
/* `count` items of `size` bytes, without pointers in them. */
void flat_put_array(const struct flat_writer *w, const void *items, size_t count, size_t size);

struct flat_reader {
    struct sv rest;
    bool bad;
};

/* Reads a number; 0 if the bytes have ended. */
uint64_t flat_number(struct flat_reader *r);
/* A view of the bytes that are read. */
struct sv flat_text(struct flat_reader *r);
/* The bytes of `*count` items of `size` bytes; they may lie at any address. */
const char *flat_array(struct flat_reader *r, size_t *count, size_t size);

#endif
