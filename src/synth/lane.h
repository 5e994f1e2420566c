/*
 * The caller's end of a worker: sentences go in, events come out.
 *
 * Invariants:
 * - A lane has one ring and, one after another, any number of workers, each with a number of its
 *   own. All sentences of a worker have the same settings, unless its engine is apart.
 * - A worker gives its sentences back in the order in which it got them.
 * - If a sentence is spoken a second time (its zygote died), the same bytes come again, and what
 *   was already given to the caller is skipped: the caller notices nothing.
 */
#ifndef DOCBAO_SYNTH_LANE_H
#define DOCBAO_SYNTH_LANE_H

#include "synth/link.h"
#include "synth/pool.h"
#include "synth/ring.h"

struct lane;

/* A sentence on its way through the pool. */
struct asked {
    uint64_t number; /* in the order added */
    uint32_t id;
    struct buf text;
    struct buf settings;            /* encoded; empty: those of the start */
    struct sent_settings tuned;     /* for this sentence alone; rate 0: as `settings` */
    struct lane *lane;              /* that speaks it; NULL: none yet */
    uint32_t words, frames;         /* read from the ring since it was given to the lane */
    uint32_t words_out, frames_out; /* given to the caller, in all */
};

enum lane_state {
    LANE_FREE,  /* no worker */
    LANE_ASKED, /* the zygote was asked for a worker, which may run */
    LANE_ENDED, /* the worker has ended; its ring may still hold records to be read */
};

struct lane {
    struct ring *ring;
    uint32_t index; /* of the ring */
    uint64_t worker;
    enum lane_state state;
    int status;   /* LANE_ENDED: the worker's wait status */
    int socket;   /* -1: none */
    bool hung_up; /* nothing more will come from the socket */
    bool dropped; /* the zygote was asked to end the worker: it did not answer */
    struct buf settings;
    struct buf out; /* for the worker, from `out_done` on */
    size_t out_done;
    uint64_t sent;    /* bytes of text given to the worker */
    uint64_t last;    /* the number of the last sentence given to it */
    uint32_t pending; /* sentences given to it and not read to their end */
    uint32_t skip;    /* sentences before those that nobody wants any more */
    uint64_t at;      /* the reader's place in the ring */
    struct buf reason;
};

/* Sets *lane to one without a worker. The ring must outlive it. */
void lane_init(struct lane *lane, struct ring *ring, uint32_t index);
/* Forgets the worker and closes its socket. Sentences it had are the caller's care. */
void lane_clear(struct lane *lane);
/* Does that, and frees what the lane holds. */
void lane_free(struct lane *lane);

/* A worker for these settings was asked for; `socket` leads to it and is owned by the lane. */
void lane_begin(struct lane *lane, uint64_t worker, int socket, const struct buf *settings);
/* Gives the worker another sentence. */
void lane_give(struct lane *lane, struct asked *asked);
/* Nobody wants the sentences that it has; it goes on to the next ones. */
void lane_abandon(struct lane *lane);
/* Reads away what has come of sentences that nobody wants. Those of which the end has not come are
 * left in lane->skip. */
void lane_pass_over(struct lane *lane);
/* Sends what the socket takes now. */
void lane_send(struct lane *lane);
/* Reads the wakes away. */
void lane_drain_wakes(struct lane *lane);

/* Whether there is something for lane_send, and somebody to send it to. */
static inline bool lane_unsent(const struct lane *lane)
{
    return lane->out_done < lane->out.n && lane->socket >= 0;
}

/* Bytes of text that the worker has not finished. */
static inline uint64_t lane_load(const struct lane *lane)
{
    bool begun = atomic_load(&lane->ring->owner) == lane->worker;
    uint64_t done = begun ? atomic_load(&lane->ring->done) : 0;
    return done < lane->sent ? lane->sent - done : 0;
}

enum lane_read { LANE_NOTHING, LANE_EVENT, LANE_BROKEN };

/* Reads the next event of the lane's oldest sentence. LANE_BROKEN: the worker wrote nonsense. */
enum lane_read lane_read(struct lane *lane, struct asked *asked, struct pool_event *event);
/* Asks the worker for a wake. False: there is something to read already. */
bool lane_fall_asleep(struct lane *lane);
/* Lets the worker use the space again that has been read. */
void lane_release(struct lane *lane);

#endif
