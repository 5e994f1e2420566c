/*
 * A file that takes another's place once it is whole.
 *
 * Invariants:
 * - Until replacement_commit the bytes are in a temporary file in the same folder, and the old file
 *   stays as it was. Symbolic links are followed: the file that they lead to is replaced.
 * - The new file has the old one's owner and mode, or an ordinary mode where there was none.
 * - A file that may not be written is not replaced, even if its folder would allow that.
 * - Functions return 0 or an errno.
 */
#ifndef DOCBAO_SINK_REPLACEMENT_H
#define DOCBAO_SINK_REPLACEMENT_H

#include "base/buf.h"

struct replacement {
    int folder;           /* -1: not open */
    struct buf name;      /* of the file, inside `folder` */
    struct buf temporary; /* of the temporary file, inside `folder`; empty: there is none */
};

#define REPLACEMENT_INIT ((struct replacement){-1, BUF_INIT, BUF_INIT})

/* Makes the temporary file and opens it for reading and writing; the caller closes *fd. */
int replacement_open(struct replacement *r, const char *path, int *fd);

/* Puts the temporary file in the place of the other. */
int replacement_commit(struct replacement *r);

/* Removes the temporary file, if it was not committed, and frees what `r` holds. */
void replacement_free(struct replacement *r);

#endif
