/*
 * A limiter that looks ahead: from the peaks of short blocks, the gain at each border between two
 * blocks, so that no peak exceeds the ceiling. Between the borders the gain goes in a straight
 * line.
 *
 * Invariants:
 * - The gain goes down before a peak and comes back slowly after it; it makes no step.
 * - Gains come LIMITER_DELAY blocks after the peak of the block behind the border.
 * - The same peaks give the same gains.
 */
#ifndef DOCBAO_SINK_MASTER_LIMITER_H
#define DOCBAO_SINK_MASTER_LIMITER_H

#include <stdint.h>

enum {
    LIMITER_REACH = 2,
    LIMITER_WINDOW = 2 * LIMITER_REACH + 1,
    LIMITER_DELAY = 2 * LIMITER_REACH
};

struct limiter {
    double gain;                  /* before limiting */
    double ceiling;               /* the highest peak that may be; 1: full scale */
    double rise;                  /* how much of the way back is gone in a block */
    double need;                  /* of the last block: the most gain that it bears */
    double needs[LIMITER_WINDOW]; /* of the last borders */
    double held[LIMITER_WINDOW];  /* the same with the slow way back */
    uint64_t seen;                /* blocks */
};

/* `blocks_a_second`: how long blocks are. */
void limiter_begin(struct limiter *l, double gain, double ceiling, double blocks_a_second);

/* Takes the peak of block i (0 behind the end); gives the gain, the whole of it, at the border
 * before block i - LIMITER_DELAY. */
double limiter_next(struct limiter *l, double peak);

#endif
