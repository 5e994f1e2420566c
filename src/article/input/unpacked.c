#include "article/input/unpacked.h"

void unpacked_begin(struct unpacked *u, struct article *a, struct archive *z)
{
    *u = (struct unpacked){a, z, BUF_INIT};
}

enum status unpacked_add(struct unpacked *u, const char *name, struct span *where, struct err *e)
{
    size_t from = u->bytes.n;
    bool damaged;
    enum status status = archive_read_part(u->z, name, &u->bytes, &damaged, e);
    *where = (struct span){(uint32_t)from, (uint32_t)(u->bytes.n - from)};
    if (status)
        buf_cut(&u->bytes, from);
    else
        *vec_push(&u->a->members) =
            (struct member){arena_dup(&u->a->arena, sv_of(name)), where->off, where->len};
    if (damaged)
        article_note(u->a, NO_SPAN, NOTE_MISSING,
                     "the part %s is damaged or cut short in the archive; what can be unpacked of "
                     "it is read",
                     name);
    return status;
}

struct sv unpacked_bytes(const struct unpacked *u, struct span where)
{
    return sv_at(buf_sv(&u->bytes), where);
}

void unpacked_become_source(struct unpacked *u)
{
    free(u->a->source_owned);
    u->a->source.n = u->bytes.n;
    u->a->source_owned = buf_detach(&u->bytes);
    u->a->source.p = u->a->source_owned;
}
