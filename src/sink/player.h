/*
 * Functions of the player that other sinks do not have.
 *
 * Invariants: the sound device is opened in a process of its own (sink/player_process.h), never in
 * this one.
 */
#ifndef DOCBAO_SINK_PLAYER_H
#define DOCBAO_SINK_PLAYER_H

#include <sys/types.h>

#include "sink/sink.h"

/* Calls `each` for every device that can play: its number and its name (both are targets of
 * sink_player), whether it is the default, and the rate that it prefers (frames a second). Errors:
 * STATUS_DEVICE (there is none, the sound system does not start, or a part is not installed). */
enum status sink_player_devices(void (*each)(void *user, uint32_t number, const char *name,
                                             bool is_default, uint32_t rate),
                                void *user, struct err *e);

/* For tests: opens the device and closes it, to see whether it could play now. Errors: as the first
 * write of sink_player. */
enum status sink_player_probe(const char *device, const struct sink_format *format, struct err *e);

/* For tests: the process that plays. `state` is a state of sink_player. */
pid_t sink_player_process(const void *state);

#endif
