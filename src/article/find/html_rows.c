#include "article/find/html_find.h"

/* A table is data if it has rows and, on average, at least one and a half cells in each. One that
 * holds another table, long text, the title or the article itself only lays out the page; but in
 * five rows of two cells and more, one cell of each row may be long. */
struct table_census {
    uint32_t rows, cells, long_texts;
    bool lays_out;
};

/* The innermost table and row around a node; 0: none. */
struct table_place {
    uint32_t table, row;
};

static struct table_place count_node(const struct search *s, uint32_t i, struct table_place in,
                                     struct table_census *tables)
{
    switch (s->page->nodes.at[i].tag) {
    case TAG_TABLE:
        tables[in.table].lays_out = true;
        return (struct table_place){i, 0};
    case TAG_TR:
        tables[in.table].rows++;
        return (struct table_place){in.table, i};
    case TAG_TD:
        tables[in.table].cells++;
        return in;
    default:
        return in;
    }
}

/* Whether the line is running text, too long for a table's cell. */
static bool is_too_long_for_cell(const struct line *l)
{
    enum { LONGEST = 300, LONGEST_PROSE = 150 };
    return l->shown && l->chars > (l->prose ? LONGEST_PROSE : LONGEST);
}

static bool has_described_rows(const struct table_census *t)
{
    enum { MANY_ROWS = 5 };
    return t->rows >= MANY_ROWS && t->cells >= t->rows * 2 && t->long_texts <= t->rows;
}

static bool is_data(const struct table_census *t)
{
    return !t->lays_out && t->rows && t->cells * 2 >= t->rows * 3 &&
           (!t->long_texts || has_described_rows(t));
}

void html_find_rows(struct search *s)
{
    size_t n = s->page->nodes.n;
    struct table_place *places = mem_zalloc(n * sizeof *places);
    struct table_census *tables = mem_zalloc(n * sizeof *tables);
    for (uint32_t i = 1; i < n; i++)
        places[i] = count_node(s, i, places[s->page->nodes.at[i].parent], tables);
    for (size_t i = 0; i < s->lines.n; i++) {
        struct table_census *table = &tables[places[s->lines.at[i].node].table];
        table->lays_out = table->lays_out || line_is_settled(s, i);
        table->long_texts += is_too_long_for_cell(&s->lines.at[i]);
    }
    struct table_census *around = &tables[places[s->container].table];
    if (places[s->container].row || !has_described_rows(around))
        around->lays_out = true;
    else if (places[s->container].table)
        s->container = s->page->nodes.at[places[s->container].table].parent;
    for (size_t i = 0; i < s->lines.n; i++) {
        struct table_place in = places[s->lines.at[i].node];
        s->lines.at[i].row = is_data(&tables[in.table]) ? in.row : 0;
    }
    free(places);
    free(tables);
}
