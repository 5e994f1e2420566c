/*
 * The dates of feeds.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_FEED_DATE_H
#define DOCBAO_ARTICLE_FORMAT_FEED_DATE_H

#include "base/buf.h"

/*
 * Appends the ISO 8601 form of a date as RSS writes it (RFC 822: "Tue, 24 Nov 2026 08:30:00
 * +0700"), with its zone where one is given, in numbers or as a name of RFC 822. What is no such
 * date is appended as it stands.
 */
void feed_date_append(struct buf *out, struct sv written);

#endif
