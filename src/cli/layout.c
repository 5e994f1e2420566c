#include "cli/layout.h"

#include "cli/cells.h"

void layout_clear(struct layout *l)
{
    buf_clear(&l->text);
    l->blocks.n = l->lines.n = 0;
}

void layout_free(struct layout *l)
{
    buf_free(&l->text);
    vec_free(&l->blocks);
    vec_free(&l->lines);
}

void layout_add(struct layout *l, struct sv text, enum layout_kind kind)
{
    uint32_t from = (uint32_t)l->text.n;
    buf_reserve(&l->text, text.n);
    buf_add_sv(&l->text, text);
    *vec_push(&l->blocks) = (struct layout_block){from, (uint32_t)l->text.n, kind};
}

static void add_line(struct layout *l, size_t block, size_t from, size_t to)
{
    while (to > from && l->text.p[to - 1] == ' ')
        to--;
    *vec_push(&l->lines) = (struct layout_line){(uint32_t)from, (uint32_t)to, (uint32_t)block};
}

/* Finds the end of the line that begins at `from`, and the start of the next line. */
static size_t end_of_line(const struct layout *l, size_t from, size_t end, unsigned width)
{
    unsigned cells = 0;
    size_t space = from; /* after the last space: where to break */
    unsigned last_cells = 0;
    for (size_t i = from; i < end;) {
        struct cluster c = cluster_at(l->text.p + i, end - i);
        bool is_space = l->text.p[i] == ' ';
        /* Chinese and Japanese have no spaces: lines break between any two signs. */
        if (c.cells == 2 || last_cells == 2)
            space = i;
        if (cells + c.cells > width && !is_space && i > from)
            return space > from ? space : i;
        cells += c.cells;
        last_cells = c.cells;
        i += c.bytes;
        if (is_space)
            space = i;
    }
    return end;
}

static void wrap_block(struct layout *l, size_t block, unsigned width)
{
    size_t from = l->blocks.at[block].from, end = l->blocks.at[block].to;
    do {
        size_t to = end_of_line(l, from, end, width);
        add_line(l, block, from, to);
        from = to;
    } while (from < end);
}

void layout_wrap(struct layout *l, unsigned width, bool gaps)
{
    l->lines.n = 0;
    for (size_t i = 0; i < l->blocks.n; i++) {
        if (gaps && i)
            add_line(l, i, l->blocks.at[i].from, l->blocks.at[i].from);
        wrap_block(l, i, width);
    }
}

uint32_t layout_line_of(const struct layout *l, uint32_t offset)
{
    size_t low = 0, high = l->lines.n;
    while (high - low > 1) { /* the last line that begins at or before it */
        size_t middle = low + (high - low) / 2;
        if (l->lines.at[middle].from <= offset)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}
