/*
 * How a sentence is read aloud beside the way in which the voice reads: the rows of styles.tsv.
 *
 * Invariants: a style changes the sound and the pauses, never the words. A sentence without a style
 * (0) is read as the voice reads.
 */
#ifndef DOCBAO_RULES_STYLE_H
#define DOCBAO_RULES_STYLE_H

#include "rules/rules.h"

struct style_figures {
    int32_t rate;         /* percent of the voice's */
    int32_t pitch, range; /* points added to the voice's */
    int32_t pause;        /* percent of the voice's pauses */
    int32_t breath;       /* milliseconds a syllable, of the pause inside a block */
};

/* The figures of a style, enum style; without one, or without a row for it, those that change
 * nothing. */
struct style_figures style_figures(const struct rules *r, unsigned style);

#endif
