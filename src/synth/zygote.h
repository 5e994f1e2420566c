/*
 * The processes behind the pool: a keeper that starts zygotes, a zygote that starts children.
 *
 * Invariants:
 * - Both have one thread. The keeper never touches the engine, so that it lives whatever the
 *   engine does; it is forked before the caller has threads, so that a new zygote can be forked
 *   at any later time.
 * - A process ends when the link to the caller closes, so nothing outlives the caller. When a
 *   zygote ends, its children end, before the next zygote starts.
 * - Signals for the caller (Ctrl-C, a closed terminal) do not reach them: the caller decides.
 */
#ifndef DOCBAO_SYNTH_ZYGOTE_H
#define DOCBAO_SYNTH_ZYGOTE_H

#include "synth/slot.h"
#include "synth/synth.h"

struct zygote_plan {
    const struct synth_engine *engine;
    const struct synth_settings *settings;
    struct slot *slots; /* shared memory */
    uint32_t slot_count, jobs, deadline_ms;
};

/* In a process fresh from fork: serves the caller at the other end of `link`, then ends. */
_Noreturn void keeper_run(const struct zygote_plan *plan, int link);

#endif
