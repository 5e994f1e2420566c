/*
 * What the parts of a running server share.
 *
 * Invariants: the shelf belongs to the server's process; those that it starts report to it.
 */
#ifndef DOCBAO_SERVE_DESK_H
#define DOCBAO_SERVE_DESK_H

#include "base/child.h"
#include "serve/http.h"
#include "serve/request.h"
#include "serve/serve.h"
#include "serve/shared.h"
#include "serve/shelf.h"

/* A process that makes an article, or asks a feed. */
struct maker {
    struct child child; /* pid 0: none */
    struct buf id;      /* of the article; empty: it asks feeds */
    struct buf report;  /* what became of the article, as it came; empty: nothing yet */
    bool again;         /* a reading was corrected since it began */
};

/* What comes without the token, and is counted. */
enum allowance {
    ALLOWANCE_CHANGES,
    ALLOWANCE_LOGINS,
    ALLOWANCE_PLACES, /* every listener sends some a minute */
    ALLOWANCES,
};

struct desk {
    const struct serve_plan *plan;
    const struct http_driver *http;
    const struct shelf_driver *driver;
    void *shelf;
    struct buf folder; /* of the articles' files, with a slash at its end */
    struct buf shelf_path;
    bool guarded;
    struct host_names hosts;
    struct buf token, cookie, form_secret; /* hexadecimal; the last two are made of the token */
    struct buf script_hash;                /* of the pages' script, for their policy */
    struct buf address;                    /* "http://127.0.0.1:8642" */
    VEC(struct maker) makers;
    bool feeds_due;
    int64_t feeds_ns;  /* when feeds are asked next */
    int64_t pause_ns;  /* no article is begun before: nothing could be written */
    VEC(char *) days;  /* of the shared folder, to be looked at, the last one first */
    int64_t follow_ns; /* when they are listed next */
    bool expiry_due;
    int64_t expiry_ns;             /* when expired articles are removed next */
    bool unsettled;                /* the shelf could not be told what became of an article */
    double allowances[ALLOWANCES]; /* so many requests may still come now */
    int64_t allowances_ns;
};

/* ---- secret.c: the token and what is made of it ---- */

/* Reads the token of the state folder, or makes one. False: *fault says why. */
bool secrets_open(struct desk *d, const char *path, struct buf *fault);
void secrets_free(struct desk *d);

/* ---- door.c: who may come in ---- */

enum admission {
    ADMITTED,
    NOT_OUR_NAME,   /* the Host is missing or another: 421 */
    FROM_ELSEWHERE, /* a page of another site sent it: 403 */
    WITHOUT_TOKEN,  /* 401 */
    TOO_OFTEN,      /* 429 */
};

/* Of the head of any request. What changes something is looked at again by may_change. */
enum admission admit(struct desk *d, const struct http_request *r);
/* Whether the request has the token as only programs send it: not by a cookie or a password. */
bool has_token(const struct desk *d, const struct http_request *r);
/* Whether a request that changes something may do so: with the token, or with the secret of a
 * page's form (`secret`, or the header). */
bool may_change(const struct desk *d, const struct http_request *r, struct sv secret);
/* All that may be had at once is there. */
void allowances_begin(struct desk *d);
/* False: there is none left. */
bool take_allowance(struct desk *d, enum allowance kind);

/* ---- maker.c: the processes that make articles ---- */

/* Starts what is due: articles of the queue, feeds. */
void makers_start(struct desk *d);
/* Buries those that have ended. */
void makers_look(struct desk *d);
/* Adds what ends when a process does. */
size_t makers_descriptors(const struct desk *d, struct pollfd *fds, size_t most);
void makers_end(struct desk *d);
uint32_t makers_most(const struct desk *d);

/* Whether a process works on the article. While one does, the file with the ending LIVE_ENDING has
 * what was made of its sound. */
bool is_being_made(const struct desk *d, const char *id);
#define LIVE_ENDING ".live"

/* Has an article made again before the others; one that a process works on, after that. */
bool make_again(struct desk *d, const char *id);

/* Whether an article in that state waits or is being made. */
bool state_is_unfinished(const char *state);
/* Whether the source of an article is "html" or "text", which was sent, and no address. */
bool source_is_sent(const char *source);
/* Appends the path of a file of an article in the own folder: ".mp3". */
void article_path(const struct desk *d, const char *id, const char *ending, struct buf *out);
/* Appends the id of an article that comes from an address, or that was sent as bytes. */
void article_id_of(struct sv kind, struct sv bytes, struct buf *out);

/* ---- pages.c ---- */

void page_front(struct desk *d, const struct http_request *r, struct buf *out);
void page_login(struct buf *out, bool failed);
/* A page that says why something was not done, and leads back. */
void page_fault(struct buf *out, const char *sentence);
/* Appends the feed of what was made; `base` is the address of the server as it was asked for. */
void page_feed(struct desk *d, const char *base, struct buf *out);
/* Text for JSON, in quotation marks, and for HTML, also in attributes. */
void add_json_text(struct buf *out, struct sv text);
void add_html_text(struct buf *out, struct sv text);

#endif
