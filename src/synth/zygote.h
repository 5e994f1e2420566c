/*
 * The processes of the pool: a keeper that starts zygotes, and a zygote that starts workers.
 *
 * Invariants:
 * - Both have one thread. The keeper never touches the engine, so that it lives whatever the
 *   engine does; it is forked before the caller has threads, so that a new zygote can be forked
 *   at any later time.
 * - The zygote loads the engine once and never speaks: its workers are forks of it, and all begin
 *   in the same state. If the engine is apart, the zygote only starts workers; each confines itself
 *   and starts an engine.
 * - A process ends when the link to the caller closes, so nothing outlives the caller. When a
 *   zygote ends, its workers end before the next zygote starts.
 * - Signals for the caller (Ctrl-C, a closed terminal) are ignored: the caller decides.
 */
#ifndef DOCBAO_SYNTH_ZYGOTE_H
#define DOCBAO_SYNTH_ZYGOTE_H

#include "synth/ring.h"
#include "synth/synth.h"

struct zygote_plan {
    const struct synth_engine *engine;
    const struct synth_settings *settings;
    struct ring *rings; /* shared memory */
    uint32_t ring_count;
    uint32_t jobs; /* workers at once */
    uint32_t deadline_ms;
    bool batch, identify, on_demand; /* as in struct pool_options */
    bool cancels;                    /* workers may be told that sentences are not wanted */
};

/* In a process fresh from fork: serves the caller at the other end of `link`, then ends. */
_Noreturn void keeper_run(const struct zygote_plan *plan, int link);

#endif
