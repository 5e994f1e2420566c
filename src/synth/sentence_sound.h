/*
 * The sound of one sentence on its way to the pool: at the voice's volume, never without end, and
 * with word times of our own where the engine tells none.
 *
 * Invariants:
 * - No more sound is passed on than a sentence of so many words can have at the slowest speed.
 * - Sound that the engine makes at one speed only is made faster or slower here; frames that the
 *   engine tells, and those that are counted, are its own.
 * - If the engine tells no words, the sound is held until it is complete, and then given with the
 *   times of the words before it.
 */
#ifndef DOCBAO_SYNTH_SENTENCE_SOUND_H
#define DOCBAO_SYNTH_SENTENCE_SOUND_H

#include "base/vec.h"
#include "synth/speed.h"
#include "synth/syllable_time.h"

struct sentence_sound {
    const struct synth_output *out;
    const char *text;
    uint32_t rate;                    /* frames a second */
    uint32_t volume;                  /* percent */
    bool held;                        /* the engine tells no words */
    const struct speed_driver *speed; /* NULL: it is not needed */
    double by;                        /* how much faster `speed` makes it */
    void *stretched;                  /* while a sentence comes; NULL: as it is */
    uint64_t given;                   /* frames passed on, or held */
    bool unwanted;                    /* nobody takes any more */
    uint64_t frames, most;
    uint32_t last_word; /* index + 1 of the last word told */
    uint64_t last_frame;
    VEC(int16_t) pcm;        /* what is held */
    VEC(int16_t) block;      /* what comes at once */
    VEC(uint32_t) positions; /* of the words */
};

/* Begins a sentence. `text` is a result of plain_text_prepare; all must outlive the sound. */
void sentence_sound_begin(struct sentence_sound *s, const char *text,
                          const struct synth_output *out);
/* The engine tells that a word is heard from this frame on. False: that cannot be. */
bool sentence_sound_word(struct sentence_sound *s, uint32_t word, uint32_t frame);
/* Takes samples, least byte first. False: this is more than any sentence has. */
bool sentence_sound_add(struct sentence_sound *s, struct sv bytes);
/* The sentence is complete: gives what was held. */
void sentence_sound_end(struct sentence_sound *s);
/* Frees what it holds, to be used again. */
void sentence_sound_free(struct sentence_sound *s);

#endif
