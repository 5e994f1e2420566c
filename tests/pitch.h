/*
 * Measures the melody of speech: the fundamental frequency (F0) of its voiced parts.
 *
 * Method: at half the rate of the sound, in windows of 40 ms, one every 10 ms, the lag with the
 * highest normalized autocorrelation, found to a fraction of a sample by a parabola through its
 * neighbours. A window is voiced if that is 0.6 and more and the window is not 30 dB below the
 * loudest. Of several lags nearly as good the shortest is taken, because a multiple of the period
 * is as good as the period. The values beside a sudden jump of more than a third are left out.
 */
#ifndef DOCBAO_TESTS_PITCH_H
#define DOCBAO_TESTS_PITCH_H

#include <stddef.h>
#include <stdint.h>

enum { PITCH_STEP_MS = 10, PITCH_LEAST_HZ = 55, PITCH_MOST_HZ = 450 };

/* Sets hz[0 .. n) to the F0 at 0, 10, 20 ms …; 0 where the sound is not voiced. Returns n, at most
 * `most`. */
size_t pitch_track(const int16_t *pcm, size_t frames, uint32_t rate, double *hz, size_t most);

/* The median of the voiced values, 0 if there are none. */
double pitch_median(const double *hz, size_t n);

/* From one frequency to another. */
double pitch_semitones(double from, double to);

#endif
