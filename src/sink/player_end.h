/*
 * The player process's end of the socket (player_protocol.h).
 *
 * Invariant: player_end_settle is called first, once a process; the socket is then PLAYER_FD.
 */
#ifndef DOCBAO_SINK_PLAYER_END_H
#define DOCBAO_SINK_PLAYER_END_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/child.h"
#include "sink/player_protocol.h"

enum { PLAYER_FD = CHILD_CHANNEL };

/* Makes this process, freshly forked by `parent`, independent of its caller: it keeps no descriptor
 * but the socket `fd`, ends when the caller dies, and ignores the signals meant for the caller. */
void player_end_settle(int fd, pid_t parent);

/* Sends a report with its text ("" where it has none). */
void player_end_report(struct player_report report, const char *text);

/* Reports FAILED with a text for people and ends the process. */
_Noreturn void player_end_fail(const char *text);

/* Whether the caller has shut its end, also when orders are still queued. */
bool player_end_hung_up(void);

/* Waits until there is an order or the caller hung up, or until `ns` nanoseconds have passed. True:
 * the time has passed. */
bool player_end_wait(int64_t ns);

#endif
