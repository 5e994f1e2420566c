#include "base/flat.h"

/* The length of a text that is NULL. */
static const uint64_t no_text = UINT64_MAX;

void flat_put_number(const struct flat_writer *w, uint64_t number)
{
    w->put(w->to, (struct sv){(const char *)&number, sizeof number});
}

void flat_put_text(const struct flat_writer *w, struct sv v)
{
    flat_put_number(w, v.p ? v.n : no_text);
    if (v.n)
        w->put(w->to, v);
}

void flat_put_array(const struct flat_writer *w, const void *items, size_t count, size_t size)
{
    flat_put_number(w, count);
    if (count)
        w->put(w->to, (struct sv){items, count * size});
}

/* Takes the next bytes; NULL if there are not so many. */
static const char *take_bytes(struct flat_reader *r, uint64_t n)
{
    r->bad = r->bad || n > r->rest.n;
    if (r->bad)
        return NULL;
    const char *bytes = r->rest.p;
    r->rest = sv_sub(r->rest, (size_t)n, r->rest.n - (size_t)n);
    return bytes;
}

uint64_t flat_number(struct flat_reader *r)
{
    uint64_t number = 0;
    const char *bytes = take_bytes(r, sizeof number);
    if (bytes)
        memcpy(&number, bytes, sizeof number);
    return number;
}

struct sv flat_text(struct flat_reader *r)
{
    uint64_t n = flat_number(r);
    const char *bytes = r->bad || n == no_text ? NULL : take_bytes(r, n);
    return (struct sv){bytes, bytes ? (size_t)n : 0};
}

const char *flat_array(struct flat_reader *r, size_t *count, size_t size)
{
    uint64_t n = flat_number(r);
    r->bad = r->bad || n > r->rest.n / size;
    *count = r->bad ? 0 : (size_t)n;
    return take_bytes(r, *count * size);
}
