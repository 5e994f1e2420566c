/*
 * The dates of feeds.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_FEED_DATE_H
#define DOCBAO_ARTICLE_FORMAT_FEED_DATE_H

#include "base/buf.h"

/*
 * Appends a date of RSS (RFC 822: "Tue, 24 Nov 2026 08:30:00 +0700") in ISO 8601, with its zone if
 * it has one, as a number or as a name of RFC 822. Any other text is appended unchanged.
 */
void feed_date_append(struct buf *out, struct sv written);

#endif
