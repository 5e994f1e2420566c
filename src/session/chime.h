/*
 * The chime between two articles: two soft notes, the second a third higher.
 *
 * Invariants: it is computed, so it is the same on every call. It begins with 150 ms and ends with
 * 250 ms of silence, which separate it from the speech. Between them it sounds for 0.9 s, begins
 * and ends without a click, and peaks at -12 dB of full scale.
 */
#ifndef DOCBAO_SESSION_CHIME_H
#define DOCBAO_SESSION_CHIME_H

#include <stdint.h>

/* Its length in frames at `rate` frames a second (8,000 to 48,000). */
uint32_t chime_frames(uint32_t rate);

/* Writes chime_frames(rate) frames, mono, to `pcm`. */
void chime_make(uint32_t rate, int16_t *pcm);

#endif
