/*
 * A Unix socket and its clients: lines in, lines out. This file does not know what they mean.
 *
 * Invariants:
 * - No call waits, and none ends the program because a client went away.
 * - Lines come in the order in which they were sent, each once, without its line end; a last one
 *   without a line end counts. One over CLIENTS_LONGEST_LINE comes as NULL, and the rest of it is
 *   dropped.
 * - What a client did not yet take is kept for it, up to CLIENTS_MOST_WAITING; beyond that it is
 *   dropped. One that sends no more still gets what is sent to it, until it goes; of one that went,
 *   the lines that it had sent still come.
 * - The socket's file is of its user alone. It is removed at the end unless another program's
 *   file is in its place.
 */
#ifndef DOCBAO_CLI_CLIENTS_H
#define DOCBAO_CLI_CLIENTS_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sv.h"

enum { CLIENTS_MOST = 16, CLIENTS_LONGEST_LINE = 1 << 16, CLIENTS_MOST_WAITING = 1 << 20 };

struct clients;
struct client;

struct clients_handler {
    void (*connected)(void *user, struct client *client);
    /* `line` is valid until something is sent. It may hold any byte but '\n'. */
    void (*line)(void *user, struct client *client, const char *line, size_t n);
    const char *full; /* sent to a client too many, with its line end */
};

/* A socket at `path`. On failure NULL, and one sentence on standard error says why. */
struct clients *clients_open(const char *path);
/* Sends what can be sent at once, and closes everything; NULL is allowed. */
void clients_close(struct clients *c);

/* Fills up to 1 + CLIENTS_MOST of `fds` with what to wait for; returns how many. */
uint32_t clients_descriptors(const struct clients *c, struct pollfd *fds);
/* Reads what the clients sent; from a client that sends much, a part at a time. */
void clients_serve(struct clients *c, const struct clients_handler *handler, void *user);

/* Send a line, to one client or to all; a line end is added. */
void clients_send(struct client *client, struct sv line);
void clients_send_all(struct clients *c, struct sv line);

#endif
