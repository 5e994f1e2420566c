/*
 * From bytes to an article: reading, decoding, cleaning.
 */
#ifndef DOCBAO_ARTICLE_READ_H
#define DOCBAO_ARTICLE_READ_H

#include "article/article.h"

struct read_options {
    bool raw;           /* find no article: each line a paragraph, nothing skipped */
    uint64_t max_bytes; /* of the source; 0: 64 MiB. Never more than 4 GiB - 1 */
};

/*
 * Reads a file ("-": standard input) into *out, which it sets whole; on an error too it may be
 * given to article_free. Errors, all STATUS_INPUT with the file named: missing, a folder, not
 * allowed, larger than max_bytes, empty, nothing to read in it (binary bytes, no letters or
 * digits).
 */
enum status article_read(struct article *out, const char *path, const struct read_options *options,
                         struct err *e);

/* The same from bytes in memory, which are copied. */
enum status article_from_bytes(struct article *out, const char *name, struct sv bytes,
                               const struct read_options *options, struct err *e);

#endif
