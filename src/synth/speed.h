/*
 * docbao-speed.so (speed.c) exports these functions. They make speech faster or slower without
 * making it higher or lower: whole periods of its melody are left out, or repeated, where they are
 * most alike.
 *
 * espeak-ng would do that itself from 450 words a minute on, but from its slow sound: four times as
 * dear, and slower than without up to 525.
 *
 * Invariants: the same sound gives the same bytes, however it is divided. What comes out may be a
 * period of the melody ahead of the speed; the caller counts the frames.
 */
#ifndef DOCBAO_SYNTH_SPEED_H
#define DOCBAO_SYNTH_SPEED_H

#include <stdbool.h>
#include <stdint.h>

#define SPEED_SYMBOL "docbao_speed"

struct speed_driver {
    /* For sound of `rate` frames a second; NULL: there is no memory. */
    void *(*open)(uint32_t rate, double speed);
    /* Adds sound. False: there is no memory. */
    bool (*add)(void *s, const int16_t *pcm, uint32_t frames);
    /* All was added: what is left comes out, and silence after it. */
    bool (*end)(void *s);
    /* Writes at most `room` frames to `out`, and returns how many; 0: there are none yet. */
    uint32_t (*take)(void *s, int16_t *out, uint32_t room);
    void (*close)(void *s);
};

#endif
