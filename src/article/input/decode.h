/*
 * From the bytes of a document to the cleaned text of an article.
 *
 * Invariants: the text is valid UTF-8 in NFC; the map leads from each byte of it to the source,
 * which does not change.
 */
#ifndef DOCBAO_ARTICLE_INPUT_DECODE_H
#define DOCBAO_ARTICLE_INPUT_DECODE_H

#include "article/article.h"

/* Counts that distinguish text from other bytes. */
struct decode_counts {
    size_t characters; /* decoded, including those that are dropped */
    size_t bad;        /* sequences that could not be decoded */
    size_t controls;   /* without tabs and line ends */
    size_t nuls;
};

/*
 * Sets text, map, encoding and confidence of the article from its source, which must hold less than
 * 4 GiB. Lookalikes of Vietnamese letters are mended (article/input/lookalikes.h). `name` is an
 * encoding of article/input/encoding.h. If it is NULL, the encoding of each line is guessed, and a
 * diagnostic "encoding" says what was assumed. Bytes that cannot be decoded become U+FFFD; another
 * diagnostic counts them. Errors: STATUS_USAGE for an unknown name, STATUS_INPUT if the text would
 * be larger than 4 GiB.
 */
enum status decode_source(struct article *a, const char *name, struct decode_counts *counts,
                          struct err *e);

#endif
