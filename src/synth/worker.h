/*
 * A worker: a process of its own that speaks sentences into its ring, one after another.
 *
 * Invariants:
 * - The sound of a sentence depends on the text and the settings alone, because the worker puts
 *   its state back before each one (synth/restore.h). Before the second sentence it speaks the
 *   beginning of the first one again: if that does not give the same sound, it leaves with
 *   WORKER_NOT_RESTORABLE, and the zygote from then on starts a worker for each sentence.
 * - If the engine is apart, the worker starts it and keeps it: it puts no state back.
 * - When the caller cancels the sentences that it has (SENTENCE_CANCEL), it ends them early and
 *   goes on.
 * - It leaves with 0 when the caller has closed the socket, or when it cannot speak another
 *   sentence like a fresh process.
 */
#ifndef DOCBAO_SYNTH_WORKER_H
#define DOCBAO_SYNTH_WORKER_H

#include "synth/ring.h"
#include "synth/synth.h"

enum { WORKER_NOT_RESTORABLE = 90 };

struct worker_plan {
    const struct synth_engine *engine; /* started in this process or one it was forked from */
    struct ring *ring;
    int socket; /* sentences come in, wakes go out (synth/link.h) */
    uint32_t deadline_ms;
    bool once;    /* leave after one sentence */
    bool batch;   /* as in struct pool_options */
    bool cancels; /* SENTENCE_CANCEL may come */
    /* If the engine is apart: what to start it with, and the link on which the caller hears of it.
     * Otherwise NULL: it was started. */
    const struct synth_settings *settings;
    int link;
};

_Noreturn void worker_run(const struct worker_plan *plan);

/* Returns the time that one sentence may take: the deadline, and a millisecond for each byte, so
 * that a very long sentence on a very slow machine is not mistaken for a hang. */
static inline uint64_t worker_patience_ms(uint32_t deadline_ms, size_t text_bytes)
{
    return (uint64_t)deadline_ms + text_bytes;
}

#endif
