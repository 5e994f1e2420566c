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

#define RESAMPLER_SYMBOL "docbao_resampler"

struct resampler_driver {
    /* From `from` to `to` frames a second, 1 or 2 channels interleaved; NULL where that is
     * impossible. */
    void *(*open)(uint32_t from, uint32_t to, uint32_t channels);
    /* Takes up to `frames` of `pcm` (NULL: the sound has ended) and writes up to `room` frames to
     * `out`; *taken and *given are the frames that were. False: nothing moved. */
    bool (*process)(void *resampler, const int16_t *pcm, size_t frames, size_t *taken, int16_t *out,
                    size_t room, size_t *given);
    void (*close)(void *resampler);
};

#endif
