/*
 * Estimates the time that sentences take, before they are spoken.
 *
 * Invariants:
 * - What is kept of a sentence does not depend on the speed: any range at any speed may be asked
 *   for at any time, at the same cost, however many sentences there are.
 * - Pauses between sentences are added as they are; they do not shrink with the speed.
 */
#ifndef DOCBAO_SYNTH_ESTIMATE_H
#define DOCBAO_SYNTH_ESTIMATE_H

#include "base/vec.h"
#include "synth/voice.h"

/* Zeroed, it has no voice and gives 0 ms for everything. */
struct estimate {
    const struct synth_engine *engine; /* NULL: no voice */
    struct voice voice;                /* a copy */
    enum dialect dialect;
    /* For each sentence and one more: each term and the pauses, added up over all sentences before
     * it. Empty until estimate_add is called. */
    VEC(double) sums;
};

/* Forgets all sentences and copies the voice; `dialect` is the one that the text was read in. */
void estimate_begin(struct estimate *e, const struct voice *voice, enum dialect dialect);

/* Adds the next sentence, which is spoken at `rate_percent` of the rate of the others, and the
 * pause after it. */
void estimate_add(struct estimate *e, const struct synth_word *words, size_t n,
                  uint32_t rate_percent, uint32_t pause_ms);

/* The number of sentences added. */
uint32_t estimate_sentences(const struct estimate *e);

/* The milliseconds that the sentences from `from` to before `to` (cut to those there are) take at
 * `percent` of the voice's rate, with the pause after each. */
uint64_t estimate_ms(const struct estimate *e, uint32_t from, uint32_t to, uint32_t percent);

/* Frees what it holds, not the struct itself. */
void estimate_free(struct estimate *e);

#endif
