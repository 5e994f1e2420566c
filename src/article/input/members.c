#include "article/input/members.h"

void members_begin(struct members *m, struct article *a, struct archive *z)
{
    *m = (struct members){a, z, BUF_INIT};
}

enum status members_add(struct members *m, const char *name, struct span *where, struct err *e)
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

struct sv members_at(const struct members *m, struct span where)
{
    return sv_at(buf_sv(&m->bytes), where);
}

void members_keep(struct members *m)
{
    free(m->a->source_owned);
    m->a->source.n = m->bytes.n;
    m->a->source_owned = buf_detach(&m->bytes);
    m->a->source.p = m->a->source_owned;
}
