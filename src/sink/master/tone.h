/*
 * The tone: a band that is kept, a lift of the part that makes speech clear, and gentle
 * compression, for loudspeakers that have few lows and highs and stand in noise.
 *
 * Invariants: sound is of one channel; the same sound gives the same samples, however it was cut
 * into pieces; no sample is moved in time by more than the filters themselves do (under 1 ms).
 */
#ifndef DOCBAO_SINK_MASTER_TONE_H
#define DOCBAO_SINK_MASTER_TONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sink/master/biquad.h"
#include "sink/sink.h"

enum { TONE_FILTERS = 5 };

struct tone {
    struct biquad filters[TONE_FILTERS];
    int count;
    double ratio;     /* of the compressor; 1: none */
    double threshold; /* power above which it works */
    double power;     /* of the sound, as the compressor sees it */
    double rise, fall;
    double gain;     /* of the compressor at the last step */
    double change;   /* of the gain, per frame */
    uint32_t inside; /* frames of the present step */
};

/* Whether these settings change anything. */
bool tone_is_wanted(const struct sink_tone *settings);

/* Begins, with silence before; `rate`: frames a second. */
void tone_open(struct tone *t, const struct sink_tone *settings, uint32_t rate);

/* Changes the samples in their place. */
void tone_process(struct tone *t, float *sound, size_t n);

#endif
