/*
 * The caller's side of the player process: starts it, sends orders, takes reports
 * (player_protocol.h).
 *
 * Invariants:
 * - At most AHEAD_MS of sound is sent before it is reported as played. That is far more than a
 *   device holds: a cut overtakes what is queued, and a busy machine makes no gap.
 * - No call waits longer than LOST_SECONDS for the process; it may be left hanging at any time.
 * - After an error only player_link_end may be called.
 */
#ifndef DOCBAO_SINK_PLAYER_LINK_H
#define DOCBAO_SINK_PLAYER_LINK_H

#include <sys/types.h>

#include "sink/player_protocol.h"
#include "sink/sink.h"

typedef void player_device_listener(void *user, uint32_t number, const char *name, bool is_default,
                                    uint32_t rate);

struct player_link {
    struct sink_format format;
    pid_t process; /* 0: ended and waited for */
    int fd;
    struct player_shared *shared; /* NULL: the process lists devices */
    uint32_t generation;
    bool ready, done;
    uint32_t queued, orders; /* frames and PLAY orders not yet reported, of any generation */
    uint32_t under_way;      /* frames of this generation among them */
    uint32_t underruns;
    uint64_t reported;                /* frames reported since open */
    uint64_t written, played;         /* frames since the last cut: sent; taken by the device */
    int64_t played_at;                /* when the last of `played` was taken; ns */
    int64_t latency;                  /* from there to the ear; ns */
    int64_t idle;                     /* how long nothing was reported, by whoever counts it; ns */
    player_device_listener *listener; /* of a process that lists devices */
    void *user;
};

/* Starts the process that plays. *link must be zeroed. Errors: STATUS_DEVICE (no process could be
 * started); nothing is then left to end. */
enum status player_link_start(struct player_link *link, const char *device,
                              const struct sink_format *format, struct err *e);

/* Starts one that lists devices. Errors: as above. */
enum status player_link_start_list(struct player_link *link, player_device_listener *listener,
                                   void *user, struct err *e);

/* Takes one report if there is one; *got says so. Errors: STATUS_DEVICE (it failed or ended),
 * STATUS_STOPPED. */
enum status player_link_receive(struct player_link *link, bool *got, struct err *e);

/* Takes reports until the condition holds. Errors: as player_link_receive, and STATUS_DEVICE after
 * LOST_SECONDS without a report. */
typedef bool player_condition(const struct player_link *link);
enum status player_link_wait(struct player_link *link, player_condition *holds, struct err *e);
/* For player_link_wait: the device is open; all is played; one more PLAY may be sent. */
bool player_link_is_ready(const struct player_link *link);
bool player_link_is_done(const struct player_link *link);
bool player_link_has_room(const struct player_link *link);

/* Returns the number of frames that may be sent now. */
uint32_t player_link_room(const struct player_link *link);

/* Sends one PLAY; frames <= PLAYER_PIECE. Errors: as player_link_wait. */
enum status player_link_play(struct player_link *link, const int16_t *pcm, uint32_t frames,
                             struct err *e);
/* All was sent: waits until it is played. Errors: as player_link_wait. */
enum status player_link_finish(struct player_link *link, struct err *e);

/* Drops the sound that was sent but not played. */
void player_link_cut(struct player_link *link);

/* The error for a device that has taken nothing for LOST_SECONDS; gives its status. */
enum status player_link_hung(struct err *e);
/* Whether a device that has been idle so long counts as hung. */
bool player_link_is_hung(int64_t idle_ns);

/* Silence at once; ends the process and frees what the link holds. A process that works closes its
 * device in good order within one piece of sound. */
void player_link_end(struct player_link *link);

#endif
