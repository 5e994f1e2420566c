/*
 * Where a server listens, and under which names it is found there.
 *
 * Invariants: names are never resolved: an address is written as numbers, or "localhost".
 */
#ifndef DOCBAO_SERVE_LISTEN_H
#define DOCBAO_SERVE_LISTEN_H

#include <sys/socket.h>

#include "serve/request.h"

struct listen_place {
    struct sockaddr_storage address;
    socklen_t length;
    uint16_t port;
    bool loopback; /* only this machine can reach it */
};

/* Reads "ADDRESS", "ADDRESS:PORT", "[ADDRESS]:PORT"; NULL is 127.0.0.1. False: it is none. */
bool listen_place_read(const char *text, uint16_t port, struct listen_place *out);

/* Opens a socket that listens there, and sets the port where it was 0. -1 with errno set. */
int listen_open(struct listen_place *place);

/* Adds the names under which the place is found, with `host` (or NULL). */
void listen_add_names(const struct listen_place *place, const char *host, struct host_names *names);

/* Appends "http://127.0.0.1:8642". */
void listen_add_address(const struct listen_place *place, const char *host, struct buf *out);

#endif
