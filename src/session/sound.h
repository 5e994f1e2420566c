/*
 * The way into a sink: blocks, silence, a device that was lost, and what was handed on.
 *
 * Invariants: the sink gets at most `block` frames at a time (0: any number); what it took is
 * counted; a device that is lost after some sound is waited for, 10 s long; after an error only
 * sound_close may be called.
 */
#ifndef DOCBAO_SESSION_SOUND_H
#define DOCBAO_SESSION_SOUND_H

#include "sink/sink.h"

/* How a sound is opened; must outlive it. */
struct sound_plan {
    const struct sink_driver *driver;
    const char *target;
    uint32_t block;
    const volatile sig_atomic_t *stop; /* or NULL */
    /* The device was lost and is being waited for; or NULL. */
    void (*warning)(void *user, const char *message);
    void *user;
};

struct sound {
    const struct sound_plan *plan;
    void *state; /* of the sink; NULL: not open */
    uint32_t rate;
    uint64_t frames;    /* taken by the sink so far */
    uint64_t opened_at; /* `frames` when the sink was opened last */
    uint32_t naps;      /* waited for the device since it last worked */
    uint64_t first_ns;  /* when the first frames were about to be handed on (CLOCK_MONOTONIC) */
    uint64_t heard_ns;  /* when a sink as slow as real time will have played them all */
    uint32_t underruns;
};

/* Opens the sink for mono at `rate`. Errors are the sink's. */
enum status sound_open(struct sound *s, const struct sound_plan *plan, uint32_t rate,
                       struct err *e);

/* Both write in blocks. Errors are the sink's; STATUS_DEVICE only once waiting was in vain, or
 * before any sound. */
enum status sound_write(struct sound *s, const int16_t *pcm, uint32_t frames, struct err *e);
enum status sound_silence(struct sound *s, uint32_t milliseconds, struct err *e);

enum status sound_finish(struct sound *s, struct err *e);
/* Closes the sink if it is open. */
void sound_close(struct sound *s);

#endif
