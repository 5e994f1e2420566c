/*
 * A day and its month, perhaps with the year: 15/5/2016, 27.5.2022, 8-3.
 */
#ifndef DOCBAO_TEXT_CLASSES_DAY_MONTH_H
#define DOCBAO_TEXT_CLASSES_DAY_MONTH_H

#include "text/classes/evidence.h"
#include "text/utterance.h"

struct date {
    uint32_t atoms;
    int32_t day, month, year; /* 0: not written */
    uint32_t year_at;         /* the atom of the year */
    uint32_t mark;            /* between day and month */
    bool tight;               /* no space inside */
};

/* 1 to 31, in one or two digits. */
bool is_day(const struct view *v, uint32_t i);
/* Day and month, perhaps a year. */
bool parse_date(const struct view *v, uint32_t i, struct date *d);
/* Says the date at atom i without "ngày"; or only its day, if the month is 0. */
void say_date(struct utterance *out, const struct view *v, uint32_t i, const struct date *d);
/* The dash of a range; there may be a space on one side. */
bool is_date_dash(const struct view *v, uint32_t i);

/* A candidate whose parts are a struct date; the atom after it. */
static inline const struct date *date_of(const struct candidate *c)
{
    return c->parts;
}
static inline uint32_t end_of_date(const struct candidate *c)
{
    return c->i + date_of(c)->atoms;
}

#endif
