/*
 * A spoken sentence with the times of its words.
 *
 * Invariants:
 * - Times are microseconds from the start of the sound. They never go back.
 * - Where the engine named no time, it is taken from the place in the text between two that are
 *   known.
 * - Lines and words are those of captions: separated by white space. What was skipped inside the
 *   sentence is left out where it is a word by itself.
 */
#ifndef DOCBAO_PUBLISH_TIMED_H
#define DOCBAO_PUBLISH_TIMED_H

#include "article/article.h"

struct anchor {
    uint32_t offset; /* in the text of the article */
    uint64_t us;
};

struct timed_word {
    struct sv text;  /* in the article */
    uint32_t length; /* characters */
    uint64_t us;     /* when it begins */
};

struct timed {
    const struct article *a;
    uint32_t sentence;
    uint64_t start, end;
    bool lost; /* it could not be spoken: there is silence instead */
    VEC(struct anchor) anchors;
    VEC(struct timed_word) words;
};

/* Begins a sentence, at this time; forgets the one before. Zeroed, *t is ready for the first. */
void timed_begin(struct timed *t, const struct article *a, uint32_t sentence, uint64_t us);

/* A token begins. */
void timed_add(struct timed *t, uint32_t token, uint64_t us);

/* The sentence ends: fills `words`, none longer than `most` characters. */
void timed_end(struct timed *t, uint64_t us, uint32_t most);

/* When the text at this offset is spoken; after timed_end. */
uint64_t timed_at(const struct timed *t, uint32_t offset);

/* Whether this is a further piece of the word before it, which was longer than `most`. */
bool timed_goes_on(const struct timed *t, size_t word);

/* Frees what it holds, not the struct itself. */
void timed_free(struct timed *t);

#endif
