/*
 * Keeps the sound of sentences in a store (library/store.h), so that a sentence that was spoken
 * once need not be spoken again.
 *
 * Invariants:
 * - The key of a sentence holds all that its sound depends on: the text for the engine, the
 *   settings, the engine and its build (pool_build), and the version of what is kept. So what is
 *   found is what the pool would give now.
 * - Only what the pool has given to its end is kept, never a sentence that was lost.
 * - Where there is no store, or the build is not known, nothing is found and nothing is kept.
 */
#ifndef DOCBAO_SESSION_SENTENCE_CACHE_H
#define DOCBAO_SESSION_SENTENCE_CACHE_H

#include "base/vec.h"
#include "session/engine_note.h"
#include "synth/pool.h"

/* Two events of the pool: a word, and all of the sound. */
struct kept_word {
    uint32_t text_position, frame;
};

struct kept_sound {
    struct buf file; /* holds the rest; empty: there is none */
    const int16_t *pcm;
    uint32_t frames, words;
    const char *word_bytes;
};

struct sentence_cache {
    struct store *store; /* NULL: there is no cache */
    const struct synth_engine *engine;
    struct pool *pool;
    struct buf build; /* of the engine: remembered, or told by the pool when it was asked first */
    uint32_t rate;    /* of the engine, if that is remembered; or 0 */
    struct buf key;   /* of a sentence; its beginning is that of all */
    size_t beginning; /* bytes of it; 0: not made yet */
    struct buf sound; /* of the sentence that the pool is giving */
    VEC(struct kept_word) words;
    struct buf voice, settings;
    VEC(struct buf) spare; /* memory for what is found */
};

/* Zeroes `c`, and looks up what is remembered of the engine: if that is enough (true), the pool may
 * start it on demand. `store` (NULL: there is no cache) and `engine` must outlive the cache. */
bool sentence_cache_open(struct sentence_cache *c, struct store *store,
                         const struct synth_engine *engine, const struct synth_settings *settings);
/* The pool, which was started with these settings, keeps them, and outlives the cache. */
void sentence_cache_begin(struct sentence_cache *c, struct pool *pool);
/* Frees what the cache holds; the store and the pool stay the caller's. */
void sentence_cache_free(struct sentence_cache *c);

/* Looks for the sound of the text. Waits until the engine has started. *found must be zeroed; the
 * caller gives it back with sentence_cache_release. False: it must be spoken; *key is then what
 * sentence_cache_keep wants. */
bool sentence_cache_find(struct sentence_cache *c, const struct synth_settings *tuned,
                         struct sv text, struct kept_sound *found, struct buf *key);
/* A word of what was found, from 0 to below k->words. */
struct kept_word kept_word_at(const struct kept_sound *k, uint32_t index);
/* Gives back what was found; *k is zeroed, its sound is gone. */
void sentence_cache_release(struct sentence_cache *c, struct kept_sound *k);

/* What the pool gives of a sentence; at its end it is kept, or dropped. */
void sentence_cache_add_word(struct sentence_cache *c, uint32_t text_position, uint32_t frame);
void sentence_cache_add_audio(struct sentence_cache *c, const int16_t *pcm, uint32_t frames);
void sentence_cache_keep(struct sentence_cache *c, struct sv key);
void sentence_cache_drop(struct sentence_cache *c);

#endif
