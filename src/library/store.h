/*
 * A store of values under keys, both of any bytes: a folder with a file for each pair. It is a
 * cache: what it was given may be gone at any time, and nothing is lost by that.
 *
 * Invariants:
 * - store_get gives exactly what store_put was given for the same key, or nothing. The whole key is
 *   in the file and is compared, so two keys with the same hash are never taken for each other. A
 *   checksum covers all of the file: one that is damaged, cut short or of another kind counts as
 *   absent, and is replaced by the next store_put.
 * - Any number of programs may use the folder at the same time, and may be killed at any time: a
 *   file that is not whole yet is one that is damaged.
 * - Only the user may read it (0700), and it is not used if another user owns it or may write to
 *   it.
 * - The files take at most the given number of bytes on the disk, give or take what other programs
 *   write in the same moment; those that were used last are kept. Nothing is written where less
 *   than twice as much would stay free on the disk.
 * - Nothing that fails here is an error: store_get then finds nothing, store_put does nothing.
 * After a write that failed, nothing more is written.
 *
 * The file of a pair is named by 16 hexadecimal digits, the hash of the key. It holds a head
 * (struct head in store.c), the value, the key. The file `grown` has a byte for each portion of the
 * growth since the last time when the folder was cleaned up, which is why it need not be looked
 * through more often.
 */
#ifndef DOCBAO_LIBRARY_STORE_H
#define DOCBAO_LIBRARY_STORE_H

#include "base/buf.h"

struct store;

/* Makes the folder and those above it where there are none. NULL: it cannot be used. The caller
 * frees it with store_close (NULL is allowed there). */
struct store *store_open(const char *folder, uint64_t most_bytes);
/* Closes the store; the files stay. */
void store_close(struct store *s);

/* The most bytes of a key and a value together. */
uint64_t store_most_pair(const struct store *s);

/* Replaces `file` by the bytes of the file; *value is the part of it that is the value, which
 * begins at a multiple of 16 from where the memory of `file` begins. False: there is none; `file`
 * is then of no meaning. */
bool store_get(struct store *s, struct sv key, struct buf *file, struct sv *value);

/* Keeps the value under the key, unless both are larger than store_most_pair, or there is no room.
 */
void store_put(struct store *s, struct sv key, struct sv value);

#endif
