/*
 * A file that takes another's place once it is whole: the one way in which files are written.
 *
 * Invariants:
 * - Until replacement_commit the bytes are in a new file of the same folder, and the old file stays
 *   as it was. Symbolic links are followed: the file that they lead to is replaced.
 * - Where the file system can do so, the new file has no name until it is whole: nothing is left of
 *   it however the program ends. Elsewhere its name begins with a dot, then the other's name, and
 *   ends in ".part"; it is locked while it is made. replacement_open removes those of the same file
 *   that nobody holds any more: what a program left that was killed.
 * - The new file has the old one's owner and mode, or an ordinary mode where there was none.
 * - A file that may not be written is not replaced, even if its folder would allow that.
 * - Functions return 0 or an errno.
 */
#ifndef DOCBAO_BASE_REPLACEMENT_H
#define DOCBAO_BASE_REPLACEMENT_H

#include "base/buf.h"

struct replacement {
    int folder;           /* -1: not open */
    int fd;               /* the new file, for reading and writing; -1: not open */
    struct buf name;      /* of the file, inside `folder` */
    struct buf temporary; /* the name of the new file, inside `folder`; empty: it has none */
};

#define REPLACEMENT_INIT ((struct replacement){-1, -1, BUF_INIT, BUF_INIT})

/* Makes the new file and opens it as r->fd. */
int replacement_open(struct replacement *r, const char *path);

/* Puts the new file on the disk and in the place of the other, and closes it. */
int replacement_commit(struct replacement *r);

/* Removes the new file if it was not committed, and frees what `r` holds. */
void replacement_free(struct replacement *r);

/* Writes the bytes to a new file that takes the place of `path`; makes the folder of the file (not
 * its parents) where there is none. False with errno set if that fails: the old file is then as it
 * was. */
bool file_replace(const char *path, struct sv bytes);

/* The same, unless the file holds just these bytes already: then nothing is written. */
bool file_update(const char *path, struct sv bytes);

#endif
