/*
 * A document that is fetched in a thread of its own while another one is spoken, so that listening
 * never waits for the network.
 *
 * Invariants: the thread uses no data but its own, and takes no signal. Start it only after the
 * engine was started: a process with threads should not fork.
 */
#ifndef DOCBAO_ARTICLE_INPUT_PREFETCH_H
#define DOCBAO_ARTICLE_INPUT_PREFETCH_H

#include "article/input/fetch.h"

struct prefetch;

/* Starts to fetch. What the options point to must outlive it. NULL: no thread could be started.
 * The caller ends it with prefetch_finish or prefetch_free. */
struct prefetch *prefetch_start(const char *url, uint64_t max_bytes,
                                const struct fetch_options *options);

const char *prefetch_url(const struct prefetch *p);

/* Whether the transfer has ended, successfully or not. */
bool prefetch_arrived(const struct prefetch *p);

/* Waits for the end, gives the results of fetch_url, and frees. */
enum status prefetch_finish(struct prefetch *p, struct buf *body, struct buf *charset,
                            struct err *e);

/* Ends the transfer at once, and frees. NULL is allowed. */
void prefetch_free(struct prefetch *p);

#endif
