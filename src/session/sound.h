/*
 * The output that is saved: a sink that nobody listens to, written as fast as it accepts sound, and
 * the stages before it.
 *
 * Invariants: frames that the sink accepted are counted; after an error only sound_close may be
 * called.
 */
#ifndef DOCBAO_SESSION_SOUND_H
#define DOCBAO_SESSION_SOUND_H

#include "sink/stage/staged_sink.h"

struct sound {
    struct staged_sink *sink; /* NULL: not open */
    uint32_t rate, channels;
    uint64_t frames;   /* accepted by the sink so far */
    uint64_t first_ns; /* when the first frames were about to be written (monotonic clock); 0:
                          never */
};

/* The destination. Everything it points to must outlive the sound. */
struct sound_options {
    const struct sink_driver *sink;
    const char *target;                   /* of the sink */
    const struct sink_delivery *delivery; /* of a file; or NULL */
    uint32_t channels;                    /* that are written; 0: one */
    const struct stage *stages;
    size_t stage_count;
    const volatile sig_atomic_t *stop; /* nonzero once the caller wants to stop; or NULL */
};

/* Opens the sink for sound at `rate`. Errors are the sink's and the stages'. */
enum status sound_open(struct sound *s, const struct sound_options *options, uint32_t rate,
                       struct err *e);

/* Write frames, interleaved, or silence of so many frames. Errors are the sink's. */
enum status sound_write(struct sound *s, const int16_t *pcm, uint32_t frames, struct err *e);
enum status sound_silence(struct sound *s, uint64_t frames, struct err *e);

/* As the functions of struct sink_driver; frames of marks are those of `frames` above. */
enum status sound_tags(void *sound, const struct sink_tags *tags, struct err *e);
enum status sound_mark(void *sound, const struct sink_mark *mark, struct err *e);

/* Completes the sink: all sound was written. Errors are the sink's. */
enum status sound_finish(struct sound *s, struct err *e);
/* Closes the sink if it is open. */
void sound_close(struct sound *s);

#endif
