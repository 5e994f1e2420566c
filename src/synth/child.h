/*
 * The child: speaks the sentences of one unit into its slot, then leaves.
 */
#ifndef DOCBAO_SYNTH_CHILD_H
#define DOCBAO_SYNTH_CHILD_H

#include "synth/slot.h"
#include "synth/synth.h"

/* Reads sentences from `socket` until it is told that there are no more; ends the process. The
 * engine has been started in this process or the one it was forked from. */
_Noreturn void child_run(const struct synth_engine *engine, struct slot *slot, int socket,
                         uint32_t deadline_ms);

/* How long one sentence may take: the deadline, and a millisecond for each byte, so that a very
 * long sentence on a very slow machine is not mistaken for a hang. */
static inline uint64_t child_patience_ms(uint32_t deadline_ms, size_t text_bytes)
{
    return (uint64_t)deadline_ms + text_bytes;
}

#endif
