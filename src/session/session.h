/*
 * Saving: articles in, sound out, as fast as it can be made. Listening is session/playback.h.
 *
 *     next article ─▶ sentences ─▶ pool (children make audio ahead) ─▶ sink
 *
 * One loop on one thread, driven by two things: the pool says when it wants sentences, and hands
 * back audio in their order. While a write waits, the pool's children work on; so no thread is
 * needed.
 *
 * Invariants:
 * - The pool is forked by session_open, before any article is read: the engine starts meanwhile.
 * - Sentences are heard in reading order, article after article. Between two of them stands the
 *   pause of the first as silence; before the first and after the last stands none.
 * - A lost sentence becomes a diagnostic of its article and a short silence.
 * - An article given by `next` is given back by `done` once, at the latest when session_run
 *   returns.
 */
#ifndef DOCBAO_SESSION_SESSION_H
#define DOCBAO_SESSION_SESSION_H

#include "sink/sink.h"
#include "synth/pool.h"
#include "text/normalize.h"

struct session;

struct session_options {
    const struct synth_engine *engine;
    const struct synth_settings *settings;
    uint32_t jobs;
    uint32_t deadline_ms; /* for one sentence; 0: the pool's own */
    const struct sink_driver *sink;
    const char *target;                /* of the sink; must outlive the session */
    const volatile sig_atomic_t *stop; /* or NULL */
};

/* Where articles come from and who is told of their sound. `next` and `done` must be given. */
struct session_client {
    /* The next article, read and spoken for (normalize_article), or NULL after the last. */
    struct article *(*next)(void *user);
    void (*done)(void *user, struct article *a);
    void (*sentence)(void *user, struct article *a, uint32_t sentence);
    /* `token` is FOLLOW_NO_TOKEN where the engine's words could not be paired with ours. */
    void (*word)(void *user, struct article *a, uint32_t sentence, uint32_t token);
    void (*lost)(void *user, struct article *a, uint32_t sentence, const char *why);
    void *user;
};

struct session_stats {
    uint64_t first_block_ns; /* CLOCK_MONOTONIC; 0: nothing was handed to the sink */
    uint64_t frames;
    uint32_t rate;
    uint32_t sentences, lost;
};

/* Forks the pool and returns at once. Errors are pool_start's. The caller closes *out with
 * session_close. */
enum status session_open(struct session **out, const struct session_options *options,
                         struct err *e);

/*
 * Speaks all articles; once a session. `rules` are those they were read with. Errors:
 * STATUS_INPUT (no article, none with a sentence, or all were lost), STATUS_PARTIAL (some
 * sentences were lost), STATUS_STOPPED, and those of the pool and the sink. The sink is finished
 * on STATUS_OK and STATUS_PARTIAL only.
 */
enum status session_run(struct session *s, const struct rules *rules,
                        const struct session_client *client, struct err *e);

void session_stats(const struct session *s, struct session_stats *stats);

/* Closes the sink, ends the pool. NULL is allowed. */
void session_close(struct session *s);

#endif
