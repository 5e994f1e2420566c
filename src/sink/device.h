/*
 * A sound device, driven by PortAudio: only in a process of its own (player_process.c), since what
 * lies under it prints, aborts and hangs.
 *
 * Invariants:
 * - What is written has the channels of the caller's format; the rate is the device's own
 *   (device_rate), which may differ from the format's.
 * - A failure is told as sentences for people, appended to `why`.
 */
#ifndef DOCBAO_SINK_DEVICE_H
#define DOCBAO_SINK_DEVICE_H

#include "base/buf.h"
#include "sink/sink.h"

struct device;

/* Frames that are written at a time: about a hundredth of a second. */
uint32_t device_piece(uint32_t rate);

/* Opens the device that `wanted` names (its whole name, its number, a part that only one name has;
 * "": the default), which makes no sound yet. NULL on a failure; else the caller closes it. */
struct device *device_open(const char *wanted, const struct sink_format *format, struct buf *why);

/* Frames a second that it takes: the format's where it can. */
uint32_t device_rate(const struct device *d);

/* How long a frame that is written now will take to be heard, as the device tells it, in
 * nanoseconds. */
int64_t device_latency(const struct device *d);

/* Whether it has been started, by a write, and not been stopped since. */
bool device_running(const struct device *d);

/* Writes, waiting for room; *dry: it had played all before. Returns false on a failure. */
bool device_write(struct device *d, const int16_t *pcm, uint32_t frames, bool *dry,
                  struct buf *why);

/* Stops it, dropping what is not heard yet; the next write starts it again. Returns false on a
 * failure. */
bool device_stop(struct device *d, struct buf *why);

/* Silence at once, and frees all. */
void device_close(struct device *d);

/* Calls `each` for every device that can play. Returns false where there is none. */
bool device_list(void (*each)(void *user, uint32_t number, const char *name, bool is_default,
                              uint32_t rate),
                 void *user, struct buf *why);

#endif
