#include "article/input/unpacked.h"

void unpacked_begin(struct unpacked *m, struct article *a, struct archive *z)
{
    *m = (struct unpacked){a, z, BUF_INIT};
}

enum status unpacked_add(struct unpacked *m, const char *name, struct span *where, struct err *e)
{
    size_t from = m->bytes.n;
    enum status status = archive_read(m->z, name, &m->bytes, e);
    *where = (struct span){(uint32_t)from, (uint32_t)(m->bytes.n - from)};
    if (status)
        buf_cut(&m->bytes, from);
    else
        *vec_push(&m->a->members) =
            (struct member){arena_dup(&m->a->arena, sv_of(name)), where->off, where->len};
    return status;
}

struct sv unpacked_bytes(const struct unpacked *m, struct span where)
{
    return sv_at(buf_sv(&m->bytes), where);
}

void unpacked_become_source(struct unpacked *m)
{
    free(m->a->source_owned);
    m->a->source.n = m->bytes.n;
    m->a->source_owned = buf_detach(&m->bytes);
    m->a->source.p = m->a->source_owned;
}
