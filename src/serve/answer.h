/*
 * The parts of which answers are put together.
 *
 * Invariants: a header line never has a line end of a value.
 */
#ifndef DOCBAO_SERVE_ANSWER_H
#define DOCBAO_SERVE_ANSWER_H

#include "serve/desk.h"

/* The statuses of HTTP that are given (RFC 9110, 15; 429: RFC 6585). */
enum {
    OK = 200,
    CREATED = 201,
    ACCEPTED = 202,
    NO_CONTENT = 204,
    PARTIAL = 206,
    SEE_OTHER = 303,
    NOT_MODIFIED = 304,
    BAD = 400,
    UNAUTHORIZED = 401,
    FORBIDDEN = 403,
    NOT_FOUND = 404,
    NOT_ALLOWED = 405,
    TOO_LARGE = 413,
    WRONG_TYPE = 415,
    NO_RANGE = 416,
    NOT_HERE = 421,
    UNREADABLE = 422,
    TOO_MANY = 429,
    BUSY = 503,
};

/* The number that is the argument of that name, at most `most`; `otherwise` where there is none. */
uint32_t argument_number(const struct http_request *r, const char *name, uint32_t otherwise,
                         uint32_t most);
void answer_header(struct http_answer *a, const char *name, const char *value);
/* The status, and a body of that type, which the caller appends. */
void answer_text(struct http_answer *a, unsigned status, const char *type);
/* A body in JSON with the sentence of an error. */
void answer_sentence(struct http_answer *a, unsigned status, const char *sentence);
/* Whether a person opens a page: a browser says so, and not for sound or what scripts ask for. */
bool wants_page(const struct http_request *r);
/* The same as answer_sentence for who may be a person: a page with the sentence where a browser
 * asks for one. */
void answer_fault(const struct http_request *r, struct http_answer *a, unsigned status,
                  const char *sentence);
/* Has the browser ask for another page of the server. */
void answer_lead_to(struct http_answer *a, const char *path);
/* The headers that protect a page; `alone`: the file to read along, which has its script and its
 * style inside. */
void answer_protect(const struct desk *d, struct http_answer *a, bool alone);
/* Packs the body, which is whole, if the request takes that. */
void answer_pack(const struct desk *d, const struct http_request *r, struct http_answer *a);

#endif
