/*
 * The player beyond what every sink can do.
 */
#ifndef DOCBAO_SINK_PLAYER_H
#define DOCBAO_SINK_PLAYER_H

#include <sys/types.h>

#include "sink/sink.h"

/* Whether the device could play now: opens it, plays nothing and closes it. Errors: as the first
 * write of sink_player. */
enum status sink_player_probe(const char *device, const struct sink_format *format, struct err *e);

/* How often the device ran dry since open; `state` is a state of sink_player. */
uint32_t sink_player_underflows(const void *state);

/* The process that plays: for tests. */
pid_t sink_player_process(const void *state);

#endif
