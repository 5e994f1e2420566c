/*
 * A feed as one run of bytes (base/flat.h), as a confined process sends it.
 *
 * Invariants: what feed_flatten writes, feed_from_flat reads back the same; other bytes never make
 * a feed that breaks the invariants of feed.h.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_FEED_FLAT_H
#define DOCBAO_ARTICLE_FORMAT_FEED_FLAT_H

#include "article/format/feed.h"
#include "base/flat.h"

/* Writes the feed. */
void feed_flatten(const struct feed *feed, const struct flat_writer *w);

/* Fills *feed, an empty one. The invariants of feed.h are checked. False: the bytes are no such
 * feed; *feed may then only be given to feed_free. */
bool feed_from_flat(struct feed *feed, struct sv bytes);

#endif
