/*
 * docbao-device.so (src/module/device.c) exports these functions. They drive sound devices. Only
 * the player's process (player_process.h) calls it, since the sound system prints, aborts and
 * hangs.
 *
 * Invariants:
 * - The module knows nothing of the rest of docbao but base/buf.h.
 * - The rate and the channels are the device's own (format); they may differ from those wanted.
 * - On an error, whole sentences for people are appended to `why`.
 */
#ifndef DOCBAO_SINK_DEVICE_H
#define DOCBAO_SINK_DEVICE_H

#include <stdint.h>

#include "base/buf.h"

#define DEVICE_SYMBOL "docbao_device"

struct device;

struct device_format {
    uint32_t rate;     /* frames a second */
    uint32_t channels; /* 1 or 2 */
    uint32_t piece;    /* frames to write at a time: about a hundredth of a second */
};

/* A device of this machine that can play. */
struct device_entry {
    uint32_t number;
    const char *name; /* valid during the call */
    bool is_default;
    uint32_t rate; /* that it prefers */
};

/* The reason of a failure: a message for people. The module writes it through a function of the
 * program, which translates it. */
struct device_fault {
    struct buf text;
    void (*add_message)(struct buf *text, const char *format, ...)
        __attribute__((format(printf, 2, 3)));
};

/* From base/message.h. */
#define DEVICE_FAULT_INIT ((struct device_fault){BUF_INIT, buf_add_message})

struct device_driver {
    /* Opens the device called `wanted` (its whole name, its number, or a part that only one name
     * has; "": the default). It makes no sound yet. *format: `rate` and `channels` that are wanted,
     * set to what the device takes. NULL on a failure; else the caller closes it. */
    struct device *(*open)(const char *wanted, struct device_format *format,
                           struct device_fault *why);
    /* Returns the time until a frame that is written now is heard, as the device says, in
     * nanoseconds. */
    int64_t (*latency)(const struct device *d);
    /* Whether a write has started it and nothing has stopped it since. */
    bool (*running)(const struct device *d);
    /* Writes, waiting for room; *dry: it had played all before. False on a failure. */
    bool (*write)(struct device *d, const int16_t *pcm, uint32_t frames, bool *dry,
                  struct device_fault *why);
    /* Stops it and drops the sound that is not heard yet; the next write starts it again. False on
     * a failure. */
    bool (*stop)(struct device *d, struct device_fault *why);
    /* Silence at once; frees all. */
    void (*close)(struct device *d);
    /* Calls `each` for every device that can play. False where there is none. */
    bool (*list)(void (*each)(void *user, const struct device_entry *entry), void *user,
                 struct device_fault *why);
};

#endif
