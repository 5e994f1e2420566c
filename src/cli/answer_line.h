/*
 * A line that is typed where nothing is ever redrawn: on a terminal for screen readers and braille,
 * or one that knows no more than to go back by a cell.
 *
 * Invariants:
 * - Only printable text, BACKSPACE and line ends are sent, no escape sequence, and of a change only
 *   the cells that differ: what was typed is not said again.
 * - A line that is wider than the terminal cannot be gone back in beyond its last row.
 */
#ifndef DOCBAO_CLI_ANSWER_LINE_H
#define DOCBAO_CLI_ANSWER_LINE_H

#include "base/buf.h"

struct answer_line {
    int fd;           /* the terminal; where it cannot be written to, standard error is */
    char *question;   /* NULL: nothing is asked for */
    struct buf typed; /* as it is shown, with the cursor at that byte */
    size_t cursor;
};

/* Nothing is asked for yet. Ended by answer_line_free. */
void answer_line_init(struct answer_line *a, int fd);
void answer_line_free(struct answer_line *a);

/* Shows the question and what was typed, with the cursor at that byte; a NULL question ends the
 * line. */
void answer_line_show(struct answer_line *a, const char *question, const char *typed,
                      size_t cursor);
/* Something else was printed, or is about to be: ends the line, and prints all of it again. Nothing
 * happens where nothing is asked for. */
void answer_line_leave(struct answer_line *a);
void answer_line_again(const struct answer_line *a);

#endif
