/*
 * Documents from the network: the bytes that a URL leads to, and what the server says of them.
 *
 * Invariants: only http and https are fetched, and no address of this machine or its network
 * unless allow_local is set, after redirects too. The network is used in a process of its own
 * (article/input/transfer.h).
 */
#ifndef DOCBAO_ARTICLE_INPUT_FETCH_H
#define DOCBAO_ARTICLE_INPUT_FETCH_H

#include <signal.h>
#include <stdatomic.h>

#include "base/err.h"

/* All zero: the defaults. */
struct fetch_options {
    bool allow_local;                  /* addresses of this machine and its network are allowed */
    uint32_t timeout_s;                /* for the whole transfer; 0: 60 */
    const char *cookie_file;           /* cookies to send, as browsers export them; NULL: none */
    const volatile sig_atomic_t *stop; /* a nonzero value ends the transfer at once; may be NULL */
    const atomic_bool *cancel;         /* likewise, set by other threads */
};

/* Whether the name of a document is a URL: it begins with a scheme and "://". The scheme may be one
 * that fetch_url refuses. */
bool fetch_is_url(const char *name);
/* Whether it begins with http:// or https://. */
bool fetch_is_web(struct sv name);

/* Appends the absolute address of `reference`, a relative one, in a document at `base`. False:
 * there is none, because the base is not on the web, or one of them is not understood. */
bool fetch_resolve(const char *base, const char *reference, struct buf *out);

/*
 * Appends to `body` the document at the URL. Redirects are followed, and compression is undone
 * except that by gzip (gzip.h). If the connection broke off, *cut_short is set to true, and what
 * came is in `body`; NULL: this is an error.
 * Appends to `charset` the encoding that the server names, in lower case, if it names one. Errors,
 * each with the URL as its file: STATUS_INPUT (refused, not found, too late, more than `max_bytes`,
 * a picture or the like), STATUS_USAGE (the module or the cookie file is missing), STATUS_STOPPED.
 */
enum status fetch_url(const char *url, uint64_t max_bytes, const struct fetch_options *options,
                      struct buf *body, struct buf *charset, bool *cut_short, struct err *e);

#endif
