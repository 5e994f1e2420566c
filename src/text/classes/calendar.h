/*
 * What the readers of days (date.c) and of longer periods (period.c) share.
 */
#ifndef DOCBAO_TEXT_CLASSES_CALENDAR_H
#define DOCBAO_TEXT_CLASSES_CALENDAR_H

#include "text/utterance.h"

/* Years of two digits beside a quarter or half are of this century: 3Q24, 1H24. */
enum { FIRST_SHORT_YEAR = 18, LAST_SHORT_YEAR = 29 };

/* A number atom of four digits, 1000 to 2999. */
bool is_year(const struct view *v, uint32_t i);
/* 1 to 12, in one or two digits. */
bool is_month(const struct view *v, uint32_t i);
/* Whether something at atom i is glued on and makes a longer number or code. */
bool date_goes_on(const struct view *v, uint32_t i);
/* Whether the dates from atom i to before atom `end`, or the list that they begin, are called
 * lunar. */
bool moon_counts(const struct view *v, uint32_t i, uint32_t end);
/* Says giêng or chạp, otherwise the same as say_month. */
void say_lunar_month(struct utterance *out, int32_t month);

/* Reads months, quarters and years that begin with a number. */
uint32_t read_period(struct utterance *out, const struct view *v, uint32_t i);
/* Reads those that begin with a letter: T4/2024, Q1/2025. */
uint32_t read_letter_period(struct utterance *out, const struct view *v, uint32_t i);

#endif
