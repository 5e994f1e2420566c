/*
 * Takes: the sentences on their way from the articles through the pool to the ear, each with its
 * audio and the places of its words.
 *
 * Invariants:
 * - Sentences are fed in reading order, article after article, from where takes_from began; the
 *   line holds those that have begun to come back, in the same order.
 * - A take is whole once `complete`; until then audio and words are added at its end. A word stands
 *   in `follow.due` before the audio it points into is there.
 * - A lost sentence becomes a diagnostic of its article and a short silence.
 */
#ifndef DOCBAO_SESSION_TAKES_H
#define DOCBAO_SESSION_TAKES_H

#include "session/engine_words.h"
#include "session/follow.h"
#include "synth/pool.h"

struct take {
    struct article *article;
    uint32_t sentence;
    uint32_t id;
    VEC(int16_t) pcm;
    struct follow follow;
    bool complete;
    struct buf lost; /* why the engine could not speak it, or empty */
};

/* As the `neighbour` and `start` of struct playback_client. */
struct takes_source {
    bool (*neighbour)(void *user, struct article *a, int step, struct article **out);
    uint32_t (*start)(void *user, struct article *a);
    void *user;
};

/* An article that was come to. */
struct known {
    struct article *article;
    uint32_t start; /* where it begins, until a sentence of it was heard */
};

struct fed {
    struct article *article;
    uint32_t sentence, id;
};

struct takes {
    struct pool *pool;
    const struct rules *rules;
    struct takes_source source;
    uint32_t rate; /* frames a second */
    VEC(struct known) known;
    struct article *article; /* that is being fed; NULL: none yet */
    uint32_t sentence;       /* to be fed next */
    uint32_t next_id;
    bool waits; /* the next article is not there yet */
    bool ended; /* there is no further article */
    VEC(struct fed) fed;
    size_t coming; /* in `fed`: the first whose take is not complete */
    VEC(struct take *) line;
    struct engine_words words;
    struct buf text;
    VEC(uint32_t) positions;
    uint32_t begun, lost; /* sentences that came back, in all */
};

/* `t` must be zeroed; the pool stays the caller's. */
void takes_init(struct takes *t, struct pool *pool, const struct rules *rules,
                const struct takes_source *source);
void takes_free(struct takes *t);

/* Drops all and begins anew at a sentence; `sentence` may be the number of the article's
 * sentences: behind it. */
void takes_from(struct takes *t, struct article *a, uint32_t sentence);

/* Gives the pool what it wants. */
void takes_feed(struct takes *t);

/* Whether something fed has not come back whole. */
bool takes_outstanding(const struct takes *t);

/* Takes one event of the pool, if there is one: *got. Errors are pool_next's. */
enum status takes_pull(struct takes *t, bool *got, struct err *e);

/* A sentence of it was heard: from now on it begins at its start. */
void takes_heard(struct takes *t, const struct article *a);

/* Drops the first `n` of the line. */
void takes_drop(struct takes *t, size_t n);

#endif
