/*
 * A document from the network: the bytes behind a URL, and what the server says of them.
 */
#ifndef DOCBAO_ARTICLE_INPUT_FETCH_H
#define DOCBAO_ARTICLE_INPUT_FETCH_H

#include <signal.h>
#include <stdatomic.h>

#include "base/err.h"

/* All zero is a good set. */
struct fetch_options {
    bool allow_local;                  /* this machine and its own network may be asked */
    uint32_t timeout_s;                /* for the whole of it; 0: 60 */
    const char *cookie_file;           /* cookies to be sent, as browsers export them; NULL: none */
    const volatile sig_atomic_t *stop; /* nonzero ends it at once; NULL: never */
    const atomic_bool *cancel;         /* the same, for other threads */
};

/* Whether the name of a document is a URL: it begins with a scheme and "://". Other schemes than
 * http and https are URLs too, that fetch_url refuses. */
bool fetch_is_url(const char *name);
/* Whether it begins with http:// or https://. */
bool fetch_is_web(struct sv name);

/*
 * Appends to `body` the bytes behind the URL, redirects followed and compression undone, and to
 * `charset` the one that the server names, in lower case (nothing where it names none). Errors,
 * each with the URL as its file: STATUS_INPUT (refused, not found, too late, more than `max_bytes`,
 * a picture or the like), STATUS_USAGE (the module or the cookie file is missing), STATUS_STOPPED.
 */
enum status fetch_url(const char *url, uint64_t max_bytes, const struct fetch_options *options,
                      struct buf *body, struct buf *charset, struct err *e);

#endif
