#include "article/input/gzip.h"

#include "article/input/load.h"
#include "base/module.h"

/* As for the members of archives (archive.c). */
enum { GREATEST_RATIO = 200, ALWAYS_ALLOWED = 16 << 20 };

struct unpacking {
    struct buf *out;
    uint64_t most;
};

static bool add_bytes(void *user, const char *bytes, size_t n)
{
    const struct unpacking *u = user;
    if (n > u->most - u->out->n)
        return false;
    buf_add(u->out, bytes, n);
    return true;
}

bool gzip_is_packed(struct sv bytes)
{
    return sv_starts(bytes, SV("\x1f\x8b\x08"));
}

static enum status refuse(const char *name, bool bomb, uint64_t most, struct err *e)
{
    if (!bomb)
        return load_too_large(name, most, e);
    err_set(e, STATUS_INPUT,
            "unpacks to over %d times its size, as files do that are made to fill the memory; it "
            "is not read",
            GREATEST_RATIO);
    return load_error_in(name, e);
}

enum status gzip_unpack(const char *name, uint64_t most, struct buf *bytes, bool *cut_short,
                        struct err *e)
{
    const void *found;
    if (!gzip_is_packed(buf_sv(bytes)))
        return STATUS_OK;
    enum status status = module_find("gzip", "docbao_gzip", &found, e);
    if (status)
        return err_set(e, status, "Files packed by gzip cannot be read: %s", e->message.p);
    const struct gzip_driver *driver = found;
    uint64_t by_ratio = (uint64_t)bytes->n * GREATEST_RATIO + ALWAYS_ALLOWED;
    struct buf out = BUF_INIT;
    struct unpacking unpacking = {&out, by_ratio < most ? by_ratio : most};
    enum gzip_result result = driver->unpack(bytes->p, bytes->n, add_bytes, &unpacking);
    if (result == GZIP_REFUSED) {
        status = refuse(name, by_ratio < most, most, e);
    } else if (!out.n && result == GZIP_CUT_SHORT) {
        err_set(e, STATUS_INPUT, "is packed by gzip, and cannot be unpacked; copy it again");
        status = load_error_in(name, e);
    }
    if (!status && gzip_is_packed(buf_sv(&out))) {
        err_set(e, STATUS_INPUT,
                "is packed by gzip more than once; unpack it (gunzip) and give what comes out");
        status = load_error_in(name, e);
    }
    *cut_short = *cut_short || result == GZIP_CUT_SHORT;
    buf_free(bytes);
    *bytes = out;
    return status;
}
