#include "publish/document.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"

enum { BLOCK_BYTES = 64 * 1024 };

static enum status report(const struct document *d, struct err *e)
{
    if (!d->failure)
        return STATUS_OK;
    return err_set(e, STATUS_OUTPUT,
                   "Cannot write “%s”: %s. Make room there, or name another destination.",
                   d->path.p, file_fault(d->failure));
}

enum status document_open(struct document *d, struct buf path, struct err *e)
{
    *d = (struct document){.path = path, .file = REPLACEMENT_INIT, .text = BUF_INIT};
    d->failure = replacement_open(&d->file, d->path.p);
    return report(d, e);
}

static void write_text(struct document *d)
{
    for (size_t done = 0; done < d->text.n && !d->failure;) {
        ssize_t n = write(d->file.fd, d->text.p + done, d->text.n - done);
        if (n > 0)
            done += (size_t)n;
        else if (n == 0 || errno != EINTR)
            d->failure = n == 0 ? ENOSPC : errno;
    }
    buf_clear(&d->text);
}

void document_pass(struct document *d)
{
    if (d->text.n >= BLOCK_BYTES)
        write_text(d);
}

enum status document_complete(struct document *d, struct err *e)
{
    write_text(d);
    return report(d, e);
}

enum status document_commit(struct document *d, struct err *e)
{
    if (!d->failure)
        d->failure = replacement_commit(&d->file);
    return report(d, e);
}

void document_close(struct document *d)
{
    replacement_free(&d->file);
    buf_free(&d->path);
    buf_free(&d->text);
}
