/*
 * A unit as the caller's side of the pool sees it: a run of sentences, the child that makes them,
 * and how far both the child's stream and the caller are.
 *
 * Invariants:
 * - A child makes the sentences from `base` on. `stream` is the place in what it made, `given` the
 *   place up to which the caller has had it. When a child has to be started again from the same
 *   base (its zygote died), it makes the same bytes again, and what lies before `given` is
 *   skipped: the caller notices nothing.
 * - A lost sentence moves `base` behind it.
 */
#ifndef DOCBAO_SYNTH_UNIT_H
#define DOCBAO_SYNTH_UNIT_H

#include "base/vec.h"
#include "synth/pool.h"
#include "synth/slot.h"

struct asked {
    uint32_t id;
    uint32_t length;
    char *text;
};

struct place {
    size_t sentence;
    uint32_t words, frames; /* inside that sentence */
};

enum unit_state {
    UNIT_WAITING, /* no child */
    UNIT_ASKED,   /* the zygote was asked for a child, which may run */
    UNIT_ENDED,   /* the child has ended; what it made may still wait to be read */
};

struct unit {
    uint64_t number; /* of the present child; a new one for each */
    enum unit_state state;
    int status;        /* UNIT_ENDED: the child's wait status */
    struct slot *slot; /* or NULL; kept from child to child */
    uint32_t slot_index;
    int socket;   /* -1: none */
    bool hung_up; /* the socket has nothing more to say */
    bool dropped; /* the zygote was asked to end the child: it did not answer */
    VEC(struct asked) sentences;
    size_t bytes;        /* of all texts */
    bool closed;         /* no sentence will be added */
    struct buf settings; /* what the child is told before its first sentence; or empty */
    bool settings_fed;
    size_t base, fed; /* sentences: the child's first; put into `out` so far */
    bool end_fed;
    struct buf out; /* for the child, from `out_done` on */
    size_t out_done;
    uint64_t at; /* the place in the slot */
    struct place stream, given;
    struct buf reason;
    bool reason_over; /* it was told, or is one of a child that is gone: the next call drops it */
};

struct unit *unit_new(void);
void unit_add(struct unit *u, uint32_t id, struct sv text);
/* Ends the connection with the child and frees all. */
void unit_free(struct unit *u);

/* Forgets the present child and makes ready for another one from `base` on. */
void unit_restart(struct unit *u, size_t base);
/* A child was asked for; `socket` leads to it. */
void unit_asked(struct unit *u, uint64_t number, int socket);
/* Sends what the child should have and can take now. */
void unit_feed(struct unit *u);
/* Reads the wakes away. */
void unit_drain_wakes(struct unit *u);

static inline bool unit_unsent(const struct unit *u)
{
    return u->out_done < u->out.n && u->socket >= 0;
}
/* Its child makes again what has been given in full already. */
static inline bool unit_replays(const struct unit *u)
{
    return u->stream.sentence < u->given.sentence;
}
static inline bool unit_has_work(const struct unit *u)
{
    return u->base < u->sentences.n;
}
/* Everything asked so far has been given. */
static inline bool unit_given(const struct unit *u)
{
    return u->given.sentence == u->sentences.n;
}

enum unit_read { UNIT_NOTHING, UNIT_EVENT, UNIT_BROKEN };

/* Reads up to the next event for the caller. UNIT_BROKEN: the child wrote nonsense. */
enum unit_read unit_read(struct unit *u, struct pool_event *event);
/* Asks the child for a wake. False: there is something to read already. */
bool unit_fall_asleep(struct unit *u);
/* Lets the child use again what has been read. */
void unit_release(struct unit *u);
/* The sentence under way is lost; the rest waits for another child. `why` stays valid until the
 * next call for this unit. */
void unit_lose(struct unit *u, struct pool_event *event);

#endif
