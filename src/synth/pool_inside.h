/*
 * The files of the pool share this header: pool.c has the sentences, pool_workers.c the processes.
 *
 * Invariants: `asked` is in the order added; sentences before `first` were given to the caller.
 * The keeper is the only child of the caller: zygotes are started by it, workers by a zygote.
 */
#ifndef DOCBAO_SYNTH_POOL_INSIDE_H
#define DOCBAO_SYNTH_POOL_INSIDE_H

#include <sys/types.h>

#include "base/vec.h"
#include "synth/lane.h"

enum {
    JOBS_MAX = 64,
    GRACE_MS = 1000, /* for what should take no time at all */
};

struct zygote_plan;

struct pool {
    const struct synth_engine *engine;
    pid_t keeper, zygote_pid;
    int keeper_link;
    int zygote_link;                      /* -1: the keeper was asked for a zygote */
    uint32_t jobs, deadline_ms, start_ms; /* as in struct pool_options */
    uint32_t rate;                        /* 0: the engine has not started yet */
    bool begun;                           /* the engine was wanted */
    bool has_build;                       /* `build` is known, or nothing will be */
    struct buf build;
    struct err failed; /* the engine or the zygotes cannot start: final */
    uint32_t restarts; /* of zygotes, since the last sentence was made */
    bool once;         /* each worker speaks one sentence */
    bool spare;        /* as in struct pool_options */

    struct ring *rings;
    uint32_t lane_count; /* and of rings */
    struct lane *lanes;
    uint64_t last_worker; /* the number of the newest one */

    VEC(struct asked) asked; /* in order, from `first` on; the first is being given */
    size_t first;
    uint64_t added;               /* sentences, in all */
    size_t unassigned;            /* no sentence before this one waits for a lane */
    struct buf started, settings; /* those of the start, and those for the next sentence */
    struct buf reason;            /* of the last lost sentence */
    bool finished;
    struct lane *in_use; /* its last event is still in use by the caller, or NULL */

    uint64_t waited_ms;  /* in pool_next, for the first sentence, without any news */
    uint64_t outside_ms; /* when the caller began to wait elsewhere; 0: it does not */
    VEC(struct pollfd) wanted;
};

/* The sentence that is being given, or NULL. */
static inline struct asked *pool_front(struct pool *p)
{
    return p->first < p->asked.n ? &p->asked.at[p->first] : NULL;
}

/* Starts the keeper, which starts the first zygote. Errors: STATUS_INPUT. */
enum status workers_start(struct pool *p, struct zygote_plan *plan, struct err *e);
/* Has the first zygote started, if the keeper waits for that. */
void workers_begin(struct pool *p);
/* Ends all processes and waits for them. */
void workers_stop(struct pool *p);

/* Handle what the keeper or the zygote have sent. */
void workers_read_keeper(struct pool *p);
void workers_read_zygote(struct pool *p);

/* Gives waiting sentences to lanes, in order, as far as lanes have room. */
void workers_assign(struct pool *p);
/* Frees a lane whose worker has ended; its sentences wait for another worker. */
void workers_take_back(struct pool *p, struct lane *lane);
/* Ends all workers that are speaking at once; all sentences must be gone. */
void workers_cancel(struct pool *p);

/* The first sentence is long overdue: ends its worker, or if that does not help the zygote. */
void workers_end_overdue(struct pool *p);
/* Has the zygote end the lane's worker. False: it does not take the message now. */
bool workers_drop(struct pool *p, const struct lane *lane);

#endif
