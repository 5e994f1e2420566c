/*
 * A server for a household or a newsroom: articles come in, their sound, captions and pages go out.
 *
 * Invariants:
 * - Nobody but this machine is answered unless `listen` says so, and then, or with `guarded`, only
 *   who knows the token, which is in a file of the state folder that no other user may read.
 * - A request is answered only under a name of the server (Host), and changes something only if it
 *   comes from a page of the server or has the token.
 * - No path of the disk is in an answer; what a request names is an id, never a path.
 * - What was queued is in the queue after any end of the program, and files are whole or not there.
 */
#ifndef DOCBAO_SERVE_SERVE_H
#define DOCBAO_SERVE_SERVE_H

#include "docbao/docbao.h"

enum { SERVE_PORT = 8642 };

struct serve_plan {
    const struct docbao_options *library; /* for the articles; no `block`, not `pictures` */
    const struct docbao_output *output;   /* of the sound; its format is MP3 */
    const char *lexicon;                  /* where corrections go; NULL: they are refused */
    const char *folder;                   /* of the state; it is made where there is none */
    const char *listen;  /* "ADDRESS" or "ADDRESS:PORT"; NULL: this machine alone */
    const char *host;    /* a further name of the server, or NULL */
    uint32_t port;       /* 0: SERVE_PORT */
    const char *shared;  /* a folder of finished articles that other servers have too, or NULL */
    const char *token;   /* the file of the token; NULL: in `folder` */
    uint32_t keep_days;  /* articles that were added earlier are removed; 0: never */
    uint64_t keep_bytes; /* so much sound is kept, that of the newest articles; 0: all */
    bool guarded;        /* the token is asked for, whatever `listen` is */
    uint32_t jobs;       /* articles that are made at once; 0: as many as processors */
    uint64_t most_bytes; /* of what is sent; 0: 16 MiB */
    const volatile sig_atomic_t *stop;
    /* The server runs; people open `address`. */
    void (*ready)(void *user, const char *address, bool guarded, const char *token_file);
    void *user;
    /* Gets the sentence of an error. */
    void (*fail)(void *user, const char *sentence);
};

/* Serves until *stop. False: it could not begin; `fail` was called. */
bool serve_run(const struct serve_plan *plan);

#endif
