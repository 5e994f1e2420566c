/*
 * The same sound at another rate, piece by piece.
 *
 * Invariants:
 * - What has been put in so far and what has come out so far differ by what the filter still holds;
 *   after resample_flush as much has come out as was put in, in time, give or take one frame.
 * - The same sound gives the same samples, however it was cut into pieces.
 */
#ifndef DOCBAO_SINK_RESAMPLE_H
#define DOCBAO_SINK_RESAMPLE_H

#include <stdint.h>

struct resample;

/* From `from` to `to` frames a second, 1 or 2 channels interleaved; NULL where that is impossible.
 * The caller frees it by resample_close. */
struct resample *resample_open(uint32_t from, uint32_t to, uint32_t channels);

/* Takes `frames` and gives what can be told by now: *count frames (or none), which belong to the
 * resampler and stand until the next put or flush. */
const int16_t *resample_put(struct resample *r, const int16_t *pcm, uint32_t frames,
                            uint32_t *count);

/* The sound ends here: gives the rest as resample_put does. What is put in next is a new sound. */
const int16_t *resample_flush(struct resample *r, uint32_t *count);

/* Drops what it holds: what is put in next is a new sound. */
void resample_clear(struct resample *r);

/* How far what comes out lies behind what is put in, in nanoseconds. */
int64_t resample_delay(const struct resample *r);

void resample_close(struct resample *r);

#endif
