#include "article/source_map.h"

static struct source_run *last_run(struct source_map *m)
{
    return m->runs.n ? &m->runs.at[m->runs.n - 1] : NULL;
}

static uint32_t text_end(const struct source_map *m, size_t run)
{
    return run + 1 < m->runs.n ? m->runs.at[run + 1].text_off : m->text_len;
}

static uint32_t source_end(const struct source_map *m, size_t run)
{
    const struct source_run *r = &m->runs.at[run];
    return r->source_off + (r->linear ? text_end(m, run) - r->text_off : r->source_len);
}

/* Ends the open run, if there is one, at this offset of the source. */
static void close_run(struct source_map *m, size_t source_off)
{
    struct source_run *last = last_run(m);
    if (m->open && source_off > last->source_off)
        last->source_len = (uint32_t)source_off - last->source_off;
    m->open = false;
}

static void add_run(struct source_map *m, size_t n, struct span from, bool linear)
{
    if (!n)
        return;
    close_run(m, from.off);
    *vec_push(&m->runs) = (struct source_run){m->text_len, from.off, from.len, linear};
    m->text_len += (uint32_t)n;
}

void source_map_add_linear(struct source_map *m, size_t n, size_t from)
{
    const struct source_run *last = last_run(m);
    if (last && last->linear && source_map_source_end(m) == from)
        m->text_len += (uint32_t)n;
    else
        add_run(m, n, (struct span){(uint32_t)from, 0}, true);
}

void source_map_add_whole(struct source_map *m, size_t n, struct span from)
{
    add_run(m, n, from, false);
}

void source_map_add_until_next(struct source_map *m, size_t n, size_t from)
{
    if (m->open && last_run(m)->source_off == from) {
        m->text_len += (uint32_t)n;
        return;
    }
    add_run(m, n, (struct span){(uint32_t)from, 0}, false);
    m->open = m->open || n;
}

void source_map_end(struct source_map *m, size_t source_len)
{
    close_run(m, source_len);
}

size_t source_map_take_back(struct source_map *m, size_t text_len, struct span *source)
{
    uint32_t end = source_map_source_end(m), from = end;
    while (m->text_len > text_len) {
        struct source_run *last = last_run(m);
        bool split = last->linear && last->text_off < text_len;
        uint32_t kept = split ? (uint32_t)text_len - last->text_off : 0;
        from = last->source_off + kept;
        m->text_len = last->text_off + kept;
        m->runs.n -= !split;
        m->open = false;
    }
    *source = (struct span){from, end - from};
    return m->text_len;
}

uint32_t source_map_source_end(const struct source_map *m)
{
    return m->runs.n ? source_end(m, m->runs.n - 1) : 0;
}

/* The last of the runs that do not begin behind an offset of the text or, with `in_source`, of the
 * source; 0 if all do. */
static inline size_t last_run_before(const struct source_map *m, uint32_t off, bool in_source)
{
    size_t low = 0, high = m->runs.n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        const struct source_run *r = &m->runs.at[middle];
        if ((in_source ? r->source_off : r->text_off) <= off)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The run that holds this offset of the text; the last run holds all offsets from its own on. */
static size_t run_at(const struct source_map *m, uint32_t text_off)
{
    return last_run_before(m, text_off, false);
}

struct span source_map_find_source(const struct source_map *m, struct span text)
{
    size_t run = run_at(m, text.off);
    const struct source_run *r = &m->runs.at[run];
    uint32_t from = r->source_off + (r->linear ? text.off - r->text_off : 0), end;
    if (!text.len) {
        end = r->linear ? from : source_end(m, run);
    } else {
        uint32_t last_byte = text.off + text.len - 1;
        if (last_byte >= text_end(m, run) && run + 1 < m->runs.n) {
            run = run_at(m, last_byte);
            r = &m->runs.at[run];
        }
        end = r->linear ? r->source_off + (last_byte - r->text_off) + 1 : source_end(m, run);
    }
    return (struct span){from, end > from ? end - from : 0};
}

uint32_t source_map_find_text(const struct source_map *m, uint32_t source_off)
{
    if (!m->runs.n)
        return 0;
    size_t low = last_run_before(m, source_off, true);
    const struct source_run *r = &m->runs.at[low];
    if (r->source_off >= source_off)
        return r->text_off;
    uint32_t end = text_end(m, low), at = r->text_off + (source_off - r->source_off);
    return r->linear && at < end ? at : end;
}

/* Appends the composition of a linear run of `outer` with `inner`. */
static void compose_linear(struct source_map *out, const struct source_map *outer, size_t run,
                           const struct source_map *inner)
{
    uint32_t at = outer->runs.at[run].source_off, end = source_end(outer, run);
    for (size_t i = run_at(inner, at); at < end; i++) {
        const struct source_run *r = &inner->runs.at[i];
        bool last = i + 1 == inner->runs.n;
        uint32_t part_end = last || text_end(inner, i) > end ? end : text_end(inner, i);
        if (r->linear)
            source_map_add_linear(out, part_end - at, r->source_off + (at - r->text_off));
        else
            source_map_add_whole(out, part_end - at, (struct span){r->source_off, r->source_len});
        at = part_end;
    }
}

void source_map_compose(struct source_map *out, const struct source_map *outer,
                        const struct source_map *inner)
{
    for (size_t i = 0; i < outer->runs.n; i++) {
        const struct source_run *r = &outer->runs.at[i];
        struct span from = {r->source_off, r->source_len};
        if (r->linear)
            compose_linear(out, outer, i, inner);
        else
            source_map_add_whole(out, text_end(outer, i) - r->text_off,
                                 source_map_find_source(inner, from));
    }
}

bool source_map_is_sound(const struct source_map *m, size_t source_len)
{
    uint32_t before = 0;
    if (m->open || (m->runs.n > 0) != (m->text_len > 0) || (m->runs.n && m->runs.at->text_off))
        return false;
    for (size_t i = 0; i < m->runs.n; i++) {
        const struct source_run *r = &m->runs.at[i];
        if (text_end(m, i) <= r->text_off || r->source_off < before)
            return false;
        uint32_t len = r->linear ? text_end(m, i) - r->text_off : r->source_len;
        if (r->source_off > source_len || len > source_len - r->source_off)
            return false;
        before = r->source_off;
    }
    return true;
}

void source_map_free(struct source_map *m)
{
    vec_free(&m->runs);
    *m = (struct source_map){0};
}
