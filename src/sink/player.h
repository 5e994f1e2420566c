/*
 * The player beyond what every sink can do.
 */
#ifndef DOCBAO_SINK_PLAYER_H
#define DOCBAO_SINK_PLAYER_H

#include <sys/types.h>

#include "sink/sink.h"

/* Calls `each` for every device that can play: what sink_player.open calls it (number or name),
 * whether it is the default, and the rate it prefers (frames a second). Errors: STATUS_DEVICE where
 * there is none, or where the sound system does not start. */
enum status sink_player_devices(void (*each)(void *user, uint32_t number, const char *name,
                                             bool is_default, uint32_t rate),
                                void *user, struct err *e);

/* Whether the device could play now: opens it, plays nothing and closes it. Errors: as the first
 * write of sink_player. */
enum status sink_player_probe(const char *device, const struct sink_format *format, struct err *e);

/* How often the device ran dry while it played, since open: not at a start or after a cut; `state`
 * is a state of sink_player. */
uint32_t sink_player_underflows(const void *state);

/* The process that plays: for tests. */
pid_t sink_player_process(const void *state);

#endif
