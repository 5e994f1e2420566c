/*
 * What each cell of an official paper is.
 *
 * The steps, in this order: paper_find_head, paper_find_lists, paper_find_signature,
 * paper_find_pages. Each sets the roles of cells that have none yet.
 */
#ifndef DOCBAO_ARTICLE_FIND_PAPER_ROLES_H
#define DOCBAO_ARTICLE_FIND_PAPER_ROLES_H

#include "article/article.h"
#include "article/find/paper_cells.h"

struct paper {
    const struct article *a;
    const struct packed_table *signs; /* TABLE_PAPERS */
    struct paper_cells cells;
    size_t head, body;           /* the cells of the letterhead: [head, body) */
    size_t signature, signed_to; /* the cells of the signature; signed_to 0: none */
    bool two_sign;               /* it has two columns, one for each who signs */
};

/* Finds the letterhead and gives its cells their roles. False: this is no official paper. */
bool paper_find_head(struct paper *p);

/* The national name of another paper below the first, and who gets copies. */
void paper_find_lists(struct paper *p);

/* Who signs: office, "(Đã ký)", name. */
void paper_find_signature(struct paper *p);

/* The numbers of pages. */
void paper_find_pages(struct paper *p);

/* The text of a cell. */
static inline struct sv paper_text(const struct paper *p, size_t cell)
{
    return sv_at(p->a->text, p->cells.at[cell].line.text);
}

#endif
