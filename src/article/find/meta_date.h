/*
 * The dates that pages give to programs: in <meta>, in JSON-LD, in <time>.
 *
 * Invariants: the same value always gives the same date: neither the clock nor the zone of this
 * machine counts.
 */
#ifndef DOCBAO_ARTICLE_FIND_META_DATE_H
#define DOCBAO_ARTICLE_FIND_META_DATE_H

#include "base/sv.h"

struct rules;

/* Writes a date such as "2024-03-05T09:51:00+07:00" or "2024-03-05 09:51" as dateline_iso does.
 * A time in UTC becomes Vietnam's time. Dates as people write them are understood too. Returns
 * false if it is no date. */
bool meta_date_iso(const struct rules *rules, struct sv value, char out[32]);

#endif
