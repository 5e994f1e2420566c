/*
 * From bytes to an article: reading, decoding, cleaning.
 */
#ifndef DOCBAO_ARTICLE_READ_H
#define DOCBAO_ARTICLE_READ_H

#include "article/article.h"
#include "article/input/fetch.h"

struct read_options {
    bool raw;             /* find no article: each line a paragraph, nothing skipped */
    bool skip_tables;     /* tables are skipped, with a reason, not read row by row */
    uint64_t max_bytes;   /* of the source; 0: 64 MiB. Never more than 4 GiB - 1 */
    const char *encoding; /* as the user names it, article/input/encoding.h; NULL: find out */
    const char *charset;  /* what a server calls the encoding, from outside; may be NULL */
    const struct fetch_options *fetch; /* for URLs; NULL: as if all zero */
};

/* The most bytes of a source that are read. */
uint64_t read_limit(const struct read_options *options);

/*
 * Reads a file ("-": standard input), or what is behind a URL (article/input/fetch.h), into *out,
 * which it sets whole; on an error too it may be given to article_free. Errors, all STATUS_INPUT
 * with the file named: missing, a folder, not allowed, larger than max_bytes, empty, nothing to
 * read in it (binary bytes, no letters or digits). STATUS_USAGE: an encoding that is not known.
 */
enum status article_read(struct article *out, const char *path, const struct read_options *options,
                         struct err *e);

/* The first half of it: only the name and the source are set; `charset` gets what a server calls
 * the encoding. The same errors, but for bytes that hold nothing to read. */
enum status article_load(struct article *out, const char *path, const struct read_options *options,
                         struct buf *charset, struct err *e);

/* As article_read, from bytes in memory, which are copied. */
enum status article_from_bytes(struct article *out, const char *name, struct sv bytes,
                               const struct read_options *options, struct err *e);

#endif
