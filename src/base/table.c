#include "base/table.h"

static enum status add_row(struct table *t, struct sv line, uint32_t number, struct err *e)
{
    uint32_t n = 0;
    while (line.p) {
        struct sv cell = sv_trim(sv_cut(&line, '\t'));
        if (n == t->columns) {
            if (!cell.n)
                continue;
            err_set(e, STATUS_USAGE, "more than %u columns; remove what follows the last one",
                    t->columns);
            return err_at(e, t->name, number, t->columns + 1);
        }
        *vec_push(&t->cells) = cell;
        n++;
    }
    for (; n < t->columns; n++)
        *vec_push(&t->cells) = (struct sv){"", 0};
    *vec_push(&t->lines) = number;
    return STATUS_OK;
}

enum status table_parse(struct table *t, const char *name, struct sv bytes, uint32_t columns,
                        struct err *e)
{
    *t = (struct table){.name = name, .columns = columns};
    uint32_t number = 0;
    while (bytes.p) {
        struct sv line = sv_cut(&bytes, '\n');
        number++;
        if (!sv_trim(line).n || line.p[0] == '#')
            continue;
        enum status status = add_row(t, line, number, e);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

void table_free(struct table *t)
{
    vec_free(&t->cells);
    vec_free(&t->lines);
}

static uint32_t slot_of(const struct index *x, struct sv key)
{
    uint32_t at = (uint32_t)sv_hash(key) & x->mask;
    while (x->slots[at] && !sv_eq(x->entries.at[x->slots[at] - 1].key, key))
        at = (at + 1) & x->mask;
    return at;
}

static void grow(struct index *x)
{
    uint32_t size = x->slots ? 2 * (x->mask + 1) : 64;
    uint32_t *old = x->slots;
    uint32_t old_size = old ? x->mask + 1 : 0;
    x->slots = mem_zalloc(size * sizeof *x->slots);
    x->mask = size - 1;
    for (uint32_t i = 0; i < old_size; i++)
        if (old[i])
            x->slots[slot_of(x, x->entries.at[old[i] - 1].key)] = old[i];
    free(old);
}

static uint32_t length_bit(struct sv key)
{
    return 1u << (key.n < 31 ? key.n : 31);
}

static unsigned char front_of(struct sv key)
{
    return key.n ? (unsigned char)key.p[0] : 0;
}

void index_add(struct index *x, struct sv key, uint32_t row)
{
    x->lengths[front_of(key)] |= length_bit(key);
    if (!x->slots || x->entries.n * 2 > x->mask)
        grow(x);
    *vec_push(&x->entries) = (struct index_entry){key, row, 0};
    uint32_t entry = (uint32_t)x->entries.n; /* 1-based */
    uint32_t at = slot_of(x, key);
    if (!x->slots[at]) {
        x->slots[at] = entry;
        return;
    }
    struct index_entry *last = &x->entries.at[x->slots[at] - 1];
    while (last->next)
        last = &x->entries.at[last->next - 1];
    last->next = entry;
}

const struct index_entry *index_find(const struct index *x, struct sv key)
{
    if (!(x->lengths[front_of(key)] & length_bit(key)))
        return NULL;
    uint32_t entry = x->slots[slot_of(x, key)];
    return entry ? &x->entries.at[entry - 1] : NULL;
}

const struct index_entry *index_next(const struct index *x, const struct index_entry *entry)
{
    return entry->next ? &x->entries.at[entry->next - 1] : NULL;
}

void index_free(struct index *x)
{
    vec_free(&x->entries);
    free(x->slots);
    *x = (struct index){0};
}
