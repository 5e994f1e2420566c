#include "library/heard.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "base/replacement.h"
#include "base/system_text.h"

enum { MOST_KEYS = 20000 };

static int compare(const void *a, const void *b)
{
    const struct sv *left = a, *right = b;
    return sv_cmp(*left, *right);
}

enum status heard_load(struct heard *out, const char *path, struct err *e)
{
    bool cut = false;
    *out = (struct heard){.bytes = BUF_INIT};
    if (!file_read_end(path, FILE_MOST_BYTES, &out->bytes, &cut) && !file_is_absent(errno)) {
        err_set(e, file_status(errno), "what was heard cannot be looked up: %s", file_fault(errno));
        return err_at(e, path, 0, 0);
    }
    struct sv rest = buf_sv(&out->bytes);
    if (cut) /* the first line has lost its beginning */
        sv_cut(&rest, '\n');
    while (rest.p && rest.n) {
        struct sv line = sv_cut(&rest, '\n');
        if (line.n)
            *vec_push(&out->keys) = line;
    }
    if (out->keys.n)
        qsort(out->keys.at, out->keys.n, sizeof *out->keys.at, compare);
    return STATUS_OK;
}

void heard_free(struct heard *h)
{
    vec_free(&h->keys);
    buf_free(&h->bytes);
}

bool heard_has(const struct heard *h, struct sv key)
{
    return h->keys.n && bsearch(&key, h->keys.at, h->keys.n, sizeof key, compare);
}

/* The lines of the file that are kept when one more is added. */
static struct sv latest(const struct heard *h)
{
    struct sv bytes = buf_sv(&h->bytes);
    for (size_t n = h->keys.n; n >= MOST_KEYS; n--)
        sv_cut(&bytes, '\n');
    return bytes.p ? bytes : SV("");
}

static bool add_line(const char *path, const struct heard *h, struct sv key)
{
    struct buf all = BUF_INIT;
    buf_add_sv(&all, latest(h));
    if (all.n && all.p[all.n - 1] != '\n')
        buf_putc(&all, '\n');
    buf_add_sv(&all, key);
    buf_putc(&all, '\n');
    bool done = file_replace(path, buf_sv(&all));
    int why = errno;
    buf_free(&all);
    errno = why;
    return done;
}

enum status heard_add(const char *path, struct sv key, struct err *e)
{
    int fd = file_lock(path);
    struct heard h = {.bytes = BUF_INIT};
    enum status status = fd < 0 ? STATUS_OUTPUT : heard_load(&h, path, e);
    bool done = !status && (heard_has(&h, key) || add_line(path, &h, key));
    if (!done && (fd < 0 || !status)) {
        err_set(e, STATUS_OUTPUT, "what was heard cannot be remembered: %s", system_error(errno));
        err_at(e, path, 0, 0);
    }
    heard_free(&h);
    if (fd >= 0)
        close(fd);
    return done ? STATUS_OK : STATUS_OUTPUT;
}
