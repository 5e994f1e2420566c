/*
 * The pool: sentences in, sound out, in order, from worker processes.
 *
 * Invariants:
 * - An engine's library is global state, does not repeat itself within one process, and can be
 *   crashed by text. So a zygote process loads it once, and workers forked from the zygote speak
 *   (synth/worker.h).
 * - The sound of a sentence depends on its text and settings alone: not on its neighbours, the
 *   number of workers, or timing.
 * - A worker that dies or passes its deadline costs its present sentence (one POOL_LOST event);
 *   the rest of its sentences go to another worker.
 * - A zygote that dies is started again, and what was under way is spoken again.
 * - Sound comes through shared memory that is mapped once; no sentence is held whole.
 * - One caller, one thread. Start the pool before any thread and before any audio library.
 * - When the caller dies, all processes of the pool end by themselves.
 */
#ifndef DOCBAO_SYNTH_POOL_H
#define DOCBAO_SYNTH_POOL_H

#include <poll.h>

#include "synth/synth.h"

struct pool;

struct pool_options {
    uint32_t jobs;        /* workers at once, >= 1 */
    uint32_t deadline_ms; /* for one sentence, with 1 ms more for each of its bytes (a very
                             long one on a slow machine is no hang); time in which the caller
                             takes no sound does not count; 0: 10,000 */
    bool batch;           /* only the first sound is urgent: later events come in larger lots */
    bool identify;        /* pool_build will be asked for */
    /* Of `jobs`, 2 or more, one speaks, and another is kept ready for what is added after
     * pool_cancel, so that it is heard soonest. */
    bool spare;
    bool on_demand; /* the engine is started when it is first needed */
    /* The time in which the engine must start: then its process is ended and another started, which
     * gets twice as long, because the machine may be busy. 0: as for a sentence. */
    uint32_t start_ms;
};

/* Forks the zygote and returns at once; the engine starts meanwhile. A failed start is
 * reported by pool_rate or the first pool_next. The settings and their strings are copied. */
enum status pool_start(struct pool **out, const struct synth_engine *engine,
                       const struct synth_settings *settings, const struct pool_options *options,
                       struct err *e);

/* Waits until the engine has started and gives its sample rate (frames a second). */
enum status pool_rate(struct pool *p, uint32_t *rate, struct err *e);

/* Whether the engine has started, as far as is known without waiting. */
bool pool_is_ready(const struct pool *p);

/* Waits until it is known what the engine runs, and gives it: a text that tells its code, and its
 * data for the settings of the start, from any other. Empty: that cannot be known. A view, valid
 * until the next call. If the engine has to be started again it is empty until that one has told.
 */
struct sv pool_build(struct pool *p);

/* The same without waiting. False: it is not known yet, or the engine was not needed yet. */
bool pool_known_build(const struct pool *p, struct sv *build);

/* Whether the pool wants further sentences now (its prefetch is not full). */
bool pool_wants(const struct pool *p);

/* Adds the next sentence: `text` is copied; `id` comes back with its events. An empty text is
 * allowed and makes no sound. */
void pool_add(struct pool *p, uint32_t id, struct sv text);
/* The same, with the rate, pitch, range and volume of `tuned` for this sentence alone. The engine
 * must have `tune`. */
void pool_add_tuned(struct pool *p, uint32_t id, struct sv text,
                    const struct synth_settings *tuned);

/* Other settings (copied) for the sentences added from now on. The engine stays the one that was
 * started. If the voice cannot be loaded, these sentences are lost. */
void pool_adjust(struct pool *p, const struct synth_settings *settings);

/* No sentence will follow: pool_wants is false from now on. */
void pool_finish(struct pool *p);

enum pool_event_kind {
    POOL_AUDIO,    /* pcm, frames: valid until the next call */
    POOL_WORD,     /* text_position, frame; always before the audio it points into */
    POOL_SENTENCE, /* the sentence is complete */
    POOL_LOST,     /* its engine died, failed or passed its deadline, `why` says which; what was
                      already given of it stays given */
    POOL_IDLE,     /* no added sentence is left (after pool_finish: the end) */
};

struct pool_event {
    enum pool_event_kind kind;
    uint32_t id;
    const int16_t *pcm;
    uint32_t frames;
    uint32_t text_position;
    uint32_t frame;
    const char *why;
};

/* Waits for the next event, sentence by sentence in the order added. Waits at most `timeout_ms`
 * (-1: no limit; then *got is false). A signal (EINTR) ends the wait early with *got false.
 * Errors: the engine cannot start; the zygote died again and again. */
enum status pool_next(struct pool *p, int timeout_ms, struct pool_event *event, bool *got,
                      struct err *e);

/* For a caller that waits elsewhere, after pool_next with timeout 0 gave nothing: fills in what to
 * wait for, at most POOL_MOST_DESCRIPTORS, and gives how many. Then it calls pool_next again, at
 * the latest after a second. */
enum { POOL_MOST_DESCRIPTORS = 2 + 2 * 64 + 3 };
uint32_t pool_descriptors(struct pool *p, struct pollfd *fds);

/* Drops all that was added and not yet given; workers under way are ended. */
void pool_cancel(struct pool *p);

/* Ready for another caller's sentences: drops what was not given, and the settings are those of the
 * start again. Workers that wait go on. False: the pool has failed for good. */
bool pool_renew(struct pool *p);

/* The engine it was started with. */
const struct synth_engine *pool_engine(const struct pool *p);

/* For tests: the process id of the present zygote, 0 before the first was started. */
int pool_zygote_pid(const struct pool *p);

/* Ends all processes of the pool, waits for them, frees it. NULL is allowed. */
void pool_stop(struct pool *p);

#endif
