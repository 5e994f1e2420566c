/*
 * Saving: articles in, sound out, as fast as it can be made. For listening see session/playback.h.
 *
 *     source ─▶ feeder ─▶ sound and marks ─▶ stages ─▶ sink
 *
 * One loop on one thread: the feeder gives the pool sentences and hands back their sound in order.
 * While a write waits, the pool's workers go on; so no thread is needed.
 *
 * Invariants:
 * - The pool is forked by saver_open, before any article is read: the engine starts meanwhile.
 * - Sentences come in reading order, article after article. Between two of them is the pause of the
 *   first as silence; there is none before the first and after the last.
 * - A lost sentence becomes a diagnostic of its article and a short silence.
 * - An article given by the source is given back (`done`) once, at the latest when saver_run
 *   returns.
 */
#ifndef DOCBAO_SESSION_SAVER_H
#define DOCBAO_SESSION_SAVER_H

#include "session/feeder.h"
#include "session/sound.h"

struct saver;

struct saver_options {
    const struct synth_engine *engine;
    const struct synth_settings *settings;
    uint32_t jobs, deadline_ms;   /* as in struct pool_options */
    struct store *store;          /* of the sentence cache; or NULL */
    struct pool **kept;           /* as in struct feeder_options */
    const struct sink_tags *tags; /* those that are not empty stand in place of the articles' own;
                                     NULL: the sink gets neither tags nor marks */
    struct sound_options sound;   /* the objects that it points to must outlive the saver */
};

/* Gives the articles and receives the events of their sound, `us` microseconds from its start. Each
 * function may be NULL. */
struct saver_client {
    struct feeder_source source; /* its neighbour is asked for steps of 1 only and may wait */
    void (*sentence)(void *user, struct article *a, uint32_t sentence, uint64_t us);
    /* `token` is DOCBAO_NO_TOKEN if the engine's words could not be paired with ours. */
    void (*word)(void *user, struct article *a, uint32_t sentence, uint32_t token, uint64_t us);
    /* The sound of the sentence ends; `spoken`: it was not lost. */
    void (*sentence_end)(void *user, struct article *a, uint32_t sentence, bool spoken,
                         uint64_t us);
    /* All sound is given to the sink, which is not finished yet. An error ends the saving. */
    enum status (*complete)(void *user, struct err *e);
    void (*lost)(void *user, struct article *a, uint32_t sentence, const char *why);
    void *user;
};

/* Forks the pool and returns at once. Errors are pool_start's. The caller closes *out with
 * saver_close. */
enum status saver_open(struct saver **out, const struct saver_options *options, struct err *e);

/*
 * Speaks all articles; once per saver. `rules` are those they were read with. Errors: STATUS_INPUT
 * (no article, none with a sentence, or all sentences were lost), STATUS_PARTIAL (some sentences
 * were lost), STATUS_STOPPED, and those of the pool and the sink. The sink is finished on STATUS_OK
 * and STATUS_PARTIAL only.
 */
enum status saver_run(struct saver *s, const struct rules *rules, const struct saver_client *client,
                      struct err *e);

/* Fills *stats with the figures of the run; after saver_run. */
void saver_stats(const struct saver *s, struct docbao_stats *stats);

/* Closes the sink, ends the pool. NULL is allowed. */
void saver_close(struct saver *s);

#endif
