/*
 * The feeder: takes articles from their source, gives their sentences to the pool, and hands back
 * the sound of one sentence after another. Saving and listening both use it.
 *
 *     source ─▶ articles ─▶ sentences ─▶ engine text ─▶ pool or cache ─▶ clips
 *
 * Invariants:
 * - Sentences go to the pool in reading order, article after article, from where the feeder began
 *   or was sent by feeder_seek. `clips` holds them in this order, from the first that the caller
 *   has not dropped to the last that the pool was given.
 * - Sound of the clips before `begun` has begun to come; all of them but the last are complete.
 * - The text for the engine is made once for each sentence.
 * - A sentence whose sound is in the cache is not given to the pool. Its clip has the same words,
 *   times and sound as if it were, but all its sound comes in one event.
 * - A lost sentence becomes a diagnostic of its article and a short silence.
 * - An article that the source gave is given back (`done`) once, when nothing refers to it any
 *   more, at the latest by feeder_close. If the source gives it again, it counts as a new one.
 */
#ifndef DOCBAO_SESSION_FEEDER_H
#define DOCBAO_SESSION_FEEDER_H

#include "session/clip.h"
#include "session/engine_words.h"
#include "synth/pool.h"
#include "text/normalize.h"

/* The source of articles. Only `neighbour` must be given. */
struct feeder_source {
    /* Sets *out to the article `step` (1 or -1) after `a`, to the first one if `a` is NULL, or to
     * NULL if there is none. False: it is not known yet, ask again soon. The article must have been
     * read (normalize_article). */
    bool (*neighbour)(void *user, struct article *a, int step, struct article **out);
    /* The sentence at which the article starts. Asked when the article before it ends, unless
     * something of it was heard already. NULL: 0. */
    uint32_t (*start)(void *user, struct article *a);
    /* Reads more sentences of the article, when all that were read have been given to the pool.
     * False: there are no more. What was dropped (feeder_drop) is forgotten then (article_forget).
     * NULL: articles are read to the end when they are given. */
    bool (*more)(void *user, struct article *a);
    /* The first sentence of the article from this one on that shall be spoken; UINT32_MAX: none of
     * them. NULL: all of them are. */
    uint32_t (*wanted)(void *user, struct article *a, uint32_t from);
    /* The article is no longer needed. NULL: articles are kept until the feeder is closed. */
    void (*done)(void *user, struct article *a);
    void *user;
    /* The source may go round for ever: after so many articles in a row without a sentence there
     * is no next one. 0: no limit. */
    uint32_t most_empty;
};

struct feeder_options {
    const struct synth_engine *engine;
    const struct synth_settings *settings;
    uint32_t jobs, deadline_ms, start_ms; /* as in struct pool_options, as the next two */
    bool batch, spare;
    struct store *store; /* of the sentence cache; NULL: none. The settings must then stay */
    /* Where a pool waits that another feeder with these options has left, and where this one leaves
     * its own, unless that has failed. It points to NULL before the first of them. NULL: the pool
     * ends with the feeder. */
    struct pool **kept;
};

#define START_UNKNOWN UINT32_MAX

/* An article that the source gave and that was not given back. */
struct fed_article {
    struct article *article;
    uint32_t start; /* the sentence at which it starts; START_UNKNOWN: the source was not asked */
    uint32_t clips; /* how many of `clips` belong to it */
};

struct feeder {
    struct pool *pool;
    struct pool **kept; /* as in struct feeder_options */
    const struct rules *rules;
    struct feeder_source source;
    uint32_t rate;                    /* frames a second; 0: not known yet */
    struct synth_settings settings;   /* the present ones; the voice may be gone */
    bool tuned;                       /* the pool has others: each sentence is given with these */
    VEC(struct fed_article) articles; /* the one used last is the last */
    struct article *article;          /* whose sentences are given to the pool; NULL: none yet */
    uint32_t sentence;                /* of it, the next to give */
    uint32_t next_id;
    bool waiting; /* the source does not know the next article yet */
    bool ended;   /* the source has no next article */
    VEC(struct clip *) clips;
    size_t begun;
    uint32_t sentences, lost; /* in all: that began to come back, and of these */
    uint32_t cached;          /* of the sentences: found in the cache */
    struct sentence_cache cache;
    size_t held; /* bytes of the cache that the clips hold */
    struct engine_words words;
    struct buf text;
};

/* Starts the pool and returns at once. `f` must be zeroed. Errors are pool_start's; feeder_close is
 * allowed then. */
enum status feeder_open(struct feeder *f, const struct feeder_options *options, struct err *e);
/* From here on articles are asked for, from the first one on: also again after feeder_abandon.
 * `rules` are those they are read with; both must outlive the feeder. */
void feeder_begin(struct feeder *f, const struct rules *rules, const struct feeder_source *source);
/* Drops all clips and gives all articles back; no sentence may be fed any more. */
void feeder_abandon(struct feeder *f);
/* The same, and ends the pool. */
void feeder_close(struct feeder *f);

/* Waits until the engine has started and sets f->rate. Errors are pool_rate's. */
enum status feeder_await_rate(struct feeder *f, struct err *e);

/* Gives the pool as many sentences as it wants. */
void feeder_feed(struct feeder *f);

/* Drops all clips and goes on at a sentence, or, if `sentence` is the article's number of
 * sentences, after its end. */
void feeder_seek(struct feeder *f, struct article *a, uint32_t sentence);

/* Other settings (pool_adjust) for the sentences given from now on. */
void feeder_adjust(struct feeder *f, const struct synth_settings *settings);

/* Likewise for settings that have the same voice as those before, if the engine has `tune`: no
 * worker is started for them. */
void feeder_tune(struct feeder *f, const struct synth_settings *settings);

/* The pause after the clip's sentence, in ms, at the present settings; `ends_article`: what comes
 * next is of another article. */
uint32_t feeder_pause_ms(const struct feeder *f, const struct clip *clip, bool ends_article);

/* Whether some clip is not complete. */
bool feeder_is_busy(const struct feeder *f);
/* Whether the source has ended and all clips are complete. */
bool feeder_is_done(const struct feeder *f);

enum feeder_event_kind {
    FEEDER_NOTHING, /* nothing came within the time, a signal came, or nothing is left to come */
    FEEDER_WORD,    /* the clip has one more time */
    FEEDER_AUDIO,
    FEEDER_LOST,     /* the clip is complete; the audio is a silence in place of the sentence */
    FEEDER_COMPLETE, /* the clip is complete */
};

struct feeder_event {
    enum feeder_event_kind kind;
    struct clip *clip;
    const int16_t *pcm; /* FEEDER_AUDIO: valid until the next call; FEEDER_LOST: NULL */
    uint32_t frames;
};

/* Takes the next event of the pool; waits at most `timeout_ms` (-1: no limit). Errors are
 * pool_next's. */
enum status feeder_next(struct feeder *f, int timeout_ms, struct feeder_event *event,
                        struct err *e);

/* Gives the descriptors to wait for after feeder_next gave FEEDER_NOTHING at once
 * (pool_descriptors). */
uint32_t feeder_descriptors(struct feeder *f, struct pollfd *fds);

/* Drops the first `n` clips, which must have begun. */
void feeder_drop(struct feeder *f, size_t n);

/* ---- articles ---- */

/* Asks the source, and knows the article from then on. */
bool feeder_neighbour(struct feeder *f, struct article *a, int step, struct article **out);

/* A sentence of it was heard: if it comes again, it starts at its first sentence. */
void feeder_heard(struct feeder *f, const struct article *a);

/* Articles that are not given back; each may be NULL. */
struct feeder_held {
    const struct article *articles[2];
};

/* Gives back the articles that have no clip, are not being given to the pool and are not held,
 * except the `spare` ones that were used last. */
void feeder_release(struct feeder *f, struct feeder_held held, size_t spare);

#endif
