/*
 * SHA-256 (FIPS 180-4): a hash by which two texts can be taken for the same.
 *
 * Invariants: the same bytes give the same hash on every machine, in whatever pieces they are
 * added. Nothing is allocated.
 */
#ifndef DOCBAO_BASE_SHA256_H
#define DOCBAO_BASE_SHA256_H

#include "base/sv.h"

enum { SHA256_BYTES = 32 };

struct sha256 {
    uint64_t state[16]; /* that of the library */
};

/* Begins a hash, adds bytes to it, and writes it to `digest`. */
void sha256_begin(struct sha256 *h);
void sha256_add(struct sha256 *h, struct sv bytes);
/* The same with the length before it: two texts one after another are not another two. */
void sha256_add_part(struct sha256 *h, struct sv bytes);
void sha256_end(struct sha256 *h, unsigned char digest[SHA256_BYTES]);

/* The first eight bytes of the hash, as a number (big-endian). */
uint64_t sha256_number(struct sv bytes);

#endif
