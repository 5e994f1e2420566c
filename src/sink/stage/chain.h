/*
 * Stages one after another, as one.
 *
 * Invariants:
 * - An empty chain gives what it takes: the same samples at the same address.
 * - What a function gives belongs to the chain and is valid until the next call.
 */
#ifndef DOCBAO_SINK_STAGE_CHAIN_H
#define DOCBAO_SINK_STAGE_CHAIN_H

#include "sink/stage/stage.h"

struct chain;

/* Opens the stages, first to last. `stages` is copied; their settings must outlive the chain.
 * Errors are the stages'; then *out is NULL. The caller closes *out with chain_close. */
enum status chain_open(struct chain **out, const struct stage *stages, size_t count,
                       const struct stage_format *in, struct err *e);

/* The format of the sound that leaves the chain. */
struct stage_format chain_format(const struct chain *c);

/* Takes `frames` and gives what comes out by now: *count frames, maybe none. */
const int16_t *chain_process(struct chain *c, const int16_t *pcm, uint32_t frames, uint32_t *count);

/* The sound ends here: gives all that is held, *count frames. The next input is a new sound. */
const int16_t *chain_flush(struct chain *c, uint32_t *count);

/* The sound was cut: drops all that is held. What comes in next is a new sound. */
void chain_clear(struct chain *c);

/* Returns the longest time that sound is held, in nanoseconds, give or take 1 ms; 0: it is not
 * held. */
int64_t chain_latency(const struct chain *c);

/* The frame out that is heard when this frame in is. */
uint64_t chain_frame(const struct chain *c, uint64_t frame);

/* NULL is allowed. */
void chain_close(struct chain *c);

#endif
