/*
 * Cues: a timed sentence in pieces that fit a screen.
 *
 * Invariants: a cue has one or two lines of at most CUE_LINE characters. A sentence that needs more
 * is cut behind a mark (a comma, a bracket, a dash) where one stands in the second half of what
 * fits, otherwise between words, and so that no scrap is left over.
 */
#ifndef DOCBAO_PUBLISH_CUE_H
#define DOCBAO_PUBLISH_CUE_H

#include "publish/timed.h"

enum { CUE_LINE = 42 };

struct caption {
    uint64_t start, end;        /* microseconds */
    size_t first, second, past; /* words: of the first line, of the second, behind them; the second
                                   line may be empty */
};

/* The cue that begins with the word `first` (t->words.n > first). */
struct caption cue_at(const struct timed *t, size_t first);

#endif
