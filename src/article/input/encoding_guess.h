/*
 * Tells in which encoding a document, and each line of it, was written.
 *
 * A line is what ends with a line feed or a carriage return. Plain UTF-8 costs one quick look at
 * its bytes: only lines with letters that Vietnamese does not have, or that are no UTF-8, are
 * compared with what they would be in the other encodings (article/input/likeness.h).
 */
#ifndef DOCBAO_ARTICLE_INPUT_ENCODING_GUESS_H
#define DOCBAO_ARTICLE_INPUT_ENCODING_GUESS_H

#include "article/input/encoding.h"
#include "base/vec.h"

struct stretch {
    uint32_t from; /* offset in the source; it goes on to the next one, or to the end */
    struct encoding encoding;
};

struct guess {
    struct encoding encoding;      /* of most lines beyond ASCII */
    double confidence;             /* 0 to 1, in that */
    VEC(struct stretch) stretches; /* at least one */
    struct codec *codec;           /* NULL: not needed */
    uint32_t lines;                /* looked at, with letters beyond ASCII */
    uint32_t odd;                  /* of those, in another encoding than `plain` */
    size_t first_odd;              /* offset in the source */
    struct encoding odd_encoding;  /* of the first of them */
};

/* Guesses for source[from, source.n), whose units stand as `form` says: FORM_UTF8 if there is no
 * sign of UTF-16; such bytes may turn out to be no UTF-8. The caller frees *g with guess_free. */
void guess_encoding(struct guess *g, struct sv source, size_t from, enum form form);
void guess_free(struct guess *g);

#endif
