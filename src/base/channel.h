/*
 * Messages between processes of the program. A message is a head, a struct of fixed size, and a
 * body, which may be empty; a file descriptor may go with it.
 *
 * Invariants:
 * - Messages arrive whole and in order. Nothing larger than CHANNEL_MOST bytes is sent as one.
 * - Both ends are closed on exec. When one end is closed, the other one sees CHANNEL_CLOSED after
 *   the last message.
 * - What the other process sends is only bytes: the receiver checks all of it.
 */
#ifndef DOCBAO_BASE_CHANNEL_H
#define DOCBAO_BASE_CHANNEL_H

#include "base/buf.h"

/* The most bytes of a body that every system takes at once. */
enum { CHANNEL_MOST = 64 << 10 };

enum channel_result { CHANNEL_DONE, CHANNEL_WOULD_BLOCK, CHANNEL_CLOSED };

/* Makes two joined ends. False, with errno set: there are none. */
bool channel_pair(int ends[2]);

/* Sends a message; with `fd`, unless it is -1. CHANNEL_WOULD_BLOCK only if `wait` is false: the
 * other end has not yet read what is there. */
enum channel_result channel_send(int channel, struct sv head, struct sv body, int fd, bool wait);

/* Receives a message: its first `size` bytes into `head`, the rest appended to `body`. `body` and
 * `fd` may be NULL; *fd is -1 if none came, and the caller closes it. A message that is shorter
 * than a head counts as CHANNEL_CLOSED. */
enum channel_result channel_receive(int channel, void *head, size_t size, struct buf *body, int *fd,
                                    bool wait);

#endif
