/*
 * From the bytes of a document to the cleaned text of an article.
 */
#ifndef DOCBAO_ARTICLE_INPUT_DECODE_H
#define DOCBAO_ARTICLE_INPUT_DECODE_H

#include "article/article.h"

/* What was found on the way: enough to tell text from other bytes. */
struct decode_counts {
    size_t characters; /* decoded, with those that vanish */
    size_t bad;        /* sequences that could not be decoded */
    size_t controls;   /* without tabs and line ends */
    size_t nuls;
};

/*
 * Sets text, map, encoding and confidence from source, which must hold less than 4 GiB. `name`
 * (NULL: find out) is an encoding as in article/input/encoding.h; without it each line is read as
 * what it most looks like, and a diagnostic of the kind "encoding" says what was assumed. Bytes
 * that do not fit are U+FFFD in the text, and one more diagnostic counts them. Fails with
 * STATUS_USAGE on a name that is not known, with STATUS_INPUT only if the text would not fit in 4
 * GiB.
 */
enum status decode_source(struct article *a, const char *name, struct decode_counts *counts,
                          struct err *e);

#endif
