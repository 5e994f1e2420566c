/*
 * Which written word is heard: from the engine's word times to tokens.
 *
 * Invariants: words are due in the order of their frames; an engine word whose position is not
 * the start of a word of ours makes the rest of its sentence "not told apart": the whole sentence
 * then stands for it.
 */
#ifndef DOCBAO_SESSION_FOLLOW_H
#define DOCBAO_SESSION_FOLLOW_H

#include "text/normalize.h"

#define FOLLOW_NO_TOKEN UINT32_MAX

struct due_word {
    uint32_t frame; /* of the sentence */
    uint32_t token; /* of the article, or FOLLOW_NO_TOKEN */
};

struct follow {
    struct buf text;         /* what the engine was given; only its positions are wanted */
    VEC(uint32_t) positions; /* of the sentence's words in it, in code points */
    uint32_t first_word;     /* of the sentence, in the article */
    size_t word;             /* the first that may still come */
    bool lost;               /* an engine word was none of ours */
    VEC(struct due_word) due;
    size_t next; /* the first not yet given */
};

/* A zeroed struct follow is not usable: begin with this. */
void follow_init(struct follow *f);
void follow_free(struct follow *f);

/* A sentence begins; what was due of the one before is dropped. */
void follow_sentence(struct follow *f, const struct article *a, const struct sentence *s,
                     const struct rules *rules);

/* The engine says: the word at this code point is heard from this frame on. */
void follow_word(struct follow *f, const struct article *a, uint32_t text_position, uint32_t frame);

/* The next word due at or before `frame`, or NULL. */
const struct due_word *follow_due(struct follow *f, uint32_t frame);

/* How many frames from `frame` on, at most `frames`, until another word is due. */
uint32_t follow_until_next(const struct follow *f, uint32_t frame, uint32_t frames);

#endif
