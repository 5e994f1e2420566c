/*
 * Corrections of readings, which go into the lexicon of the one who runs the server.
 *
 * Invariants: who asks may change something (may_change).
 */
#ifndef DOCBAO_SERVE_READINGS_H
#define DOCBAO_SERVE_READINGS_H

#include "serve/desk.h"

void post_reading(struct desk *d, const struct http_request *r, struct http_answer *a);
/* The same by the form of the page, to which it leads back. */
void form_readings(struct desk *d, const struct http_request *r, struct http_answer *a);

#endif
