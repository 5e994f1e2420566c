/*
 * The process that drives the sound device. What the sound system prints reaches no terminal, and
 * an abort or a hang in it costs this process only. player_protocol.h says what it is sent and what
 * it reports.
 *
 * Invariants: neither function returns; the process ends when its socket or its parent does.
 */
#ifndef DOCBAO_SINK_PLAYER_PROCESS_H
#define DOCBAO_SINK_PLAYER_PROCESS_H

#include <sys/types.h>

#include "sink/player_protocol.h"
#include "sink/sink.h"

/* Turns this process, freshly forked by `parent`, into the player of `device` (device.h: its name).
 * `fd` is its end of the socket; the sound it is sent has the rate and channels of `format`. */
_Noreturn void player_process_play(int fd, pid_t parent, const struct player_shared *shared,
                                   const char *device, const struct sink_format *format);

/* Turns this process into one that reports every device, then DONE. */
_Noreturn void player_process_list(int fd, pid_t parent);

#endif
