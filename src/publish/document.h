/*
 * A text file that is written beside a sound file, as it comes: it takes its place (base/
 * replacement.h) only once all is known to be well.
 *
 * Invariants:
 * - A failure is kept; the functions that add do nothing after it.
 * - Only a block of the text is in memory.
 */
#ifndef DOCBAO_PUBLISH_DOCUMENT_H
#define DOCBAO_PUBLISH_DOCUMENT_H

#include "base/err.h"
#include "base/replacement.h"

struct document {
    struct buf path;
    struct replacement file;
    struct buf text; /* to be written: callers append to it */
    int failure;     /* errno; 0: none */
};

/* `path` is taken over. document_close must be called even if this fails. */
enum status document_open(struct document *d, struct buf path, struct err *e);

/* Call it from time to time: writes what was appended once it is worth it. */
void document_pass(struct document *d);

/* Writes all. Errors: STATUS_OUTPUT, of any write before, too. */
enum status document_complete(struct document *d, struct err *e);

/* Puts the completed file in its place. Errors: STATUS_OUTPUT. */
enum status document_commit(struct document *d, struct err *e);

/* Frees all; a file that was not committed is removed. */
void document_close(struct document *d);

#endif
