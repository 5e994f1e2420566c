/*
 * The lines of an official paper as cells. The letterhead and the signature of a paper stand in two
 * columns, which a copied text keeps apart by tabs or many spaces, a table of a document by cells.
 *
 * Invariants: cells are in text order, disjoint, not empty and without white space at their ends.
 * Those of one unit together hold all of its text but white space and the "; " between the cells
 * of a table.
 */
#ifndef DOCBAO_ARTICLE_FIND_PAPER_CELLS_H
#define DOCBAO_ARTICLE_FIND_PAPER_CELLS_H

#include "article/find/line.h"
#include "rules/rules.h"

enum paper_role {
    ROLE_NONE, /* of the body */
    ROLE_ISSUER,
    ROLE_KIND,
    ROLE_NUMBER,
    ROLE_SUBJECT,
    ROLE_DATE,
    ROLE_SIGNER,  /* office and name of who signs */
    ROLE_SKIPPED, /* for `reason` */
};

struct paper_cell {
    struct line line;  /* its span and measures; `known`, `prose` and what follows are not set */
    uint32_t unit;     /* of the article: which stretch it is a part of */
    uint32_t signs;    /* what it begins with: bits of enum paper_sign */
    uint16_t column;   /* 0: at the left */
    bool whole;        /* the words known from the table are the whole cell */
    bool begins_line;  /* nothing stands left of it */
    bool blank_before; /* an empty line, or the beginning of a unit */
    bool is_number;    /* "Số: 45/GM-UBND" */
    bool is_place;     /* "Hòa Sơn, ngày 5 tháng 3 năm 2025" */
    uint8_t role;      /* enum paper_role */
    const char *reason;
};

VEC_TYPE(paper_cells, struct paper_cell);

/* Appends the cells of a stretch of `text`. `table`: "; " separates cells, too. */
void paper_add_cells(struct paper_cells *cells, const struct packed_table *papers, struct sv text,
                     struct span stretch, uint32_t unit, bool table);

/* The part of a cell that is a date: "ngày 5 tháng 3 năm 2025". n is 0 if it is not complete. */
struct sv paper_date_part(struct sv cell);

/* Whether the cell is the name of a person, with or without a rank before it. */
bool paper_is_name(const struct packed_table *papers, const struct paper_cell *cell,
                   struct sv text);

/* The words of a cell, without its marks and in lower case, one space between. */
void paper_words(struct buf *out, struct sv cell);

#endif
