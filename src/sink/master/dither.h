/*
 * From real numbers to 16 bits, with triangular noise of one step on either side (TPDF), so that
 * what is rounded off becomes noise instead of distortion (Lipshitz, Wannamaker, Vanderkooy,
 * "Quantization and Dither", 1992).
 *
 * Invariants: the noise is the same in every run; exact silence stays silence.
 */
#ifndef DOCBAO_SINK_MASTER_DITHER_H
#define DOCBAO_SINK_MASTER_DITHER_H

#include <stddef.h>
#include <stdint.h>

struct dither {
    uint32_t noise; /* the state of a linear congruential generator */
};

/* Writes n samples to `out`, cut at full scale (1: full scale). */
void dither_samples(struct dither *d, const float *sound, size_t n, int16_t *out);

#endif
