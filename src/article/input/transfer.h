/*
 * The interface of the module docbao-fetch.so (src/module/fetch.c), which drives the network. The
 * module transfers bytes, in a process of its own, and reports how it ended; article/input/fetch.c
 * starts that process, judges the answers and writes the messages.
 *
 * Invariants: no byte reaches the disk; a file of this machine is never read, whatever a redirect
 * says.
 */
#ifndef DOCBAO_ARTICLE_INPUT_TRANSFER_H
#define DOCBAO_ARTICLE_INPUT_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum transfer_end {
    TRANSFER_DONE,
    TRANSFER_UNWANTED,     /* `head` or `body` returned false */
    TRANSFER_STOPPED,      /* the caller wanted to stop */
    TRANSFER_BAD_URL,      /* it cannot be understood */
    TRANSFER_BAD_SCHEME,   /* it, or a redirect, is neither http nor https */
    TRANSFER_LOCAL,        /* it, or a redirect, leads to a local address */
    TRANSFER_NO_HOST,      /* the host name cannot be resolved */
    TRANSFER_NO_CONNECT,   /* refused, or unreachable */
    TRANSFER_NO_TLS,       /* no secure connection: the certificate or the handshake failed */
    TRANSFER_REDIRECTS,    /* too many of them */
    TRANSFER_LATE_CONNECT, /* no connection in time */
    TRANSFER_LATE_ANSWER,  /* connected, but no answer in time */
    TRANSFER_LATE_BODY,    /* an answer, but not all of it in time */
    TRANSFER_TOO_LARGE,    /* larger than max_bytes, as announced */
    TRANSFER_BROKEN_OFF,   /* the connection was closed before the end */
    TRANSFER_GARBLED,      /* it cannot be decompressed */
    TRANSFER_FAILED,       /* for another reason: see `detail` */
};

struct transfer {
    /* The request. */
    const char *url;
    /* Cookies to send, as browsers export them, a line each, or NULL. The driver divides them. */
    char *cookies;
    uint64_t max_bytes;
    uint32_t connect_seconds, stall_seconds, whole_seconds;
    uint32_t redirects;
    bool allow_local;
    /* Called before the first byte of the body, or at the end if there is none, with the HTTP
     * status and the content type ("" if there is none). */
    bool (*head)(void *user, long status, const char *content_type);
    /* Called with each piece of the body, decompressed. */
    bool (*body)(void *user, const char *bytes, size_t n);
    void *user;
    /* The message of the library, or "". */
    char detail[256];
};

/* docbao-fetch.so exports this as TRANSFER_SYMBOL. */
struct transfer_driver {
    enum transfer_end (*run)(struct transfer *t);
    /* The absolute address of `reference` in a document at `base`, for free(); NULL if there is
     * none.
     */
    char *(*resolve)(const char *base, const char *reference);
};
#define TRANSFER_SYMBOL "docbao_transfer"

#endif
