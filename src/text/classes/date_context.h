/*
 * Decides by the words around a day and month whether they are a date.
 *
 * Invariants: these functions only look; date_evidence.h decides with them.
 */
#ifndef DOCBAO_TEXT_CLASSES_DATE_CONTEXT_H
#define DOCBAO_TEXT_CLASSES_DATE_CONTEXT_H

#include "text/classes/evidence.h"

/* Whether the atom can be inside a list or range of dates. */
bool joins_dates(const struct view *v, uint32_t i);
/* 19h 5/9: a time of the day is before it. */
bool is_behind_time(const struct view *v, uint32_t i);
/* Whether there is a cue right before the date or before the first of its list, or the list
 * continues dates that were read. */
bool has_date_cue(const struct view *v, uint32_t i);
/* Whether "ngày" is said though it is not written: after a day of the week, at the start of the
 * line of an article's date. */
bool needs_day_word(const struct view *v, uint32_t i);

/* hai ngày 8-9/6, hai tháng 6-7: two were counted, and the numbers at both atoms are the two. */
bool are_both_counted(const struct view *v, uint32_t first, uint32_t second);

/* ---- evidence that dates and ranges share ---- */

/* A house number or a ratio: số 12/3, tỷ lệ 1/5. */
bool numbers_something(const struct candidate *c);
/* "mỗi ngày 1/2 viên" counts by the day. */
bool counts_by_day(const struct candidate *c);
/* has_date_cue */
bool is_announced_date(const struct candidate *c);

#endif
