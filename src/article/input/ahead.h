/*
 * A document that is fetched while another one is spoken, in a thread of its own: so that no
 * silence stands between two articles, nor in the midst of one.
 *
 * Invariants: the thread touches nothing but what is its own; it takes no signal. It may only be
 * started after the engine was (a process with threads shall not fork).
 */
#ifndef DOCBAO_ARTICLE_INPUT_AHEAD_H
#define DOCBAO_ARTICLE_INPUT_AHEAD_H

#include "article/input/fetch.h"

struct ahead;

/* Begins to fetch; what the options point to must stay. NULL: no thread can be had. The caller
 * ends it with one of the two functions below. */
struct ahead *ahead_start(const char *url, uint64_t max_bytes, const struct fetch_options *options);

const char *ahead_url(const struct ahead *a);

/* Whether the transfer has ended, well or not. */
bool ahead_arrived(const struct ahead *a);

/* Waits for the end, and gives what fetch_url gives; frees. */
enum status ahead_take(struct ahead *a, struct buf *body, struct buf *charset, struct err *e);

/* Ends the transfer at once, and frees. NULL is allowed. */
void ahead_free(struct ahead *a);

#endif
