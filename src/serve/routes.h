/*
 * What each request is answered with.
 *
 * Invariants: every request gets one answer; what changes something is asked whether it may
 * (may_change) before it is looked at.
 */
#ifndef DOCBAO_SERVE_ROUTES_H
#define DOCBAO_SERVE_ROUTES_H

#include "serve/desk.h"

void answer_request(struct desk *d, const struct http_request *r, struct http_answer *a);
/* One whose body is not read: it is too large, or too much is under way. */
void answer_refused_body(const struct desk *d, const struct http_request *r, bool too_large,
                         struct http_answer *a);
/* One that was not admitted. */
void answer_at_door(struct desk *d, const struct http_request *r, enum admission admission,
                    struct http_answer *a);

#endif
