#include "article/find/masthead.h"

#include "article/find/dateline.h"
#include "article/find/people.h"

static bool is_read(const struct piece *p)
{
    return !p->reason;
}

static struct piece part_of(const struct piece *whole, size_t from, size_t length,
                            const char *reason)
{
    return (struct piece){{whole->raw.off + (uint32_t)from, (uint32_t)length},
                          reason,
                          reason ? BLOCK_PARAGRAPH : BLOCK_DATE};
}

static void add_part(struct pieces *out, struct piece part)
{
    if (part.raw.len)
        *vec_push(out) = part;
}

/* The parts of a publication line, in order: the date, what is skipped for its own reason, and what
 * stands between. */
static void split_date(struct pieces *out, const struct piece *whole, const struct dateline *d)
{
    size_t done = 0;
    bool dated = false;
    for (size_t i = 0; i <= d->rest.n; i++) {
        bool last = i == d->rest.n;
        size_t from = last ? whole->raw.len : d->rest.at[i].text.off;
        if (!dated && from >= d->date.off) {
            add_part(out, part_of(whole, done, d->date.off - done, "decoration"));
            add_part(out, part_of(whole, d->date.off, d->date.len, NULL));
            done = d->date.off + d->date.len;
            dated = true;
        }
        add_part(out, part_of(whole, done, from - done, "decoration"));
        done = from;
        if (!last) {
            add_part(out, part_of(whole, from, d->rest.at[i].text.len, d->rest.at[i].reason));
            done += d->rest.at[i].text.len;
        }
    }
}

static void put_date(struct assembly *m, size_t at, const struct dateline *d)
{
    struct pieces all = {0};
    char iso[32];
    vec_reserve(&all, m->pieces.n);
    for (size_t i = 0; i < m->pieces.n; i++) {
        if (i == at)
            split_date(&all, &m->pieces.at[i], d);
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
