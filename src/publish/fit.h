/*
 * Brings a programme to a length: leaves out whole sentences, the least important first, and
 * stretches the pauses.
 *
 * Invariants:
 * - Nothing is known here but lengths: estimated ones, to choose what is spoken, then measured
 *   ones.
 * - Of a part that is kept, a run of sentences from its first on is kept, and never fewer than its
 *   `least`. A part with priority 0 is kept whole.
 * - A title is not announced unless its part is kept.
 * - The last part that is kept has no gap behind it.
 */
#ifndef DOCBAO_PUBLISH_FIT_H
#define DOCBAO_PUBLISH_FIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FIT_NO_PART UINT32_MAX

struct fit_sentence {
    double seconds, pause; /* the sound, and what is silent after it */
    uint32_t announces;    /* the part whose title it is; FIT_NO_PART: none */
    bool left_out;
};

struct fit_part {
    double fixed; /* seconds that no choice changes: a jingle, a bed before and after the speech */
    double gap;   /* after it */
    double between;    /* before it, if it follows a part of its kind: the sound between articles */
    unsigned priority; /* 1 the most important; 0: it must stay as it is */
    uint32_t first, sentences; /* of the programme's sentences, which are in order */
    uint32_t least;            /* the fewest sentences that are worth it */
    bool left_out;
};

struct fit {
    struct fit_part *parts;
    size_t part_count;
    struct fit_sentence *sentences;
    size_t sentence_count;
};

/* How long the programme is, with all pauses and gaps times `pauses` (1: as they are) and all
 * sentences divided by `speed`. */
struct fit_length {
    double fixed, speech, pauses; /* seconds, of what is kept */
};
struct fit_length fit_length(const struct fit *f);

static inline double fit_seconds(struct fit_length l, double pauses, double speed)
{
    return l.fixed + l.speech / speed + l.pauses * pauses;
}

/* Leaves out what must be, and no more, so that the programme is not longer than that. False: it is
 * longer with the least of everything. */
bool fit_choose(struct fit *f, double seconds);

/* Takes back all that was left out. */
void fit_restore(struct fit *f);

/* What is silent between sentence `index` and what comes next: its pause, or nothing at the end of
 * its part. */
double fit_pause_after(const struct fit *f, const struct fit_part *part, uint32_t index);

/* Whether the sentence is kept, and what it announces, too. */
bool fit_keeps(const struct fit *f, const struct fit_part *part, uint32_t index);

/* The last part that is kept; part_count: none. */
size_t fit_last_part(const struct fit *f);

/* Whether the sound between two articles comes before the part. */
bool fit_has_between(const struct fit *f, size_t part);

#endif
