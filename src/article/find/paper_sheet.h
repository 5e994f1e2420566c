/*
 * The blocks and skipped stretches of an article as one list, from which paper.c builds them anew.
 *
 * Invariants: units are in text order and disjoint. `inside` holds the stretches that are skipped
 * inside a block, in text order.
 */
#ifndef DOCBAO_ARTICLE_FIND_PAPER_SHEET_H
#define DOCBAO_ARTICLE_FIND_PAPER_SHEET_H

#include "article/find/paper_roles.h"

/* A block, or a stretch that was skipped outside blocks. */
struct unit {
    struct span text;        /* first, for span_cmp */
    enum skip_reason reason; /* SKIP_NONE: it is a block */
    uint8_t kind;            /* enum block_kind */
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

/* Whether the unit may be read: it is a block, or the finders may have skipped it only for its
 * place in the page. */
bool sheet_may_restore(const struct unit *u);

/* Makes the first `count` units blocks if all of them may be read and none is boilerplate. Returns
 * whether it did. */
bool sheet_restore(struct sheet *s, uint32_t count);

/* Makes the units the blocks and skipped stretches of the article, in their order. Below the unit
 * `title`, finds the list of recipients and the signature as in a paper. */
void sheet_arrange_notice(struct sheet *s, uint32_t title);

/* If the document is a script or a notice, sets its title and arranges its units. */
void sheet_read_notice(struct sheet *s);

#endif
