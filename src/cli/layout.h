/*
 * Text laid out in lines of a width.
 *
 * Invariants:
 * - Blocks follow each other in `text`; lines are in order, and each is part of one block.
 * - A line is at most `width` cells wide (but for a cluster that is wider alone), and is broken at
 *   spaces, which it does not end with, or where there is none, between clusters.
 * - With gaps, there is an empty line between two blocks. It belongs to the second one.
 */
#ifndef DOCBAO_CLI_LAYOUT_H
#define DOCBAO_CLI_LAYOUT_H

#include "base/buf.h"
#include "base/vec.h"

enum layout_kind { LAYOUT_TEXT, LAYOUT_TITLE, LAYOUT_HEADING, LAYOUT_ASIDE };

struct layout_block {
    uint32_t from, to; /* of the text */
    enum layout_kind kind;
};

struct layout_line {
    uint32_t from, to, block;
};

struct layout { /* all zero: empty */
    struct buf text;
    VEC(struct layout_block) blocks;
    VEC(struct layout_line) lines;
};

/* Empties it and keeps the memory; frees it. */
void layout_clear(struct layout *l);
void layout_free(struct layout *l);

/* Adds a block; lines come with layout_wrap, again after each change. */
void layout_add(struct layout *l, struct sv text, enum layout_kind kind);
void layout_wrap(struct layout *l, unsigned width, bool gaps);

/* The line that holds the byte at `offset` of the text; there must be a line. */
uint32_t layout_line_of(const struct layout *l, uint32_t offset);

#endif
