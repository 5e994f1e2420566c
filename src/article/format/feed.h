/*
 * Feeds: the lists of articles that papers publish for programs. RSS 0.9x and 2.0, RSS 1.0 (RDF),
 * Atom and JSON Feed.
 *
 * Invariants: every string is valid UTF-8 and owned by the feed's arena; titles, dates and keys are
 * one line, without control and format characters. A `link` is an http or https URL, or "": a feed
 * never leads to a file of this machine.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_FEED_H
#define DOCBAO_ARTICLE_FORMAT_FEED_H

#include "article/input/load.h"
#include "base/arena.h"
#include "base/vec.h"

struct feed_item {
    const char *title; /* "" where there is none */
    const char *link;
    const char *date;    /* ISO 8601; as written where it cannot be understood; "" without one */
    const char *key;     /* identifies it among the items of all feeds */
    const char *content; /* the whole article as HTML, where the feed has it, else "" */
};

struct feed {
    VEC(struct feed_item) items; /* in the order of the feed */
    bool cut_short;              /* its end is missing, and so may be items */
    struct arena arena;
};

/* Reads a feed. Sets *out completely; feed_free is allowed after an error too. `charset`: the
 * encoding that a server named, or NULL. Errors: STATUS_INPUT for what is no feed, with `name`. */
enum status feed_from_bytes(struct feed *out, const char *name, struct sv bytes,
                            const char *charset, struct err *e);

/* Whether the bytes begin as an XML feed does: what stands before its first element is passed over.
 */
bool feed_begins(struct sv bytes);

/* Appends the content of the item as a page of HTML, in UTF-8, with its title. */
void feed_page(const struct feed_item *item, struct buf *out);

/* Frees what it holds, not the struct itself. */
void feed_free(struct feed *f);

#endif
