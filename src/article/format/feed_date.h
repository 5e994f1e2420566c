/*
 * The dates of feeds.
 *
 * Invariants: what is appended is a date in ISO 8601, or the text as it was written; nothing
 * depends on the clock.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_FEED_DATE_H
#define DOCBAO_ARTICLE_FORMAT_FEED_DATE_H

#include "base/buf.h"

/*
 * Appends a date of RSS (RFC 822: "Tue, 24 Nov 2026 08:30:00 +0700"), or one in figures
 * ("2026-11-24 08:30:00", "24/11/2026 08:30", "11/24/2026 8:30:00 AM"), in ISO 8601, with its zone
 * if it has one, as a number ("+0700", "+07:00", "GMT+7") or as a name of RFC 822. Any other text
 * is appended unchanged.
 */
void feed_date_append(struct buf *out, struct sv written);

#endif
