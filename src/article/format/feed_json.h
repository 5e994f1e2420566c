/*
 * JSON Feed, versions 1 and 1.1.
 *
 * Invariants: the items are in the order of the document; strings are as feed.h wants them.
 *
 * Source: https://www.jsonfeed.org/version/1.1/
 */
#ifndef DOCBAO_ARTICLE_FORMAT_FEED_JSON_H
#define DOCBAO_ARTICLE_FORMAT_FEED_JSON_H

#include "article/format/feed.h"

/* Whether the bytes begin as JSON does, not XML. */
bool feed_is_json(struct sv bytes);

/* As feed_from_bytes: `out` is empty. A feed that is damaged or cut short is read up to there, and
 * is then cut_short. */
enum status feed_read_json(struct feed *out, const char *name, struct sv bytes, struct err *e);

#endif
