/*
 * One line on the terminal of standard error that is drawn again and again.
 *
 * Invariants: what was drawn is erased before anything else is printed there (progress_line_erase);
 * a line is cut to the terminal, in whole clusters, and is sent by one call of write.
 */
#ifndef DOCBAO_CLI_PROGRESS_LINE_H
#define DOCBAO_CLI_PROGRESS_LINE_H

#include "base/buf.h"

struct progress_line {
    struct buf drawn; /* empty: there is no line */
    int64_t drawn_ns;
};

#define PROGRESS_LINE_INIT ((struct progress_line){.drawn = BUF_INIT})

/* Whether standard error is a terminal that can do it. Chooses a locale for the widths. */
bool progress_line_is_possible(void);

/* Whether the last line was drawn so long ago that another one is due. */
bool progress_line_is_due(const struct progress_line *l);
void progress_line_draw(struct progress_line *l, struct sv text);
void progress_line_erase(struct progress_line *l);
void progress_line_free(struct progress_line *l);

/* Appends an item behind " · ", the first without it. */
void progress_line_add(struct buf *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Appends "3:05" or "1:02:03", for a time in seconds. */
void progress_line_add_clock(struct buf *line, double seconds);

#endif
