/*
 * Documents packed by gzip: files (.gz), and pages as servers send them.
 *
 * Invariants: never more than `most` bytes are unpacked; the length that the file claims is not
 * relied on.
 */
#ifndef DOCBAO_ARTICLE_INPUT_GZIP_H
#define DOCBAO_ARTICLE_INPUT_GZIP_H

#include "base/buf.h"
#include "base/err.h"

enum gzip_result {
    GZIP_WHOLE,
    GZIP_CUT_SHORT, /* or damaged: what came before was passed on */
    GZIP_REFUSED,   /* `take` returned false */
};

/* The module docbao-gzip.so exports this as `docbao_gzip`. */
struct gzip_driver {
    enum gzip_result (*unpack)(const void *bytes, size_t n,
                               bool (*take)(void *user, const char *bytes, size_t n), void *user);
};

/* Whether the bytes begin as packed ones do. */
bool gzip_is_packed(struct sv bytes);

/*
 * Unpacks *bytes if they are packed. `name` is the document, for errors. *cut_short is set to true
 * if this is not all, and left alone otherwise. Errors: nothing can be unpacked; more than `most`
 * bytes; made to fill the memory; STATUS_USAGE: the module is missing.
 */
enum status gzip_unpack(const char *name, uint64_t most, struct buf *bytes, bool *cut_short,
                        struct err *e);

#endif
