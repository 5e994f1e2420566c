/*
 * The chime between two articles: two soft notes, the second a third higher.
 *
 * Invariants: computed, so the same on every call; it begins with 150 ms and ends with 250 ms of
 * silence, so that it stands apart from what is read; between them it sounds for 0.9 s, comes and
 * goes without a click, and peaks at -12 dB of full scale.
 */
#ifndef DOCBAO_SESSION_CHIME_H
#define DOCBAO_SESSION_CHIME_H

#include <stdint.h>

/* How many frames it has at `rate` frames a second, 8,000 to 48,000. */
uint32_t chime_frames(uint32_t rate);

/* Writes so many frames, mono, to `pcm`. */
void chime_make(uint32_t rate, int16_t *pcm);

#endif
