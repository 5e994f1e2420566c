/*
 * espeak-ng's time for a sentence: a sum over its syllables and punctuation marks.
 *
 * A syllable's time does not fall as 1 / speed, because each sound shrinks in its own way. Two
 * figures a sound are enough, its time at a slow and at a fast speed, with one curve for all sounds
 * that gives the weight of each figure at any speed. The figures and the curve are in timing.def,
 * for each dialect; tests/bench/time.c fits and checks them.
 */
#ifndef DOCBAO_SYNTH_ESPEAK_TIMING_H
#define DOCBAO_SYNTH_ESPEAK_TIMING_H

#include "synth/synth.h"

/* The terms of struct synth_timing. */
enum timing_term {
    TIMING_SLOW,      /* milliseconds that its syllables take at TIMING_SLOW_RATE */
    TIMING_FAST,      /* and at TIMING_FAST_RATE */
    TIMING_SENTENCE,  /* its beginning and end: one a sentence */
    TIMING_COMMA,     /* , inside it */
    TIMING_SEMICOLON, /* ; or : inside it */
    TIMING_QUESTION,  /* ? or ! inside it */
    TIMING_ASKING,    /* ? or ! at its end */
    TIMING_CURVED,    /* the terms before this one have a weight for each speed in timing.def */
    TIMING_SYLLABLES = TIMING_CURVED,
    TIMING_TERMS
};

/* Words a minute. */
enum { TIMING_SLOW_RATE = 100, TIMING_FAST_RATE = 350 };

/* Kinds of sounds: a syllable has one of EVERY, and at most one of each other kind. */
enum timing_kind {
    TIMING_EVERY,
    TIMING_ONSET,
    TIMING_NUCLEUS,
    TIMING_CODA,
    TIMING_TONE,
    TIMING_OPEN, /* ends in a vowel, before another syllable */
    TIMING_LAST, /* ends in a vowel, before a mark or the end of the sentence */
};

/* The rows of timing.def. */
enum timing_sound {
#define SOUND(kind, a, b, c, ...) TIMING_SOUND_##kind##_##a##_##b##_##c,
#define POINT(...)
#include "synth/espeak/timing.def"
#undef SOUND
#undef POINT
    TIMING_SOUNDS
};

/* As in struct synth_timing. */
void timing_count(enum dialect dialect, const struct synth_word *words, size_t n, double *terms);
void timing_weigh(enum dialect dialect, const struct synth_settings *settings, double *weights);

/* For tests/bench/time.c, which fits the model: how often each sound occurs, and the terms from
 * TIMING_SENTENCE on. */
void timing_parts(const struct synth_word *words, size_t n, uint32_t sounds[TIMING_SOUNDS],
                  double terms[TIMING_TERMS]);

#endif
