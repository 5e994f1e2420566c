/*
 * Divides the lines of an official paper into cells. The letterhead and the signature of a paper
 * have two columns. In a copied text, tabs or many spaces separate them; in a document they are
 * cells of a table.
 *
 * Invariants: cells are in text order, disjoint, not empty and without white space at their ends.
 * Those of one unit together hold all of its text but white space and the "; " between the cells
 * of a table.
 */
#ifndef DOCBAO_ARTICLE_FIND_PAPER_CELLS_H
#define DOCBAO_ARTICLE_FIND_PAPER_CELLS_H

#include "article/article.h"
#include "article/find/line.h"
#include "rules/rules.h"

enum paper_role {
    ROLE_NONE, /* of the body */
    ROLE_ISSUER,
    ROLE_KIND,
    ROLE_NUMBER,
    ROLE_SUBJECT,
    ROLE_DATE,
    ROLE_SIGNER,  /* office or name of the signer */
    ROLE_SKIPPED, /* for `reason` */
};

struct paper_cell {
    struct line line;  /* only the span and the measures are set */
    uint32_t unit;     /* index of the stretch that contains it */
    uint64_t signs;    /* of the words at its start: bits of enum paper_sign */
    uint16_t column;   /* 0: at the left */
    bool whole;        /* the table knows all of its words, not only the first */
    bool begins_line;  /* it is the first of its line */
    bool blank_before; /* an empty line is before it */
    bool is_number;    /* "Số: 45/GM-UBND" */
    bool is_place;     /* "Hòa Sơn, ngày 5 tháng 3 năm 2025" */
    uint8_t role;      /* enum paper_role */
    enum skip_reason reason;
};

VEC_TYPE(paper_cells, struct paper_cell);

/* Appends the cells of a stretch of `text`. Set `table` if "; " separates cells too. */
void paper_add_cells(struct paper_cells *cells, const struct rules *rules, struct sv text,
                     struct span stretch, uint32_t unit, bool table);

/* The date in a cell: "ngày 5 tháng 3 năm 2025". Empty if a part of the date is missing. */
struct sv paper_date_part(const struct rules *rules, struct sv cell);

/* Whether the cell is a person's name. A rank may precede it. */
bool paper_is_name(const struct rules *rules, const struct paper_cell *cell, struct sv text);

/* Appends the words of a cell in lower case, without marks, with one space between two words. */
void paper_words(struct buf *out, struct sv cell);

#endif
