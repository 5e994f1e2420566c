#include "base/packed_table.h"

enum { FILTER_WORDS = 256, ROW_BITS = 20 };
#define ROW_MASK ((1u << ROW_BITS) - 1)

/* The bits of a hash that a slot keeps: most rows with another key are ruled out by them. */
static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 52) << ROW_BITS;
}

const struct row *packed_find_likely(const struct packed_table *t, struct sv key)
{
    uint64_t hash = sv_hash(key);
    uint32_t tag = tag_of(hash), slot;
    const uint32_t *slots = t->words + FILTER_WORDS;
    for (uint32_t at = (uint32_t)hash & t->mask; (slot = slots[at]); at = (at + 1) & t->mask) {
        if ((slot & ~ROW_MASK) != tag)
            continue;
        const struct row *row = packed_row(t, (slot & ROW_MASK) - 1);
        if (sv_eq(row_text(row, t->key), key))
            return row;
    }
    return NULL;
}

uint64_t packed_kinds(const struct packed_table *t, struct sv key)
{
    uint64_t kinds = 0;
    for (const struct row *row = packed_find(t, key); row; row = row_next(row))
        kinds |= row_kinds(row);
    return kinds;
}

struct packer_cell *packer_add(struct packer *p, uint64_t kinds)
{
    *vec_push(&p->kinds) = kinds;
    size_t first = p->cells.n;
    for (uint32_t i = 0; i < p->columns; i++)
        *vec_push(&p->cells) = (struct packer_cell){{"", 0}, 0};
    return &p->cells.at[first];
}

/* A table while it is packed. */
struct packing {
    struct packed_table *table;
    uint32_t *words; /* those of the table, to be written */
    uint32_t *last;  /* by the first row with a key: the last one so far */
    uint32_t used;   /* bytes of text written */
};

static uint32_t *words_of_row(const struct packing *w, uint32_t number)
{
    return w->words + FILTER_WORDS + w->table->mask + 1 +
           (size_t)number * packed_stride(w->table->columns);
}

static void write_cell(struct packing *w, uint32_t *row, uint32_t column,
                       const struct packer_cell *from)
{
    const struct packed_table *t = w->table;
    uint32_t *cell = row + packed_stride(column);
    char *text = (char *)words_of_row(w, t->rows) + w->used;
    cell[0] = from->text.n ? (uint32_t)(text - (char *)row) : (uint32_t)from->number;
    cell[1] = (uint32_t)from->text.n;
    if (from->text.n)
        memcpy(text, from->text.p, from->text.n);
    w->used += (uint32_t)from->text.n;
}

/* Puts the row into the hash table, or at the end of the rows with the same key. */
static void link_row(struct packing *w, uint32_t number)
{
    uint32_t *row = words_of_row(w, number), *slots = w->words + FILTER_WORDS;
    struct sv key = row_text((const struct row *)row, w->table->key);
    const struct row *first = packed_find(w->table, key);
    if (first) {
        uint32_t *before = w->last + ((const uint32_t *)first - words_of_row(w, 0)) /
                                         packed_stride(w->table->columns);
        uint32_t *last = words_of_row(w, *before);
        last[0] = (uint32_t)(row - last);
        *before = number;
        return;
    }
    uint64_t hash = sv_hash(key);
    uint32_t at = (uint32_t)hash & w->table->mask;
    while (slots[at])
        at = (at + 1) & w->table->mask;
    slots[at] = tag_of(hash) | (number + 1);
    w->words[packed_front(key)] |= packed_length_bit(key);
    w->last[number] = number;
}

void packer_finish(struct packer *p, uint32_t key, struct packed_table *out)
{
    uint32_t rows = (uint32_t)p->kinds.n, slots = 64, length = 0;
    while (slots < 2 * rows)
        slots *= 2;
    for (size_t i = 0; i < p->cells.n; i++)
        length += (uint32_t)p->cells.at[i].text.n;
    size_t words = FILTER_WORDS + slots + (size_t)rows * packed_stride(p->columns);
    *out = (struct packed_table){p->columns, rows, slots - 1, key, length, NULL};
    struct packing w = {.table = out,
                        .words = mem_zalloc(words * sizeof *w.words + length),
                        .last = mem_zalloc(rows * sizeof *w.last)};
    out->words = w.words;
    for (uint32_t i = 0; i < rows; i++) {
        uint32_t *row = words_of_row(&w, i);
        row[1] = (uint32_t)p->kinds.at[i];
        row[2] = (uint32_t)(p->kinds.at[i] >> 32);
        for (uint32_t c = 0; c < p->columns; c++)
            write_cell(&w, row, c, &p->cells.at[(size_t)i * p->columns + c]);
        link_row(&w, i);
    }
    free(w.last);
    packer_free(p);
}

void packer_free(struct packer *p)
{
    vec_free(&p->kinds);
    vec_free(&p->cells);
}

void packed_free(struct packed_table *t)
{
    free((void *)t->words);
    *t = (struct packed_table){0};
}
