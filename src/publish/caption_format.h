/*
 * How a kind of captions is written.
 *
 * Invariants: a format keeps no state but struct caption_count; what it appends is valid UTF-8.
 */
#ifndef DOCBAO_PUBLISH_CAPTION_FORMAT_H
#define DOCBAO_PUBLISH_CAPTION_FORMAT_H

#include "base/buf.h"
#include "publish/cue.h"

/* What one file has seen so far. */
struct caption_count {
    uint32_t articles, sentences, cues; /* sentences: of the article */
};

struct caption_format {
    const char *kind, *ending;
    /* Each appends to `out`, or is NULL. */
    void (*begin)(struct buf *out);
    void (*article)(struct buf *out, const struct article *a, struct caption_count count);
    void (*cue)(struct buf *out, const struct timed *t, const struct caption *cue,
                struct caption_count count);
    void (*sentence)(struct buf *out, const struct timed *t, struct caption_count count);
    void (*end)(struct buf *out, struct caption_count count, uint64_t us);
};

/* The last has no kind. */
extern const struct caption_format caption_formats[];

/* Appends a time: "hh:mm:ss", the mark, and the milliseconds. */
void caption_add_time(struct buf *out, uint64_t us, char mark);

/* One line of a cue, or both with a space. */
void caption_add_words(struct buf *out, const struct timed *t, size_t from, size_t to);

/* JSON (caption_json.c). */
void caption_json_article(struct buf *out, const struct article *a, struct caption_count count);
void caption_json_sentence(struct buf *out, const struct timed *t, struct caption_count count);
void caption_json_end(struct buf *out, struct caption_count count, uint64_t us);

#endif
