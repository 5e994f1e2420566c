/*
 * A table as text: tab-separated values, one row a line, '#' lines are comments.
 *
 * Invariants: every row has the same number of columns, the missing ones at the end of a line
 * being empty; columns are views of the table's own bytes, without white space at their ends;
 * rows keep the order of the file and know their line, so that an error can name it.
 */
#ifndef DOCBAO_BASE_TABLE_H
#define DOCBAO_BASE_TABLE_H

#include "base/err.h"
#include "base/vec.h"

/* The most bytes of a cell; readers refuse longer ones, because messages quote whole cells. */
enum { TABLE_LONGEST_CELL = 2000 };

struct table {
    const char *name; /* borrowed: for messages */
    uint32_t columns;
    VEC(struct sv) cells; /* rows x columns */
    VEC(uint32_t) lines;  /* the line of each row, from 1 */
};

/* Parses `bytes`, which must outlive the table. A row with more than `columns` columns is an
 * error that names the line. The caller frees the table with table_free, also after an error. */
enum status table_parse(struct table *t, const char *name, struct sv bytes, uint32_t columns,
                        struct err *e);
/* The number of rows; a cell of one, with its row and column from 0. */
static inline size_t table_rows(const struct table *t)
{
    return t->lines.n;
}
static inline struct sv table_cell(const struct table *t, size_t row, uint32_t column)
{
    return t->cells.at[row * t->columns + column];
}
/* Frees the table; the bytes stay the caller's. */
void table_free(struct table *t);

/*
 * A hash index from a key to rows (any uint32), several rows a key kept in the order they were
 * added. Keys are views that must outlive the index.
 */
struct index_entry {
    struct sv key;
    uint32_t row;
    uint32_t next; /* 1 + the entry of the next row with the same key; 0: none */
};

struct index {
    VEC(struct index_entry) entries;
    /* By the first byte of a key, bit n: some key has n bytes (bit 31: 31 or more). This alone
     * rules out most words that are not in the index. */
    uint32_t lengths[256];
    uint32_t *slots; /* 1 + first entry */
    uint32_t mask;
};

/* Adds a row under this key. */
void index_add(struct index *x, struct sv key, uint32_t row);
/* The first entry with this key, or NULL. */
const struct index_entry *index_find(const struct index *x, struct sv key);
/* The next entry with the same key, or NULL. */
const struct index_entry *index_next(const struct index *x, const struct index_entry *entry);
/* Frees the index; it is then empty. The keys stay the caller's. */
void index_free(struct index *x);

#endif
