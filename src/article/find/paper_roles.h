/*
 * Gives the cells of an official paper their roles.
 *
 * Call the steps in this order: paper_find_head, paper_find_lists, paper_find_signature,
 * paper_find_pages. Each sets the roles of cells that have none yet.
 *
 * Invariants: head <= body; the cells stay in the order of the document.
 */
#ifndef DOCBAO_ARTICLE_FIND_PAPER_ROLES_H
#define DOCBAO_ARTICLE_FIND_PAPER_ROLES_H

#include "article/article.h"
#include "article/find/paper_cells.h"

struct paper {
    const struct article *a;
    struct paper_cells cells;
    size_t head, body;           /* the cells of the letterhead: [head, body) */
    size_t signature, signed_to; /* the cells of the signature; signed_to 0: none */
    bool two_sign;               /* two people sign, each in a column */
};

/* Finds the letterhead. False: this is not an official paper. */
bool paper_find_head(struct paper *p);

/* Finds the lists of recipients, and the national name and motto of other papers below the first.
 */
void paper_find_lists(struct paper *p);

/* Finds the signature: office, "(Đã ký)", name. */
void paper_find_signature(struct paper *p);

/* Finds page numbers. */
void paper_find_pages(struct paper *p);

/* Whether boilerplate.tsv knows the line, for example as a line of a menu. */
bool paper_is_boilerplate(const struct paper *p, struct sv line);

/* Marks the cell as skipped. */
static inline void paper_skip_cell(struct paper_cell *c, enum skip_reason reason)
{
    c->role = ROLE_SKIPPED;
    c->reason = reason;
}

/* The text of a cell. */
static inline struct sv paper_text(const struct paper *p, size_t cell)
{
    return sv_at(p->a->text, p->cells.at[cell].line.text);
}

#endif
