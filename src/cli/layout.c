#include "cli/layout.h"

#include <stdlib.h>
#include <string.h>

#include "cli/cells.h"

void layout_clear(struct layout *l)
{
    l->length = l->block_count = l->line_count = 0;
}

void layout_free(struct layout *l)
{
    free(l->text);
    free(l->blocks);
    free(l->lines);
    *l = (struct layout){.text = NULL};
}

/* `at`, moved to where `wanted` items have room. */
static void *grown(void *at, size_t *room, size_t wanted, size_t size)
{
    if (wanted <= *room)
        return at;
    *room = wanted + wanted / 2 + 16;
    at = realloc(at, *room * size);
    if (!at)
        abort();
    return at;
}

void layout_add(struct layout *l, const char *text, size_t n, enum layout_kind kind)
{
    l->text = grown(l->text, &l->text_room, l->length + n, 1);
    if (n)
        memcpy(l->text + l->length, text, n);
    l->blocks = grown(l->blocks, &l->block_room, l->block_count + 1, sizeof *l->blocks);
    l->blocks[l->block_count++] =
        (struct layout_block){(uint32_t)l->length, (uint32_t)(l->length + n), kind};
    l->length += n;
}

static void add_line(struct layout *l, size_t block, size_t from, size_t to)
{
    while (to > from && l->text[to - 1] == ' ')
        to--;
    l->lines = grown(l->lines, &l->line_room, l->line_count + 1, sizeof *l->lines);
    l->lines[l->line_count++] = (struct layout_line){(uint32_t)from, (uint32_t)to, (uint32_t)block};
}

/* Where the line that begins at `from` ends and the next begins. */
static size_t end_of_line(const struct layout *l, size_t from, size_t end, unsigned width)
{
    unsigned cells = 0;
    size_t space = from; /* behind the last one: the place to break */
    unsigned last_cells = 0;
    for (size_t i = from; i < end;) {
        struct cluster c = cluster_at(l->text + i, end - i);
        bool is_space = l->text[i] == ' ';
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
    size_t from = l->blocks[block].from, end = l->blocks[block].to;
    do {
        size_t to = end_of_line(l, from, end, width);
        add_line(l, block, from, to);
        from = to;
    } while (from < end);
}

void layout_wrap(struct layout *l, unsigned width, bool gaps)
{
    l->line_count = 0;
    for (size_t i = 0; i < l->block_count; i++) {
        if (gaps && i)
            add_line(l, i, l->blocks[i].from, l->blocks[i].from);
        wrap_block(l, i, width);
    }
}

uint32_t layout_line_of(const struct layout *l, uint32_t offset)
{
    size_t low = 0, high = l->line_count;
    while (high - low > 1) { /* the last line that begins at or before it */
        size_t middle = low + (high - low) / 2;
        if (l->lines[middle].from <= offset)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}
