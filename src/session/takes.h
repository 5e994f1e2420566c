/*
 * Takes: sentences that are spoken now and used later, in their order, some of them maybe not at
 * all: what is made of several voices, or to a length, is put together from them.
 *
 *     source ─▶ feeder ─▶ spool        spool ─▶ rate ─▶ one sentence after another
 *
 * Invariants:
 * - All takes are recorded before the first is read. They are read in their order, as often as is
 *   wanted.
 * - The sound is in a spool; memory holds the times of the words, and one sentence.
 * - A sentence that was lost is a take with a short silence.
 */
#ifndef DOCBAO_SESSION_TAKES_H
#define DOCBAO_SESSION_TAKES_H

#include "session/feeder.h"
#include "sink/master/loudness.h"
#include "sink/stage/stage.h"

struct take {
    uint32_t frames;       /* at the rate of the engine */
    uint32_t word0, words; /* its times in takes.times */
    bool lost;
};

struct takes {
    uint32_t rate; /* of the engine */
    struct spool *spool;
    VEC(struct take) takes;
    VEC(struct word_time) times; /* frames of the take, at the rate of the engine */
    uint32_t lost, cached;
    bool has_lufs;
    double lufs; /* the loudness of all of them */
    /* While they are recorded. */
    struct loudness_meter *meter;
    struct k_weight weight;
    uint32_t step;
    double squares;
    /* While they are read. */
    size_t next;
    uint32_t to;         /* frames a second that are wanted */
    struct chain *chain; /* to that rate */
    struct resample_settings resample;
    struct samples own, sound;
};

struct takes_options {
    struct feeder_options feeder;
    const struct rules *rules;
    const char *target;                /* the file that is saved */
    const volatile sig_atomic_t *stop; /* or NULL */
    void (*lost)(void *user, struct article *a, uint32_t sentence, const char *why); /* or NULL */
    void *user;
};

/* Speaks all that the source gives, and waits for it. `t` must be zeroed; takes_free is allowed
 * after an error. Errors: those of the pool; STATUS_OUTPUT (the spool); STATUS_STOPPED. */
enum status takes_record(struct takes *t, const struct takes_options *options,
                         const struct feeder_source *source, struct err *e);

/* From here on they are read from the first on, at this rate (the same for all calls). Errors:
 * STATUS_USAGE (the rate cannot be changed), STATUS_OUTPUT. */
enum status takes_rewind(struct takes *t, uint32_t rate, struct err *e);

/* The next take: *pcm holds *frames at the rate that is wanted, until the next call; NULL: it is
 * passed over. Errors: STATUS_OUTPUT. */
enum status takes_next(struct takes *t, const int16_t **pcm, uint32_t *frames, struct err *e);

/* Frees what it holds, not the struct itself. */
void takes_free(struct takes *t);

#endif
