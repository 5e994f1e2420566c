/*
 * An article as stretches in the order of its text, while paper.c puts it in another order.
 *
 * Invariants: units are in text order and disjoint. What is skipped inside a block is in `inside`.
 */
#ifndef DOCBAO_ARTICLE_FIND_PAPER_SHEET_H
#define DOCBAO_ARTICLE_FIND_PAPER_SHEET_H

#include "article/find/paper_roles.h"

/* A stretch of the document: a block, or what was skipped outside blocks. */
struct unit {
    struct span text;
    const char *reason; /* NULL: it is a block */
    uint8_t kind;       /* enum block_kind */
};

struct sheet {
    struct article *a;
    VEC(struct unit) units;
    struct paper paper;
    VEC(struct skipped) inside;
    uint32_t head, last; /* units: the first of the paper, the last that is read */
    bool is_notice;      /* it has no letterhead */
    bool titled;         /* the page around the paper has a title of its own */
};

/* Whether the finders may have skipped the stretch because of where it stands, not of what it
 * says; true for a block. */
bool sheet_may_restore(const struct unit *u);

/* Whether a table knows it as a line of menus and the like. */
bool sheet_is_known(const struct sheet *s, const struct unit *u);

/* Gives the article the units as its blocks and skipped stretches, in their order; below the unit
 * `title`, copies and signature are treated as those of a paper. */
void sheet_arrange_notice(struct sheet *s, uint32_t title);

/* Sets title and order of a script or notice, if the document is one. */
void sheet_read_notice(struct sheet *s);

#endif
