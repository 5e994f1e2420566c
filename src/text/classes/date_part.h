/*
 * Whether what looks like a day and month is a part of a whole, a ratio or a rank: 8/9 xã, tỷ lệ
 * chọi 12/1, vòng 1/8. The functions that take a candidate have a struct date as its parts.
 *
 * Invariants: these functions only look, a bounded number of atoms around the candidate.
 */
#ifndef DOCBAO_TEXT_CLASSES_DATE_PART_H
#define DOCBAO_TEXT_CLASSES_DATE_PART_H

#include "text/classes/day_month.h"

/* A word in small letters, or %: if this is a fraction, the thing that is counted (8/9 xã). */
bool is_noun_after(const struct view *v, uint32_t i);
/* 2/9 and 30/4 are holidays. */
bool is_holiday(const struct view *v, const struct date *d);

/* A word that is counted follows. */
bool is_counted_date(const struct candidate *c);
/* It is written with a hyphen or with full stops. */
bool has_no_stroke(const struct candidate *c);
/* A word is before it that may be before a date or before a fraction: từ 1/7. */
bool has_weak_cue(const struct candidate *c);
/* A fraction above one is rare. */
bool is_no_part(const struct candidate *c);
/* 8/9 xã, 1/3 dân số: something is counted, or a fraction of daily use has a noun after it. */
bool is_part_of_things(const struct candidate *c);
/* tỷ lệ chọi cao nhất là 12/1: it speaks of a ratio some words before. */
bool has_ratio_before(const struct candidate *c);
/* trực 24/7: it is a day only right behind a preposition. */
bool is_round_the_clock(const struct candidate *c);
/* vòng 1/8, chiếm khoảng 1/5, thang điểm 10/10, lớp 6/2 và 7/3. "khoảng 27/7" is a day. */
bool is_part_by_cue(const struct candidate *c);
/* thị lực 8/10, 10/10: so many out of so many is before it in its list. */
bool is_listed_whole(const struct candidate *c);

#endif
