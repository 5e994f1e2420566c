/*
 * The way into a sink that waits for nobody: silence, and what was handed on.
 *
 * Invariants: what the sink took is counted; after an error only sound_close may be called.
 */
#ifndef DOCBAO_SESSION_SOUND_H
#define DOCBAO_SESSION_SOUND_H

#include "sink/sink.h"

/* How a sound is opened; must outlive it. */
struct sound_plan {
    const struct sink_driver *driver;
    const char *target;
    const volatile sig_atomic_t *stop; /* or NULL */
};

struct sound {
    const struct sound_plan *plan;
    void *state; /* of the sink; NULL: not open */
    uint32_t rate;
    uint64_t frames;   /* taken by the sink so far */
    uint64_t first_ns; /* when the first frames were about to be handed on (CLOCK_MONOTONIC) */
};

/* Opens the sink for mono at `rate`. Errors are the sink's. */
enum status sound_open(struct sound *s, const struct sound_plan *plan, uint32_t rate,
                       struct err *e);

/* Errors are the sink's. */
enum status sound_write(struct sound *s, const int16_t *pcm, uint32_t frames, struct err *e);
enum status sound_silence(struct sound *s, uint32_t milliseconds, struct err *e);

enum status sound_finish(struct sound *s, struct err *e);
/* Closes the sink if it is open. */
void sound_close(struct sound *s);

#endif
