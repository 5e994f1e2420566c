/*
 * docbao-resample.so (src/module/resample.c) exports these functions. They change the sample rate.
 *
 * Invariants: the module knows nothing of the rest of docbao; a `resampler` is what `open` made.
 */
#ifndef DOCBAO_SINK_STAGE_RESAMPLER_H
#define DOCBAO_SINK_STAGE_RESAMPLER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define RESAMPLER_SYMBOL "docbao_resampler"

struct resampler_driver {
    /* From `from` to `to` frames a second, 1 or 2 channels interleaved; NULL where that is
     * impossible. Samples are int16_t, or, where `real` is set, float. */
    void *(*open)(uint32_t from, uint32_t to, uint32_t channels, bool real);
    /* Takes up to `frames` of `pcm` (NULL: the sound has ended) and writes up to `room` frames to
     * `out`; *taken and *given are the frames that were. False: nothing moved. */
    bool (*process)(void *resampler, const void *pcm, size_t frames, size_t *taken, void *out,
                    size_t room, size_t *given);
    void (*close)(void *resampler);
};

/* Loads the module. Errors: STATUS_USAGE (it is not installed; the message says what cannot be done
 * without it); then *driver is NULL. */
enum status resampler_load(const struct resampler_driver **driver, uint32_t from, uint32_t to,
                           struct err *e);

/* Opens a resampler, as the driver does. Errors: STATUS_USAGE (impossible); then NULL. */
void *resampler_open(const struct resampler_driver *driver, uint32_t from, uint32_t to,
                     uint32_t channels, bool real, struct err *e);

#endif
