#include "article/input/archive.h"

#include "article/input/zip_rebuild.h"
#include "base/message.h"
#include "base/module.h"

/* Text is packed to about a tenth of its size. A table of thousands of empty cells may be packed to
 * less than a hundredth, but is not large. A member that grows more was made to fill the memory. */
enum { GREATEST_RATIO = 200, ALWAYS_ALLOWED = 16 << 20 };

struct unpacking {
    struct buf *out;
    uint64_t done, most;
};

static bool add_bytes(void *user, const char *bytes, size_t n)
{
    struct unpacking *u = user;
    if (n > u->most - u->done)
        return false;
    u->done += n;
    buf_add(u->out, bytes, n);
    return true;
}

enum status archive_open(struct archive *z, const char *name, struct sv bytes, uint64_t most,
                         struct err *e)
{
    const void *driver;
    *z = (struct archive){.name = name, .left = most, .rebuilt = BUF_INIT};
    enum status status = module_find("zip", "docbao_archive", &driver, e);
    if (status)
        return err_set(e, status, "DOCX and EPUB files cannot be read: %s", e->message.p);
    z->driver = driver;
    z->handle = z->driver->open(bytes.p, bytes.n);
    z->cut_short = !z->handle && zip_rebuild(bytes, &z->rebuilt);
    if (z->cut_short)
        z->handle = z->driver->open(z->rebuilt.p, z->rebuilt.n);
    if (z->handle)
        return STATUS_OK;
    err_set(e, STATUS_INPUT,
            "is a zip archive (as DOCX and EPUB files are) that is damaged or cut short; download "
            "or copy it again");
    return err_at(e, name, 0, 0);
}

bool archive_has(const struct archive *z, const char *member)
{
    struct archive_member found;
    return z->driver->find(z->handle, member, &found);
}

static enum status fail(struct archive *z, const char *member, enum archive_result result,
                        struct err *e)
{
    z->over_limit = z->over_limit || result == ARCHIVE_TOO_LARGE || result == ARCHIVE_BOMB;
    switch (result) {
    case ARCHIVE_ABSENT:
        err_set(e, STATUS_INPUT, "lacks its part %s; it is damaged, or no DOCX or EPUB file",
                member);
        break;
    case ARCHIVE_ENCRYPTED:
        err_set(e, STATUS_INPUT, "is protected by a password (%s); save it again without one",
                member);
        break;
    case ARCHIVE_UNSUPPORTED:
        err_set(e, STATUS_INPUT,
                "is packed in a way that cannot be read here (%s); open it in the program it "
                "comes from and save it again",
                member);
        break;
    case ARCHIVE_TOO_LARGE:
        err_set(e, STATUS_INPUT,
                "holds more than may be unpacked (%s); allow more with --max-bytes N", member);
        break;
    case ARCHIVE_BOMB:
        err_set(e, STATUS_INPUT,
                "unpacks to over %d times its size (%s), as files do that are made to fill the "
                "memory; it is not read",
                GREATEST_RATIO, member);
        break;
    default:
        err_set(e, STATUS_INPUT, "is damaged: its part %s cannot be unpacked; copy it again",
                member);
    }
    return err_at(e, z->name, 0, 0);
}

enum status archive_read_part(struct archive *z, const char *member, struct buf *out, bool *damaged,
                              struct err *e)
{
    struct archive_member found;
    *damaged = false;
    if (!z->driver->find(z->handle, member, &found))
        return fail(z, member, ARCHIVE_ABSENT, e);
    if (found.encrypted)
        return fail(z, member, ARCHIVE_ENCRYPTED, e);
    if (found.size > z->left)
        return fail(z, member, ARCHIVE_TOO_LARGE, e);
    uint64_t by_ratio = found.packed * GREATEST_RATIO + ALWAYS_ALLOWED;
    bool bomb = by_ratio < z->left;
    struct unpacking unpacking = {.out = out, .most = bomb ? by_ratio : z->left};
    enum archive_result result = z->driver->unpack(z->handle, member, add_bytes, &unpacking);
    if (result == ARCHIVE_TOO_LARGE && bomb)
        result = ARCHIVE_BOMB;
    z->left -= unpacking.done;
    *damaged = result == ARCHIVE_BROKEN && unpacking.done;
    return result && !*damaged ? fail(z, member, result, e) : STATUS_OK;
}

enum status archive_read(struct archive *z, const char *member, struct buf *out, struct err *e)
{
    bool damaged;
    enum status status = archive_read_part(z, member, out, &damaged, e);
    return damaged ? fail(z, member, ARCHIVE_BROKEN, e) : status;
}

void archive_close(struct archive *z)
{
    if (z->handle)
        z->driver->close(z->handle);
    z->handle = NULL;
    buf_free(&z->rebuilt);
}

enum status archive_pack(const struct archive_parts *parts, int to, int *failure, struct err *e)
{
    const void *driver;
    *failure = 0;
    enum status status = module_find("zip", "docbao_archive", &driver, e);
    if (status)
        return err_set(e, status, "EPUB files cannot be made: %s", e->message.p);
    *failure = ((const struct archive_driver *)driver)->pack(parts->at, parts->n, to);
    return STATUS_OK;
}
