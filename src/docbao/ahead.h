/*
 * A document that is opened in a thread of its own while another one is spoken, so that listening
 * never waits for a file, a server or a long text.
 *
 * Invariants: the thread uses no data but its own, and tables that do not change; it takes no
 * signal. Start it only after the engine was started: a process with threads should not fork one
 * that goes on for long.
 */
#ifndef DOCBAO_DOCBAO_AHEAD_H
#define DOCBAO_DOCBAO_AHEAD_H

#include "docbao/internal.h"

struct ahead;

/* Starts to open it, with the options, the rules and the voice of `d`, which must live longer.
 * NULL: no thread could be started. The caller ends it with ahead_finish or ahead_free. */
struct ahead *ahead_start(const struct docbao *d, const char *name);

/* Whether it opens the document of this name. */
bool ahead_is_of(const struct ahead *h, const char *name);

/* Whether it has been opened, successfully or not. */
bool ahead_arrived(const struct ahead *h);

/* Waits for the end, sets *out to the article, and frees. Its words have been read too, unless the
 * voice of `d` has changed meanwhile. Errors: those of parser_read, in d->err. */
enum status ahead_finish(struct ahead *h, struct docbao *d, struct docbao_article **out);

/* Ends the reading at once, and frees. NULL is allowed. */
void ahead_free(struct ahead *h);

#endif
