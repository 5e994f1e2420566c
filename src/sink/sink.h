/*
 * Where audio goes: a device, a file, nothing.
 *
 * Invariants:
 * - A sink is a const struct of functions; its state is its own.
 * - Audio is signed 16-bit, interleaved, at the rate and channels given to open.
 * - After any error only close may be called. close is always called once and never leaves a
 *   partial file, a running process or a temporary file.
 */
#ifndef DOCBAO_SINK_SINK_H
#define DOCBAO_SINK_SINK_H

#include <signal.h>

#include "base/err.h"

struct sink_format {
    uint32_t rate;     /* frames a second */
    uint32_t channels; /* 1 or 2 */
    /* Nonzero once the caller wants to stop, set by a signal handler; or NULL. A write that waits
     * looks at it after every wait and whenever a signal interrupts one. */
    const volatile sig_atomic_t *stop;
};

/*
 * What a sink that is listened to can do besides: nothing here waits, and neither does a write of
 * no more than `room` frames.
 */
struct sink_live {
    /* How many frames `write` takes now without waiting; 0: none yet. */
    uint32_t (*room)(void *state);
    /* Takes news. *heard: of the frames written since the last cut (or open), how many have been
     * heard by now. Errors: STATUS_DEVICE (there is no device, it was lost, it takes nothing any
     * more). */
    enum status (*look)(void *state, uint64_t *heard, struct err *e);
    /* What was written and is not heard yet is dropped; what sounds fades out within a few
     * milliseconds. Silence follows until the next write, whose start fades in. */
    void (*cut)(void *state);
    /* A descriptor that polls as readable when there is news, or -1. *timeout_ms is lowered to
     * when to look all the same. */
    int (*descriptor)(void *state, int *timeout_ms);
    /* From now on as loud as `percent` (0 to 100) says; 100 leaves every sample as it is. What was
     * written and not yet played is meant too. */
    void (*volume)(void *state, uint32_t percent);
    /* How often the sink had played all there was while more was to come, since open. */
    uint32_t (*underruns)(const void *state);
};

struct sink_driver {
    const char *name;
    /* `target` is the driver's own: a path, a device name; it may be "". Errors: STATUS_OUTPUT
     * (file), STATUS_DEVICE (device), STATUS_USAGE (a target that means nothing), each naming what
     * to do; STATUS_STOPPED. On an error *state is NULL. The player returns at once and opens its
     * device meanwhile: that there is none is told by the first write or by finish. */
    enum status (*open)(void **state, const char *target, const struct sink_format *format,
                        struct err *e);
    /* Writes all frames, waiting as long as the sink's pace asks. Errors: STATUS_OUTPUT,
     * STATUS_DEVICE; STATUS_PARTIAL where the sink can take no more but what it has is whole
     * (a stream past 4 GiB); STATUS_STOPPED after stop was asked for, or when the reader of a
     * stream went away (the caller has to ignore SIGPIPE to be told). */
    enum status (*write)(void *state, const int16_t *pcm, uint32_t frames, struct err *e);
    /* Lets all that was written be heard, or completes the file and puts it in its place. */
    enum status (*finish)(void *state, struct err *e);
    /* Frees all. Without a successful finish: silence at once, no file left behind, the old file
     * as it was. */
    void (*close)(void *state);
    const struct sink_live *live; /* NULL: nobody listens to this sink */
};

extern const struct sink_driver sink_null;   /* target "" or "realtime" (paced as a device) */
extern const struct sink_driver sink_file;   /* target: a path whose ending names the format,
                                                or "-" for a WAV stream on standard output */
extern const struct sink_driver sink_player; /* target: a PortAudio device name or index, or ""
                                                for the default device */

#endif
