#include "article/find/masthead.h"

#include "article/find/dateline.h"
#include "article/find/people.h"

static bool is_read(const struct piece *p)
{
    return !p->reason;
}

/* Appends the parts of a publication line as pieces: the date, and what is skipped around it. */
static void add_date_pieces(struct pieces *out, const struct piece *whole, const struct dateline *d)
{
    struct dateline_pieces parts = {0};
    dateline_split(d, whole->raw.len, &parts);
    for (size_t i = 0; i < parts.n; i++) {
        struct span span = parts.at[i].text;
        const char *reason = parts.at[i].reason;
        uint8_t kind = reason ? BLOCK_PARAGRAPH : BLOCK_DATE;
        *vec_push(out) = (struct piece){{whole->raw.off + span.off, span.len}, reason, kind};
    }
    vec_free(&parts);
}

static void put_date(struct assembly *m, size_t at, const struct dateline *d)
{
    struct pieces all = {0};
    char iso[ISO_DATE_SIZE];
    vec_reserve(&all, m->pieces.n);
    for (size_t i = 0; i < m->pieces.n; i++) {
        if (i == at)
            add_date_pieces(&all, &m->pieces.at[i], d);
        else
            *vec_push(&all) = m->pieces.at[i];
    }
    vec_free(&m->pieces);
    m->pieces = all;
    dateline_iso(d, iso);
    m->a->date = arena_dup(&m->a->arena, sv_of(iso));
}

static bool try_date(struct assembly *m, size_t at)
{
    struct dateline d;
    bool found = dateline_parse(assembly_text(m, at), &d) && d.date.len;
    if (found)
        put_date(m, at, &d);
    dateline_free(&d);
    return found;
}

void masthead_find(struct assembly *m)
{
    enum { FIRST = 4, LONGEST = 200 };
    size_t seen = 0, last = 0;
    if (m->raw_mode)
        return;
    for (size_t i = 0; i < m->pieces.n && seen < FIRST; i++) {
        const struct piece *p = &m->pieces.at[i];
        if (!is_read(p))
            continue;
        seen++;
        if (p->kind == BLOCK_PARAGRAPH && p->raw.len < LONGEST && try_date(m, i))
            break;
    }
    for (size_t i = 0; i < m->pieces.n; i++)
        if (is_read(&m->pieces.at[i]))
            last = i;
    if (m->blocks < 3 || m->pieces.at[last].kind != BLOCK_PARAGRAPH)
        return;
    struct sv line = assembly_text(m, last);
    if (people_is_byline(line) && people_source_part(line) == line.n)
        m->pieces.at[last].kind = BLOCK_BYLINE;
}
