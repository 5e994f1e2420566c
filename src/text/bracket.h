/*
 * Brackets that say again what is right before them: Côn Minh (Kunming), nốc-ao (knock-out),
 * Mác-tin Chung-oong (Martin Chungong). Only what was said shows it, so the bracket is read, and
 * taken back.
 *
 * Source: the transcriptions in Nhân Dân, Quân đội nhân dân and of VOV, which have the name in its
 * own spelling in a bracket behind them, or stand in the bracket themselves.
 */
#ifndef DOCBAO_TEXT_BRACKET_H
#define DOCBAO_TEXT_BRACKET_H

#include "text/utterance.h"

/* The bracket that was opened last, and how much had been said before it and its pause. */
struct bracket {
    uint32_t atom;
    struct said before;
};

/* Whether the bracket that closes at atom `close` was opened in this sentence, and what was said in
 * it was said right before it: the same syllables, or in a name that is transcribed with hyphens
 * on one side, most of their onsets. A bracket with numbers alone never does: 0-0 (0-0). */
bool bracket_repeats(const struct bracket *b, const struct article *a, const struct view *v,
                     uint32_t close);

#endif
