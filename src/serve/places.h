/*
 * Where the listener has left each article: one place an article, because a household is one
 * listener, who goes on at the phone where the PC was left.
 *
 * Invariants: an article has at most one place, which is removed with it; what is kept lies within
 * MOST_PLACE_SECONDS and MOST_PLACE_SENTENCES.
 */
#ifndef DOCBAO_SERVE_PLACES_H
#define DOCBAO_SERVE_PLACES_H

#include "serve/desk.h"

enum { MOST_PLACE_SECONDS = 1000000, MOST_PLACE_SENTENCES = 1000000 };

/* Who asks may change something (may_change). */
void answer_place(struct desk *d, const struct http_request *r, const char *id,
                  struct http_answer *a);

/* Appends ,"place":{…} of a JSON object, or nothing. */
void add_place_json(struct buf *out, const struct shelf_place *place);
/* Appends a paragraph for the list that says how far it was heard, or nothing. */
void add_place_text(struct buf *out, const struct shelf_article *a);
/* Whether an article was heard to its end: it then begins again. */
bool is_heard(const struct shelf_article *a);

#endif
