/*
 * Playing sound into a device: rate, channels and volume, cuts that fade, and silence where nothing
 * is to be heard. Only the player's process uses it: on a failure, or when the caller hung up,
 * these functions end the process (player_end.h).
 *
 * Invariants:
 * - Sound comes at the rate and channels of the format; stages (stage/stage.h) turn it into what
 *   the device takes.
 * - A cut is asked for by the generation in shared memory, at any time. It is obeyed before the
 *   next write to the device: what sounds fades out within a few milliseconds, the rest is dropped.
 * - After a cut the device keeps running on silence for some seconds, so that the next sound need
 *   not wait for it to start.
 */
#ifndef DOCBAO_SINK_PLAYOUT_H
#define DOCBAO_SINK_PLAYOUT_H

#include "sink/device.h"
#include "sink/player_protocol.h"
#include "sink/sink.h"

struct playout;

/* The sound devices' driver, from its module; never NULL. */
const struct device_driver *playout_device_driver(void);

/* Opens the device; never NULL. All that is passed must outlive the process. */
struct playout *playout_open(const char *device, const struct sink_format *format,
                             const struct player_shared *shared);

/* From a write to the ear, in nanoseconds. */
int64_t playout_latency(const struct playout *p);

/* Plays `frames` of sound of a generation, waiting for the device; a cut may end it early. Sound of
 * an older generation only fades out. Gives how often the device ran dry since the last call: at a
 * start or after a cut that does not count. */
uint32_t playout_play(struct playout *p, uint32_t generation, const int16_t *pcm, uint32_t frames);

/* Obeys a cut that was asked for. */
void playout_cut(struct playout *p);

/* Nothing is queued: returns when there is an order or the caller hung up. Meanwhile it plays the
 * silence after a cut, or what the stages still hold, before the device runs dry. */
void playout_rest(struct playout *p);

/* Plays all there is to the end and stops the device. */
void playout_finish(struct playout *p);

/* Silence at once. */
void playout_close(struct playout *p);

#endif
