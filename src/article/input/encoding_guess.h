/*
 * Guesses the encoding of a document, and of each of its lines.
 *
 * A line ends with a line feed or a carriage return. Plain UTF-8 is recognised in one quick pass.
 * Only lines that are not UTF-8, or that have letters which Vietnamese does not have, are compared
 * with what they mean in the other encodings (article/input/likeness.h).
 *
 * Invariants: the stretches are in order and begin with line starts; the first begins at `from`.
 * The same bytes always give the same guess.
 */
#ifndef DOCBAO_ARTICLE_INPUT_ENCODING_GUESS_H
#define DOCBAO_ARTICLE_INPUT_ENCODING_GUESS_H

#include "article/input/encoding.h"
#include "base/vec.h"

struct stretch {
    uint32_t from; /* offset in the source; it ends where the next one begins, or with the source */
    struct encoding encoding;
};

struct guess {
    struct encoding encoding;      /* of most lines beyond ASCII */
    double confidence;             /* 0 to 1, in that */
    VEC(struct stretch) stretches; /* at least one */
    struct codec *codec;           /* NULL: not needed */
    uint32_t lines;                /* with letters beyond ASCII */
    uint32_t odd;                  /* of those, not in plain UTF-8 or UTF-16 */
    size_t first_odd;              /* offset in the source */
    struct encoding odd_encoding;  /* of the first of them */
};

/* Guesses the encoding of source[from, source.n). `form` is FORM_UTF8 unless the source looks like
 * UTF-16; the guess may then still be FORM_BYTES. `rules`: those of the article, or NULL. The
 * caller frees *g with guess_free. */
void guess_encoding(struct guess *g, const struct rules *rules, struct sv source, size_t from,
                    enum form form);
/* Frees what it holds, not the struct itself. */
void guess_free(struct guess *g);

#endif
