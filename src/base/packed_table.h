/*
 * A table packed for look-up: rows found by a key, in one block without pointers between its parts,
 * so that the build can pack a table and the program can use it without loading anything.
 *
 * Invariants:
 * - Rows with the same key are linked in the order in which they were added.
 * - A row is valid as long as its table; views of its cells are too.
 * - A cell holds text, or a number, or nothing; the caller knows which by the column.
 * - A packed table never changes, so any number of threads and processes may read it.
 * - The build must pack on a machine with the byte order of the machine that the program runs on.
 */
#ifndef DOCBAO_BASE_PACKED_TABLE_H
#define DOCBAO_BASE_PACKED_TABLE_H

#include "base/sv.h"
#include "base/vec.h"

/* The most rows that a table may have. */
enum { PACKED_ROWS = (1 << 20) - 2 };

/*
 * words[0 .. 255]: by the first byte of a key, bit n: some key has n bytes (bit 31: 31 or more).
 * Then mask + 1 slots of a hash table: 20 bits for 1 + the first row with a key, 12 bits of the
 * key's hash. Then the rows, packed_stride words each; then the text of the cells.
 */
struct packed_table {
    uint32_t columns;
    uint32_t rows;
    uint32_t mask;
    uint32_t key;    /* the column that is looked up */
    uint32_t length; /* of the rows' text, in bytes */
    const uint32_t *words;
};

/* One row: words[0] is the distance to the next row with the same key (in words; 0: none), words[1]
 * and words[2] the lower and the upper half of the kinds; then two words a cell: distance from the
 * row in bytes and length; or a number and 0.
 */
struct row;

/* The words of a row with so many columns. */
static inline uint32_t packed_stride(uint32_t columns)
{
    return 3 + 2 * columns;
}

/* For packed_find only: the same, where some key has that first byte and that length. */
const struct row *packed_find_likely(const struct packed_table *t, struct sv key);

static inline uint32_t packed_length_bit(struct sv key)
{
    return 1u << (key.n < 31 ? key.n : 31);
}

static inline unsigned char packed_front(struct sv key)
{
    return key.n ? (unsigned char)key.p[0] : 0;
}

/* The first row with this key, or NULL. */
static inline const struct row *packed_find(const struct packed_table *t, struct sv key)
{
    bool likely = t->words[packed_front(key)] & packed_length_bit(key);
    return likely ? packed_find_likely(t, key) : NULL;
}

/* The next row with the same key, or NULL. */
static inline const struct row *row_next(const struct row *row)
{
    const uint32_t *words = (const uint32_t *)row;
    return words[0] ? (const struct row *)(words + words[0]) : NULL;
}

/* The row of that number, from 0, in the order in which they were added. */
static inline const struct row *packed_row(const struct packed_table *t, uint32_t number)
{
    const uint32_t *rows = t->words + 256 + t->mask + 1;
    return (const struct row *)(rows + (size_t)number * packed_stride(t->columns));
}

/* The row that was added after this one, quicker than packed_row; after the last, a place that must
 * not be read. */
static inline const struct row *packed_row_after(const struct packed_table *t,
                                                 const struct row *row)
{
    return (const struct row *)((const uint32_t *)row + packed_stride(t->columns));
}

/* The kinds of the row: bits that its table gives a meaning. */
static inline uint64_t row_kinds(const struct row *row)
{
    const uint32_t *words = (const uint32_t *)row;
    return words[1] | (uint64_t)words[2] << 32;
}

/* The text of a cell; empty where it has none. */
static inline struct sv row_text(const struct row *row, uint32_t column)
{
    const uint32_t *cell = (const uint32_t *)row + packed_stride(column);
    return cell[1] ? (struct sv){(const char *)row + cell[0], cell[1]} : (struct sv){"", 0};
}

/* The number of a cell that holds one. */
static inline int32_t row_number(const struct row *row, uint32_t column)
{
    return (int32_t)((const uint32_t *)row)[packed_stride(column)];
}

/* The kinds of all rows with this key together; 0 if there is none. */
uint64_t packed_kinds(const struct packed_table *t, struct sv key);

/*
 * Packing: add rows, then finish.
 */
struct packer_cell {
    struct sv text; /* borrowed until packer_finish */
    int32_t number; /* where text.n is 0 */
};

struct packer {
    uint32_t columns;
    VEC(uint64_t) kinds;           /* one a row */
    VEC(struct packer_cell) cells; /* `columns` a row */
};

/* Adds a row and gives its cells, which are empty; valid until the next call. */
struct packer_cell *packer_add(struct packer *p, uint64_t kinds);

/* Packs the rows, which are found by the text of column `key`; frees the packer. The caller frees
 * *out with packed_free. At most PACKED_ROWS rows. */
void packer_finish(struct packer *p, uint32_t key, struct packed_table *out);
/* Frees a packer that is not finished, and a table; both are then zeroed. */
void packer_free(struct packer *p);
void packed_free(struct packed_table *t);

#endif
