/*
 * The bytes of a document: from a file, from standard input, or from the network.
 *
 * Invariants: a document with more than load_limit bytes is an error, not cut; the bytes are not
 * interpreted.
 */
#ifndef DOCBAO_ARTICLE_INPUT_LOAD_H
#define DOCBAO_ARTICLE_INPUT_LOAD_H

#include "article/input/fetch.h"

struct load_options {
    uint64_t max_bytes;                /* 0: 64 MiB. Never more than 4 GiB - 1 */
    const struct fetch_options *fetch; /* for URLs; NULL: all zero */
    /* Called once if a pipe or a terminal gives nothing for so long; it is waited for all the same.
     * NULL: nothing is called. */
    void (*waits)(void *user, const char *name);
    void *waits_user;
    uint32_t patience_ms; /* 0: 5 s */
};

/* The most bytes that are read. */
uint64_t load_limit(const struct load_options *options);

/*
 * Appends the bytes of the document `name`: a path, "-" for standard input, or a URL. `charset`
 * gets the encoding that a server names, in lower case; nothing if none is named. *cut_short: as
 * for fetch_url. Errors, all STATUS_INPUT with the document named: missing, a folder, not allowed,
 * larger than max_bytes; and those of fetch_url.
 */
enum status load_document(const char *name, const struct load_options *options, struct buf *bytes,
                          struct buf *charset, bool *cut_short, struct err *e);

/* Sets the error for a document with more than `limit` bytes. */
enum status load_too_large(const char *name, uint64_t limit, struct err *e);

/* Adds the name of the document to an error already set, and returns its status. */
enum status load_error_in(const char *name, struct err *e);

#endif
