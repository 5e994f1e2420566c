/*
 * True peaks: the highest level of the wave itself, also between its samples (ITU-R BS.1770-4,
 * annex 2), by four times as many samples.
 *
 * Invariants: sound is of one channel and comes in pieces of any size; a peak is given for each
 * block of `block` frames, once the frames after it that it depends on are there.
 */
#ifndef DOCBAO_SINK_MASTER_TRUE_PEAK_H
#define DOCBAO_SINK_MASTER_TRUE_PEAK_H

#include <stddef.h>

enum { TRUE_PEAK_PHASES = 3, TRUE_PEAK_HALF = 8, TRUE_PEAK_TAPS = 2 * TRUE_PEAK_HALF };

struct true_peak {
    /* What gives the wave at 1/4, 2/4 and 3/4 of the way from one frame to the next, from the
     * TRUE_PEAK_HALF frames on either side. */
    float taps[TRUE_PEAK_PHASES][TRUE_PEAK_TAPS];
};

/* Begins without samples. */
void true_peak_open(struct true_peak *t);

/* The peak of sound[0..n) and of the wave from each of these frames to the next. There must be
 * TRUE_PEAK_HALF - 1 frames before them and TRUE_PEAK_HALF after them. */
float true_peak_of(const struct true_peak *t, const float *sound, size_t n);

#endif
