/*
 * The way into a sink: blocks, silence, and what was handed on.
 *
 * Invariants: the sink gets at most `block` frames at a time (0: any number); what was handed on
 * is counted; after an error only sound_close may be called.
 */
#ifndef DOCBAO_SESSION_SOUND_H
#define DOCBAO_SESSION_SOUND_H

#include "sink/sink.h"

struct sound {
    const struct sink_driver *driver;
    void *state; /* NULL: not open */
    uint32_t rate;
    uint32_t block;
    uint64_t frames;   /* handed on so far */
    uint64_t first_ns; /* when the first of them was about to be (CLOCK_MONOTONIC) */
    uint64_t heard_ns; /* when a destination as slow as real time would have played them all */
    uint32_t underruns;
};

/* Opens the sink for mono at `rate`; `driver` and `block` must be set, the rest zero. Errors are
 * the sink's. */
enum status sound_open(struct sound *s, const char *target, uint32_t rate,
                       const volatile sig_atomic_t *stop, struct err *e);

/* Both write in blocks. Errors are the sink's. */
enum status sound_write(struct sound *s, const int16_t *pcm, uint32_t frames, struct err *e);
enum status sound_silence(struct sound *s, uint32_t milliseconds, struct err *e);

enum status sound_finish(struct sound *s, struct err *e);
/* Closes the sink if it is open. */
void sound_close(struct sound *s);

#endif
