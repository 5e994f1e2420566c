/*
 * What changes the list of articles and feeds: what is sent, by programs and by the forms of the
 * page, and what is removed.
 *
 * Invariants: who asks may change something (may_change). Forms lead back to the page.
 */
#ifndef DOCBAO_SERVE_INTAKE_H
#define DOCBAO_SERVE_INTAKE_H

#include "serve/desk.h"

void post_article(struct desk *d, const struct http_request *r, struct http_answer *a);
void form_articles(struct desk *d, const struct http_request *r, struct http_answer *a);
/* Removes an article, or has it made again. */
void form_article(struct desk *d, const struct http_request *r, struct http_answer *a);
void form_feeds(struct desk *d, const struct http_request *r, struct http_answer *a);

/* The type of the request's body, without parameters. */
struct sv body_type(const struct http_request *r);
/* The answer to a form that cannot be done. */
void refuse_form(const char *sentence, unsigned status, struct http_answer *a);

#endif
