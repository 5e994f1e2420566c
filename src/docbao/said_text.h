/*
 * A text as it is read for a screen reader: the names of characters, and pauses between them, are
 * put in.
 *
 * Invariants:
 * - `prepared` is plain text, which is read as an article is. Every byte of it comes from a stretch
 *   of the text that was given: the map leads back there.
 */
#ifndef DOCBAO_SAID_TEXT_H
#define DOCBAO_SAID_TEXT_H

#include "docbao/docbao.h"
#include "article/source_map.h"
#include "base/buf.h"
#include "text/options.h"

struct rules;

struct said_text {
    struct buf prepared;
    struct source_map map; /* from `prepared` to the text that was given */
};

/* Sets *out, which is freed with said_text_free. `options` are those it will be read with. */
void said_text_make(struct said_text *out, const struct docbao_utterance *u,
                    const struct rules *rules, const struct reading_options *options);
/* The text as it is, for a voice of another language. */
void said_text_as_it_is(struct said_text *out, const struct docbao_utterance *u);
void said_text_free(struct said_text *t);

/* The bytes of the text that was given which this span of `prepared` was made from. */
struct docbao_span said_text_span(const struct said_text *t, struct span prepared);

#endif
