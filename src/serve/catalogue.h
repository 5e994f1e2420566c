/*
 * What is known of an article: by the shelf, what this server has to make; by the shared folder,
 * where there is one, what any server has made.
 *
 * Invariants: what the shared folder says of finished articles is taken into the shelf, so that the
 * lists have it; an article that was removed there is removed here too.
 */
#ifndef DOCBAO_SERVE_CATALOGUE_H
#define DOCBAO_SERVE_CATALOGUE_H

#include "serve/desk.h"

/* When an article is added that is added now: not before the newest one, so that a clock that was
 * set back makes none look old. Seconds since 1970. */
int64_t catalogue_now(const struct desk *d);

/* Calls `take` if there is such an article. SHARED_AWAY: whether there is cannot be known now. */
enum shared_answer catalogue_find(const struct desk *d, const char *id,
                                  void (*take)(void *user, const struct shelf_article *a),
                                  void *user);

/* An article was put into the queue. True: a server has made it before, and it is finished here as
 * well; otherwise the others are told that it is waiting. */
bool catalogue_added(struct desk *d, const char *id);

/* Takes into the shelf what other servers have made, some of it each time, from time to time. */
void catalogue_follow(struct desk *d);
void catalogue_follow_end(struct desk *d);

/* Removes what has expired, from time to time, and when something was finished. */
void catalogue_expire(struct desk *d);

/* False: it cannot be removed. */
bool catalogue_remove(struct desk *d, const char *id);

#endif
