/*
 * The parts of a request that must be read right: pure functions of their arguments.
 *
 * Invariants: nothing is allocated but what is appended to a buffer; hostile bytes are refused,
 * never repaired.
 */
#ifndef DOCBAO_SERVE_REQUEST_H
#define DOCBAO_SERVE_REQUEST_H

#include "base/buf.h"
#include "base/vec.h"

/* ---- byte ranges (RFC 9110, 14.2) ---- */

enum range_kind {
    RANGE_WHOLE, /* no range, one that is not understood, or several: all is sent */
    RANGE_PART,
    RANGE_NONE, /* the range lies outside: 416 */
};

/* What is asked for of `size` bytes; for RANGE_PART *offset and *length (> 0) lie inside. */
enum range_kind range_read(struct sv header, uint64_t size, uint64_t *offset, uint64_t *length);

/* Whether the list of an If-None-Match has the tag (with its quotation marks), or is "*". */
bool etag_is_listed(struct sv header, struct sv etag);

/* Whether an Accept-Encoding takes gzip. */
bool gzip_is_accepted(struct sv header);

/* ---- who may ask ---- */

/* Names under which the server is found, with the port where it has one: "localhost:8642". */
VEC_TYPE(host_names, char *);

void host_names_add(struct host_names *names, const char *name);
void host_names_free(struct host_names *names);

/* Whether the value of a Host header is one of them: a page of another name that was made to lead
 * to this machine (DNS rebinding) has its own. */
bool host_is_ours(const struct host_names *names, struct sv host);

/* The same for the value of an Origin header: "http://localhost:8642". */
bool origin_is_ours(const struct host_names *names, struct sv origin);

/* Whether both are the same and not empty, in a time that depends on their lengths alone. */
bool secret_is_same(struct sv a, struct sv b);

/* The value of the cookie of that name; p is NULL where there is none. */
struct sv cookie_of(struct sv header, struct sv name);

/* Appends the bytes that base64 stands for; false if it is none. */
bool base64_decode(struct sv text, struct buf *out);

/* ---- what is asked for ---- */

enum { ARTICLE_ID_LETTERS = 16 };

/* Whether it is the id of an article: 16 of 0-9 and a-z. */
bool article_id_is_valid(struct sv id);

/* Whether it is the address of a page of the web: http:// or https://, a host, no spaces or control
 * characters, at most 2000 bytes. */
bool address_is_of_web(struct sv address);

/* Appends the value of a field of a form (application/x-www-form-urlencoded). False: it has none,
 * or a value that is not UTF-8 or has a NUL; nothing is appended then. */
bool form_field(struct sv body, const char *name, struct buf *out);

/* A JSON object with strings or numbers, such as {"url": "…", "seconds": 12.5}: calls `take` for
 * each, with UTF-8, and a number as it is written; half a surrogate pair becomes U+FFFD. False: it
 * is something else; `take` may have been called. */
bool json_fields(struct sv body, void (*take)(void *user, struct sv name, struct sv value),
                 void *user);

/* A member that is wanted, and where its value goes. */
struct json_wanted {
    const char *name;
    struct buf *to;
};

/* Reads such an object: each value takes the place of what its buffer holds; other members are
 * passed over. False: as json_fields. */
bool json_read(struct sv body, const struct json_wanted *wanted, size_t count);

#endif
