/*
 * The tone: a band that is kept, a lift of the part that makes speech clear, and gentle
 * compression, for loudspeakers that have few lows and highs and stand in noise.
 *
 * The compressor looks ahead, so that the first wave of a loud syllable is not louder than the rest
 * of it, and it follows peaks. Before it the phases of voices are turned (as radio stations do):
 * their pulses, which are mostly higher on one side and narrow, become lower, and the limiter
 * behind has less to take away.
 *
 * Invariants: two channels have the same gain at every moment; the same sound gives the same
 * samples, however it was cut into pieces; as many frames come as went in; none is moved in time by
 * more than the filters themselves do (under 3 ms).
 */
#ifndef DOCBAO_SINK_MASTER_TONE_H
#define DOCBAO_SINK_MASTER_TONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"
#include "sink/master/biquad.h"
#include "sink/master/limiter.h"
#include "sink/sink.h"

enum { TONE_FILTERS = 7, TONE_STEP = 32, TONE_CHANNELS = 2 };

struct tone {
    struct biquad filters[TONE_CHANNELS][TONE_FILTERS];
    int count;
    uint32_t channels;
    double ratio;     /* of the compressor; 1: none */
    double threshold; /* the peak above which it works */
    /* It is a limiter that is told less than the peaks: what is above the threshold, divided. */
    struct limiter limiter;
    VEC(float) waiting; /* the steps whose gain is not known yet, then the present one */
    double gain;        /* at the last border whose gain is known */
    uint64_t steps;     /* that the limiter knows */
    uint64_t owed;      /* frames that went in and did not come yet */
};

/* Whether these settings change anything. */
bool tone_is_wanted(const struct sink_tone *settings);

/* Begins, with silence before; `rate`: frames a second; `channels`: 1 or 2, interleaved. */
void tone_open(struct tone *t, const struct sink_tone *settings, uint32_t rate, uint32_t channels);

/* Takes n frames; writes those that are ready to `out`, at most n + TONE_STEP, and gives how many.
 */
size_t tone_process(struct tone *t, const float *sound, size_t n, float *out);

/* The sound has ended: writes the next of what is still to come, at most TONE_STEP frames, and
 * gives how many; 0: there are no more. */
size_t tone_end(struct tone *t, float *out);

void tone_close(struct tone *t);

#endif
