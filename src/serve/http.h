/*
 * What an HTTP server asks of its owner, and what it is told (docbao-http.so drives the library).
 *
 * Invariants:
 * - One thread: the owner waits for the descriptor, then calls `step`; its functions are called
 *   from there, and must not wait.
 * - A request is answered once. A body is whole before `answer` is called, and never longer than
 *   most_body; bodies that are under way take no more than most_bodies together.
 * - Views of a request are valid until the function returns.
 */
#ifndef DOCBAO_SERVE_HTTP_H
#define DOCBAO_SERVE_HTTP_H

#include "base/buf.h"

struct http_request {
    const char *method; /* "HEAD" is given as "GET" */
    const char *path;   /* decoded, from "/" on, without the query */
    struct sv body;
    unsigned hosts; /* lines "Host" */
    void *connection;
    /* The first header, or the argument behind "?", of that name; NULL: none. */
    const char *(*header)(const struct http_request *r, const char *name);
    const char *(*argument)(const struct http_request *r, const char *name);
};

struct http_answer {
    unsigned status;
    struct buf headers; /* lines: name, tab, value */
    struct buf body;
    int fd; /* of the file that is sent instead of `body`, which is closed then; -1: none */
    uint64_t offset, length; /* of the file */
    /* The file grows while it is sent from `offset` on: gives how many bytes it has, and in *whole
     * whether that is all. NULL: `length` bytes are sent. `release` frees `with`. */
    uint64_t (*grown)(void *with, bool *whole);
    void (*release)(void *with);
    void *with;
};

struct http_owner {
    /* The head is there: true: it is answered already, and no body is read. */
    bool (*head)(void *user, const struct http_request *r, struct http_answer *a);
    void (*answer)(void *user, const struct http_request *r, struct http_answer *a);
    /* Its body was not taken: it is larger than most_body, or those under way are. */
    void (*refuse)(void *user, const struct http_request *r, bool too_large, struct http_answer *a);
    void *user;
    int socket; /* which listens; it is the server's from now on */
    uint64_t most_body, most_bodies;
};

struct http_driver {
    /* NULL: it cannot be started. `owner` must outlive it. */
    void *(*open)(const struct http_owner *owner);
    int (*descriptor)(void *server);
    /* Lowers *timeout_ms to when a step is due all the same. */
    void (*wants)(void *server, int *timeout_ms);
    void (*step)(void *server);
    void (*close)(void *server);
    /* Packs `text` by gzip onto `out`. False: it became no shorter. */
    bool (*pack)(struct sv text, struct buf *out);
};

#endif
