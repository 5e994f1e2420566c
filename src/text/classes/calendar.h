/*
 * What days (date.c) and longer periods (period.c) share.
 */
#ifndef DOCBAO_TEXT_CLASSES_CALENDAR_H
#define DOCBAO_TEXT_CLASSES_CALENDAR_H

#include "text/utterance.h"

/* A number atom of four digits, 1000 to 2999. */
bool is_year(const struct view *v, uint32_t i);
/* 1 to 12, in one or two digits. */
bool is_month(const struct view *v, uint32_t i);
/* Something glued at atom i makes a longer number or code of what stands before it. */
bool goes_on(const struct view *v, uint32_t i);
/* The dates from atom i to atom end (not included), or the list they begin, are said to be lunar.
 */
bool moon_counts(const struct view *v, uint32_t i, uint32_t end);
/* giêng, chạp, otherwise as say_month. */
void say_lunar_month(struct utterance *out, int32_t month);

/* Months, quarters and years that begin with a number. */
uint32_t read_period(struct utterance *out, const struct view *v, uint32_t i);
/* Those that begin with a letter: T4/2024, Q1/2025. */
uint32_t read_letter_period(struct utterance *out, const struct view *v, uint32_t i);

#endif
