/*
 * Remembers which items of feeds were heard: a file with one key in each line, the latest last. All
 * docbao programs of a user share it.
 *
 * Invariants: the file is replaced whole or not at all; a key is in it at most once.
 */
#ifndef DOCBAO_LIBRARY_HEARD_H
#define DOCBAO_LIBRARY_HEARD_H

#include "base/err.h"
#include "base/vec.h"

struct heard {
    struct buf bytes;
    VEC(struct sv) keys; /* sorted; views of `bytes` */
};

/* Reads the file; a file that does not exist counts as empty. Sets all of *out; the caller frees it
 * with heard_free. Error: STATUS_USAGE (the file cannot be read). */
enum status heard_load(struct heard *out, const char *path, struct err *e);
/* Frees what it holds, not the struct itself. */
void heard_free(struct heard *h);

/* Whether the key was in the file when it was read. */
bool heard_has(const struct heard *h, struct sv key);

/*
 * Adds a key (one line, not empty) to the file. Creates the file and its folders if needed, and
 * replaces the file as a whole. Other programs may do the same at the same time: no key is lost or
 * added twice. Only the latest 20,000 keys are kept. Error: STATUS_OUTPUT.
 */
enum status heard_add(const char *path, struct sv key, struct err *e);

#endif
