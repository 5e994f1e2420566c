/*
 * The messages between the player's caller and the process that drives the sound device.
 *
 *     caller   ── orders: PLAY samples · CUT · FINISH ──▶   player process ──▶ device
 *              ◀── reports: READY · PLAYED · DONE · DEVICE name · FAILED text ──
 *
 *     caller                            player process
 *       │ ─────────── fork ───────────────▶ │ opens the device
 *       │ ◀── READY (latency) ───────────── │
 *       │ ─── PLAY 256 frames ────────────▶ │
 *       │ ─── PLAY 256 frames ────────────▶ │ writes to the device
 *       │ ◀── PLAYED (256, when) ────────── │
 *       │ generation + 1                    │ sees it before the next write: fades out
 *       │ ─── CUT ────────────────────────▶ │
 *       │ ◀── PLAYED (256, old generation) ─│ dropped
 *       │ ─── FINISH ─────────────────────▶ │ plays all that is left
 *       │ ◀── DONE ──────────────────────── │ ends
 *
 * A process that lists devices takes no order. It sends one DEVICE for each and then DONE.
 *
 * Invariants:
 * - Every order and report is one message of a SOCK_SEQPACKET socket: the struct and, for PLAY,
 *   DEVICE and FAILED, the samples or the text.
 * - Every PLAY is answered by one PLAYED, in order. FAILED and DONE are the last report; a process
 *   that ends without either was killed or aborted (PLAYER_ABORTED).
 * - A cut is known by its generation, which is in shared memory, so that it is seen before the
 *   orders that are still queued. Sound of an older generation is never played, except for the few
 *   milliseconds in which it fades out. CUT only wakes a process that waits for orders.
 * - When either end dies the other sees the end of the socket. When the caller shuts its end, the
 *   process falls silent, whatever it was sent before.
 */
#ifndef DOCBAO_SINK_PLAYER_PROTOCOL_H
#define DOCBAO_SINK_PLAYER_PROTOCOL_H

#include <stdatomic.h>
#include <stdint.h>

enum {
    PLAYER_PIECE = 256,  /* the most frames of one PLAY */
    PLAYER_CHANNELS = 2, /* at the most */
    PLAYER_ABORTED = 70, /* exit code: a library aborted */
};

/* Memory of both processes; only the caller writes. */
struct player_shared {
    atomic_uint generation; /* how many cuts there were */
    atomic_uint volume;     /* percent */
};

enum player_order_kind { ORDER_PLAY = 1, ORDER_CUT, ORDER_FINISH };

struct player_order {
    uint32_t kind;
    uint32_t generation;
    uint32_t frames; /* PLAY: whose samples follow */
};

enum player_report_kind {
    REPORT_READY = 1,
    REPORT_PLAYED,
    REPORT_DONE,
    REPORT_DEVICE, /* its name follows */
    REPORT_FAILED, /* a text for people follows */
};

struct player_report {
    uint32_t kind;
    uint32_t generation; /* PLAYED: of the order; an older one was dropped */
    uint32_t frames;     /* PLAYED: of the order */
    uint32_t underruns;  /* PLAYED: how often the device ran dry since the last report */
    int64_t time; /* PLAYED: when the device took them, on the monotonic clock; READY: how long it
                     takes until they are heard; both in nanoseconds */
    uint32_t number;     /* DEVICE */
    uint32_t rate;       /* DEVICE: that it prefers */
    uint32_t is_default; /* DEVICE */
};

#endif
