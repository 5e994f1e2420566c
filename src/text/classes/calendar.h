/*
 * Functions that the readers of dates share: years, months and quarters as they are written and
 * said.
 *
 * Invariants: questions change nothing; only the say_ functions and end_date speak.
 */
#ifndef DOCBAO_TEXT_CLASSES_CALENDAR_H
#define DOCBAO_TEXT_CLASSES_CALENDAR_H

#include "text/utterance.h"

enum { LAST_MONTH = 12 };

/* A number atom of four digits, 1000 to 2999. */
bool is_year(const struct view *v, uint32_t i);
/* A number of two digits that is a year of this century beside a quarter or half: 3Q24, 1H24. */
bool is_short_year(const struct view *v, uint32_t i);
/* 1 to 12, in one or two digits. */
bool is_month(const struct view *v, uint32_t i);
/* Whether a time of the day begins at atom i: 5h, 17 giờ, 21:05. */
bool is_time_of_day(const struct view *v, uint32_t i);
/* The word mùng, also written mồng: one of the first ten days of a month. */
bool is_early_day_word(const struct view *v, uint32_t i);
/* "ngày", or one of those. */
bool is_day_word(const struct view *v, uint32_t i);
/* The word quý, with either letter. */
bool is_quarter_word(const struct view *v, uint32_t i);
/* Whether something at atom i is glued on and makes a longer number or code. */
bool date_goes_on(const struct view *v, uint32_t i);
/* Whether a year follows the month or quarter at atom i - 1: "/2024", and if `named` also "-2024",
 * ".2024" and " - 2024". */
bool is_year_after(const struct view *v, uint32_t i, bool named);
/* The same for a year of two digits: quý 3/24. */
bool is_short_year_after(const struct view *v, uint32_t i);
/* Whether the dates from atom i to before atom `end`, or the list that they begin, are called
 * lunar. */
bool moon_counts(const struct view *v, uint32_t i, uint32_t end);

/* Says giêng or chạp, otherwise the same as say_month. */
void say_lunar_month(struct utterance *out, int32_t month);
/* Says the number at atom i, of at most 9 digits; as a month; as a year, behind "năm". */
void say_value(struct utterance *out, const struct view *v, uint32_t i);
void say_month_at(struct utterance *out, const struct view *v, uint32_t i);
void say_year_at(struct utterance *out, const struct view *v, uint32_t i);
/* The same; a year of two digits is said in full. */
void say_full_year_at(struct utterance *out, const struct view *v, uint32_t i);
/* Ends the token of a date of n atoms from atom i on, and notes it. Returns n. */
uint32_t end_date(struct utterance *out, const struct view *v, uint32_t i, uint32_t n);

#endif
