/*
 * The texts of feeds, which are written in several ways. Each function appends to `out`.
 *
 * Invariants: `out` is never read, only appended to; the time is linear in the text.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_FEED_TEXT_H
#define DOCBAO_ARTICLE_FORMAT_FEED_TEXT_H

#include "base/buf.h"

/* The text of a title, which may be HTML even in feeds that say otherwise: without tags, references
 * decoded. */
void feed_strip_html(struct buf *out, struct sv html);

/* The text as one line of valid UTF-8: white space and controls become one space, format characters
 * are dropped, U+FFFD replaces bytes that are not UTF-8. */
void feed_fold_line(struct buf *out, struct sv text);

/* A text as HTML. */
void feed_escape(struct buf *out, struct sv text);

/* The bytes that are written in base64 (RFC 4648); other characters are passed over. */
void feed_decode_base64(struct buf *out, struct sv v);

#endif
