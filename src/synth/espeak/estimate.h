/*
 * How long sentences take, before they are spoken.
 *
 * The engine's time for a sentence is a sum over its syllables and its marks. What a syllable takes
 * does not fall as 1 / speed: each sound shrinks in its own way. But two figures a sound are
 * enough, its time at a slow speed and at a fast one, and one curve for all sounds that says how
 * much of each counts at the speed asked for. The figures and the curve stand in estimate.def, for
 * each dialect; tests/bench/time.c makes and checks them.
 *
 * Invariants:
 * - What is kept of a sentence does not depend on the speed: any speed may be asked for at any
 *   time, at the same cost, whatever the number of sentences.
 * - Pauses between sentences are those of the article, and do not shrink with the speed.
 */
#ifndef DOCBAO_SYNTH_ESPEAK_ESTIMATE_H
#define DOCBAO_SYNTH_ESPEAK_ESTIMATE_H

#include "synth/voice.h"
#include "text/normalize.h"

/* What the time of a sentence consists of. */
enum estimate_term {
    ESTIMATE_SLOW,      /* milliseconds its syllables take at ESTIMATE_SLOW_RATE */
    ESTIMATE_FAST,      /* and at ESTIMATE_FAST_RATE */
    ESTIMATE_SENTENCE,  /* its beginning and end: one a sentence */
    ESTIMATE_COMMA,     /* , inside it */
    ESTIMATE_SEMICOLON, /* ; or : inside it */
    ESTIMATE_STOP,      /* ? or ! inside it */
    ESTIMATE_ASKING,    /* ? or ! at its end */
    ESTIMATE_CURVED,    /* those above have a coefficient at each speed, those below have none */
    ESTIMATE_SYLLABLES = ESTIMATE_CURVED,
    ESTIMATE_PAUSES, /* milliseconds behind it */
    ESTIMATE_TERMS
};

/* Words a minute. */
enum { ESTIMATE_SLOW_RATE = 100, ESTIMATE_FAST_RATE = 350 };

/* The sounds that are told apart: a syllable is one of EVERY, and may have one of each other. */
enum estimate_kind {
    ESTIMATE_EVERY,
    ESTIMATE_ONSET,
    ESTIMATE_NUCLEUS,
    ESTIMATE_CODA,
    ESTIMATE_TONE,
    ESTIMATE_OPEN, /* ends in a vowel, before another syllable */
    ESTIMATE_LAST, /* the same before a mark, or at the end */
};

/* The number of rows of estimate.def. */
enum estimate_sound {
#define SOUND(kind, a, b, c, ...) ESTIMATE_SOUND_##kind##_##a##_##b##_##c,
#define POINT(...)
#include "synth/espeak/estimate.def"
#undef SOUND
#undef POINT
    ESTIMATE_SOUNDS
};

/* Of a reading, the voice it was made for, and how its times add up. */
struct estimate {
    uint32_t rate; /* words a minute at 100 per cent */
    bool variant;  /* the engine's voice is a variant, such as vi+Annie */
    VEC(double)
    sums; /* ESTIMATE_TERMS for all sentences before each, and for all; empty: not yet
             asked for */
};

/* An article was read (again) for this voice: what was kept is dropped. Zeroed is a good start. */
void estimate_begin(struct estimate *e, const struct voice *voice);

/* Milliseconds for the sentences from `from` to below `to` (cut to what there is) at `percent` of
 * the voice's rate, the pause behind each included. */
uint64_t estimate_ms(struct estimate *e, const struct article *a, uint32_t from, uint32_t to,
                     uint32_t percent);

void estimate_free(struct estimate *e);

/* ---- for tests/bench/time.c ---- */

/* How often each sound and each mark (from ESTIMATE_SENTENCE on) occurs in a sentence. */
void estimate_count(const struct article *a, const struct sentence *s,
                    uint32_t sounds[ESTIMATE_SOUNDS], double terms[ESTIMATE_TERMS]);

#endif
