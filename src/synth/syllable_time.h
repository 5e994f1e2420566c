/*
 * How long syllables and pauses take, for engines whose own times are not known: a rough model that
 * holds for any voice. It estimates the time of a sentence, and divides the sound of a sentence
 * among its words.
 *
 * The weights follow what is known of read Vietnamese: a syllable that ends in a vowel or a nasal
 * is longer than one that is stopped (p, t, c, ch), and the last one before a pause is longer than
 * the others. The figures are round ones, not fitted to any voice; tests/unit/test_syllable_time.c
 * compares them with espeak-ng's own times.
 */
#ifndef DOCBAO_SYNTH_SYLLABLE_TIME_H
#define DOCBAO_SYNTH_SYLLABLE_TIME_H

#include "synth/synth.h"

/* The terms of struct synth_timing, in milliseconds at SYLLABLE_TIME_RATE words a minute: they
 * shrink alike. */
enum { SYLLABLE_TIME_TERMS = 1, SYLLABLE_TIME_RATE = 170 };

/* As in struct synth_timing. */
void syllable_time_count(enum dialect dialect, const struct synth_word *words, size_t n,
                         double *terms);
void syllable_time_weigh(enum dialect dialect, const struct synth_settings *settings,
                         double *weights);

/* Divides `frames` of sound at `rate` frames a second among the words of `text`, a result of
 * plain_text_prepare. Silence at both ends is no word's; a pause of the sound is the pause after
 * the mark that it fits best. Calls `word` with the code point (from 0) at which each word starts
 * and the frame, in order, until it returns false. */
void syllable_time_divide(const char *text, const int16_t *pcm, uint32_t frames, uint32_t rate,
                          bool (*word)(void *to, uint32_t text_position, uint32_t frame), void *to);

/* For engines that are given ordinary spelling: as struct synth_engine.prepare. Words that are no
 * Vietnamese syllable are left out. */
void plain_text_prepare(const struct rules *rules, enum dialect dialect,
                        const struct synth_word *words, size_t n, struct buf *text,
                        uint32_t *positions);

/* The words of a text that plain_text_prepare has made; `rest` and `position` (0 at first) go on.
 * False: there is no further one. */
struct plain_word {
    struct sv spoken;
    char pause;
    uint32_t position; /* its code point */
};
bool plain_text_next(struct sv *rest, uint32_t *position, struct plain_word *word);

#endif
