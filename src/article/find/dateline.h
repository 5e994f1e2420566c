/*
 * A line that says when the article was published: "Thứ 7, 10/05/2025 | 16:05:09 [GMT +7] A A".
 */
#ifndef DOCBAO_ARTICLE_FIND_DATELINE_H
#define DOCBAO_ARTICLE_FIND_DATELINE_H

#include "base/sv.h"
#include "base/vec.h"

/* A part of the line that is not read. */
struct dateline_piece {
    struct span text; /* bytes of the line */
    const char *reason;
};

struct dateline {
    struct span date; /* weekday and date, bytes of the line; len 0: the line has only a time */
    int year, month, day;
    int hour, minute, second; /* second: -1 where not printed */
    int zone;                 /* minutes east of Greenwich */
    bool has_time, has_zone;
    VEC(struct dateline_piece) rest; /* all else, in order */
};

/* Whether the line is such a line, or one of a time alone. Fills *d, which the caller frees with
 * dateline_free also when the answer is no. */
bool dateline_parse(struct sv line, struct dateline *d);
void dateline_free(struct dateline *d);

/* Takes the time of another line into `d`, if that line has one and no date. */
void dateline_borrow_time(struct dateline *d, struct sv line);

/* ISO 8601, with what is known of time and zone; at most 32 bytes with the terminator. */
void dateline_iso(const struct dateline *d, char out[32]);

#endif
