/*
 * A publication line gives the time at which the article was published: "Thứ 7, 10/05/2025 |
 * 16:05:09 [GMT +7] A A".
 *
 * Invariants: `date` and `rest` do not overlap; `rest` is in the order of the line.
 */
#ifndef DOCBAO_ARTICLE_FIND_DATELINE_H
#define DOCBAO_ARTICLE_FIND_DATELINE_H

#include "article/reasons.h"
#include "base/sv.h"
#include "base/vec.h"

struct rules;

/* A part of the line. `reason` says why it is not read aloud; SKIP_NONE if it is. */
struct dateline_piece {
    struct span text; /* bytes of the line */
    enum skip_reason reason;
};

VEC_TYPE(dateline_pieces, struct dateline_piece);

enum { ISO_DATE_SIZE = 32 }; /* bytes of an ISO 8601 date and time, with the terminator */

struct dateline {
    struct span date; /* weekday and date, bytes of the line; len 0: the line has only a time */
    int year, month, day;
    int hour, minute, second; /* second: -1 if not printed */
    int zone;                 /* minutes east of Greenwich */
    bool has_time, has_zone;
    struct dateline_pieces rest; /* all other parts that are not separators */
};

/* Returns whether the line is a publication line or consists of a time. Fills *d in any case; the
 * caller frees it with dateline_free. */
bool dateline_parse(const struct rules *rules, struct sv line, struct dateline *d);
/* Frees what *d holds. */
void dateline_free(struct dateline *d);

/* The names of who wrote, with which the line begins or ends ("Hà Vy, Theo Sớm Mai 08:15
 * 12/06/2025"): bytes of the line. len 0: there are none. A town may look like a name. */
struct span dateline_names(const struct rules *rules, const struct dateline *d, struct sv line);

/* Appends the whole line, `length` bytes long, as pieces in the order of the line: the date (reason
 * SKIP_NONE), the pieces of `rest`, and the separators between them (reason "decoration"). No piece
 * is empty. */
void dateline_split(const struct dateline *d, uint32_t length, struct dateline_pieces *out);

/* Sets the time of `d` to that of another line, if that line has a time and no date. */
void dateline_borrow_time(const struct rules *rules, struct dateline *d, struct sv line);

/* Writes the date in ISO 8601, with time and zone if the line has them. */
void dateline_iso(const struct dateline *d, char out[ISO_DATE_SIZE]);

#endif
