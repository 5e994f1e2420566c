/*
 * A line that a program sent to --control: what it asks for, or what is wrong with it.
 *
 * Invariants:
 * - Either `fault` is NULL and `request` is what commands.def allows, its texts without control
 *   characters; or `fault` is a sentence, valid UTF-8, that says what is wrong and what would be
 *   right. Any bytes whatsoever may be read.
 * - The texts are the line's own, until line_free; they do not point into what was read.
 */
#ifndef DOCBAO_CLI_CONTROL_LINE_H
#define DOCBAO_CLI_CONTROL_LINE_H

#include <stddef.h>

#include "cli/command.h"

enum line_kind { LINE_NUMBER, LINE_TEXT, LINE_OTHER };

struct line_member {
    char *key;
    enum line_kind kind;
    char *value; /* of a number as it was written; of what is neither number nor text, nothing */
    size_t n;    /* of `value`, which may hold NUL where it is text */
};

struct line {
    struct request request;
    char *fault;
    const struct line_member *id; /* number or text, to be given back; NULL: there is none */

    /* For reading. */
    struct line_member *members;
    size_t count, cap;
    unsigned depth;
    bool is_object;
};

/* `bytes` NULL: it was longer than the `most` bytes that are allowed. */
struct line line_read(const char *bytes, size_t n, size_t most);
/* Frees the texts of the line. */
void line_free(struct line *line);

#endif
