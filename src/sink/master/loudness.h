/*
 * Loudness as ITU-R BS.1770-4 defines it, from the energy of short blocks, so that it can be found
 * for sound whose level is changed from block to block without making that sound.
 *
 * Invariants: sound is of one channel; what is played by two equal channels is 3.01 LU louder.
 */
#ifndef DOCBAO_SINK_MASTER_LOUDNESS_H
#define DOCBAO_SINK_MASTER_LOUDNESS_H

#include <stdbool.h>
#include <stdint.h>

#include "sink/master/biquad.h"

/* The K weighting (annex 1): how the ear weighs frequencies. */
struct k_weight {
    struct biquad head, low; /* the shelf that stands for the head, and the high-pass */
};

/* Zeroes the filter and sets it for this rate, in frames a second. */
void k_weight_open(struct k_weight *k, uint32_t rate);

/* Filters one sample. */
static inline double k_weight_next(struct k_weight *k, double sample)
{
    return biquad_next(&k->low, biquad_next(&k->head, sample));
}

/* Gated loudness. Steps of 100 ms make gating blocks of 400 ms. Blocks are counted in bins of 0.01
 * LU, with the exact sum of their power, so that memory does not grow with the sound. */
enum { LOUDNESS_BINS = 9000, LOUDNESS_STEPS = 4 };

struct loudness_bin {
    uint64_t count;
    double power; /* their sum */
};

struct loudness_meter {
    double steps[LOUDNESS_STEPS]; /* the mean power of the last ones */
    uint64_t seen;                /* steps */
    struct loudness_bin bins[LOUDNESS_BINS];
};

/* Empties the meter. */
void loudness_begin(struct loudness_meter *m);

/* Takes the mean of the weighted samples' squares over the next 100 ms; a last step that is shorter
 * is left out. */
void loudness_step(struct loudness_meter *m, double mean_square);

/* The loudness in LUFS. False: there is no block above the absolute gate (silence, or less than
 * 400 ms). */
bool loudness_of(const struct loudness_meter *m, double *lufs);

#endif
