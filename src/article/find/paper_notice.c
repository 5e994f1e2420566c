#include "article/find/paper_sheet.h"

#include "article/find/line.h"

/*
 * Scripts for loudspeakers and notices have no letterhead. They are recognized by a name in
 * capitals such as "BẢN TIN TRUYỀN THANH XÃ HÒA SƠN" or "TIN BUỒN", which may follow the names of
 * offices, or by a greeting near the top.
 */

enum { FIRST_UNITS = 10 };

/* The first cells of a document. */
struct opening {
    ptrdiff_t title, greeting; /* units; -1: none */
    struct paper_cells cells;  /* the first of each unit */
};

static bool is_notice_title(const struct paper_cell *c)
{
    return (c->signs & PAPER_KIND) && c->line.all_capitals && c->line.end != END_SENTENCE;
}

static bool is_office_name(const struct paper_cell *c)
{
    enum { LONGEST = 110 };
    return c->line.all_capitals && c->line.chars <= LONGEST && c->line.end == END_NONE;
}

static void read_opening(const struct sheet *s, struct opening *o)
{
    *o = (struct opening){-1, -1, {0}};
    bool offices = true;
    for (uint32_t i = 0; i < s->units.n && i < FIRST_UNITS; i++) {
        struct paper_cells cells = {0};
        paper_add_cells(&cells, s->a->rules, s->a->text, s->units.at[i].text, i, false);
        struct paper_cell c = cells.n ? cells.at[0] : (struct paper_cell){0};
        *vec_push(&o->cells) = c;
        if (o->title < 0 && offices && cells.n == 1 && is_notice_title(&c))
            o->title = i;
        offices = offices && cells.n == 1 && is_office_name(&c);
        if (o->greeting < 0 && (c.signs & PAPER_GREETING))
            o->greeting = i;
        vec_free(&cells);
    }
}

/* Joins units of one line among the first `most` units: the line may have been taken for a
 * publication line and divided. */
static void join_lines(struct sheet *s, size_t most)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->units.n; i++) {
        struct unit u = s->units.at[i], *last = kept ? &s->units.at[kept - 1] : NULL;
        uint32_t end = last ? last->text.off + last->text.len : 0;
        if (i <= most && last && !memchr(s->a->text.p + end, '\n', u.text.off - end)) {
            last->text.len = u.text.off + u.text.len - last->text.off;
            last->kind = BLOCK_PARAGRAPH;
        } else {
            s->units.at[kept++] = u;
        }
    }
    s->units.n = kept;
}

/* Makes all units up to the greeting blocks. False: the document is not a script, because one of
 * them is boilerplate. */
static bool restore_greeting(struct sheet *s, struct opening *o)
{
    if (!sheet_restore(s, (uint32_t)o->greeting + 1))
        return false;
    join_lines(s, (size_t)o->greeting);
    vec_free(&o->cells);
    read_opening(s, o);
    return true;
}

static bool is_read(const struct sheet *s, ptrdiff_t end)
{
    for (ptrdiff_t i = 0; i <= end; i++)
        if (s->units.at[i].reason)
            return false;
    return true;
}

/* Finds the title of a script, which may be in small letters: a short line that names a kind, the
 * title that was found before, or a first line that is no prose. */
static ptrdiff_t title_of_script(const struct sheet *s, const struct opening *o)
{
    enum { LONGEST = 100 };
    if (o->title >= 0 || !o->greeting)
        return o->title;
    for (ptrdiff_t i = 0; i < o->greeting; i++)
        if ((o->cells.at[i].signs & PAPER_KIND) && o->cells.at[i].line.chars <= LONGEST)
            return i;
    for (ptrdiff_t i = 0; i < o->greeting; i++)
        if (s->units.at[i].kind == BLOCK_TITLE)
            return i;
    return line_reads_as_prose(&o->cells.at[0].line) ? -1 : 0;
}

/* Sets the kinds of the units. A title that is the first unit is a title; below the names of
 * offices it is a heading, because a title block is always the first block. */
static void set_kinds(struct sheet *s, const struct opening *o, ptrdiff_t title)
{
    for (uint32_t i = 0; i < s->units.n; i++) {
        struct unit *u = &s->units.at[i];
        if (u->kind == BLOCK_TITLE)
            u->kind = BLOCK_HEADING;
        if (i == o->greeting)
            u->kind = BLOCK_PARAGRAPH;
        if (u->kind == BLOCK_SAPO || (u->kind == BLOCK_DATE && (title || i != 1)))
            u->kind = BLOCK_PARAGRAPH;
        if (i < title && u->kind == BLOCK_PARAGRAPH && is_office_name(&o->cells.at[i]))
            u->kind = BLOCK_HEADING;
    }
    if (title >= 0)
        s->units.at[title].kind = title ? BLOCK_HEADING : BLOCK_TITLE;
    if (title > 0)
        s->a->title = arena_dup(&s->a->arena, sv_at(s->a->text, s->units.at[title].text));
}

void sheet_read_notice(struct sheet *s)
{
    struct opening o;
    read_opening(s, &o);
    bool script = o.greeting >= 0 && restore_greeting(s, &o);
    ptrdiff_t title = script ? title_of_script(s, &o) : o.title;
    if (script || (title >= 0 && is_read(s, title))) {
        set_kinds(s, &o, title);
        sheet_arrange_notice(s, title < 0 ? 0 : (uint32_t)title);
    }
    vec_free(&o.cells);
}
