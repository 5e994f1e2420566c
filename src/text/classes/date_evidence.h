/*
 * Whether a day and month are a date, and no fraction, score or code.
 *
 * Invariants: the rows of evidence, and the example that set each, are in date_evidence.c; nothing
 * else decides.
 */
#ifndef DOCBAO_TEXT_CLASSES_DATE_EVIDENCE_H
#define DOCBAO_TEXT_CLASSES_DATE_EVIDENCE_H

#include "text/classes/day_month.h"

/* Whether a day and month are a date here, and no fraction or score. */
bool is_certain_date(const struct view *v, uint32_t i, const struct date *d);
/* Whether another day and month near this one, with strokes too, is certainly a date. Before a noun
 * it has to be the same day: Trước 1/7 và sau 1/7 mức đóng khác nhau. */
bool has_sister_date(const struct view *v, uint32_t i, const struct date *d);

#endif
