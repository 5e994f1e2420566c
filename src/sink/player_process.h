/*
 * The process that drives the sound device, and what passes between it and its caller.
 *
 *     caller   ── order: PLAY frames · CUT · FINISH ──▶   player process ──▶ device
 *              ◀── report: READY · PLAYED · DONE · DEVICE name · FAILED text ──
 *
 * Invariants:
 * - Every order and report is one message of a SOCK_SEQPACKET socket.
 * - A cut is known by its generation, which stands in shared memory: so it is seen before the
 *   orders that are still queued. What an order of an older generation brings is never played,
 *   except for the few milliseconds in which the sound fades out.
 * - When either end dies the other sees the end of the socket. When the caller shuts its end, the
 *   process falls silent, whatever it was sent before.
 */
#ifndef DOCBAO_SINK_PLAYER_PROCESS_H
#define DOCBAO_SINK_PLAYER_PROCESS_H

#include <stdatomic.h>
#include <sys/types.h>

#include "sink/sink.h"

enum {
    PLAYER_PIECE = 256,  /* the most frames of one order */
    PLAYER_CHANNELS = 2, /* at the most */
    PLAYER_ABORTED = 70, /* exit code: a library aborted */
};

/* What both see; the caller alone writes. */
struct player_shared {
    atomic_uint generation;
    atomic_uint volume; /* percent */
};

enum player_order_kind { ORDER_PLAY = 1, ORDER_CUT, ORDER_FINISH };

/* ORDER_PLAY is followed by its samples. */
struct player_order {
    uint32_t kind;
    uint32_t generation;
    uint32_t frames;
};

enum player_report_kind {
    REPORT_READY = 1,
    REPORT_PLAYED,
    REPORT_DONE,
    REPORT_DEVICE,
    REPORT_FAILED,
};

/* REPORT_DEVICE is followed by a name, REPORT_FAILED by a text for people. */
struct player_report {
    uint32_t kind;
    uint32_t generation;
    uint32_t frames;    /* played: of one order; of an older generation they were dropped */
    uint32_t underruns; /* played: how often the device had run dry since the last report */
    int64_t time;       /* played: when the device took them, on the monotonic clock; ready: how
                           long it takes until they are heard; both in nanoseconds */
    uint32_t number;    /* device */
    uint32_t rate;      /* device */
    uint32_t is_default;
};

/* Turns this process, freshly forked by `parent`, into the player of `device`. */
_Noreturn void player_process_play(int fd, pid_t parent, const struct player_shared *shared,
                                   const char *device, const struct sink_format *format);

/* Turns this process into one that reports every device, then DONE. */
_Noreturn void player_process_list(int fd, pid_t parent);

#endif
