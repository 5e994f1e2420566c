#include "sink/master/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/system_text.h"

enum { BLOCK_BYTES = 128 * 1024 };

struct spool {
    struct buf target; /* for messages */
    int fd;
    int failure; /* errno; 0: none */
    bool reading;
    uint64_t offset;   /* of the block in the file */
    size_t filled, at; /* bytes in the block, and of those read */
    char *block;
};

/* ---- opening ---- */

/* The folder of a regular file, or of one that is to be. */
static void add_folder_of(struct buf *out, const char *target)
{
    struct stat s;
    const char *slash = strrchr(target, '/');
    bool stream = strcmp(target, "-") == 0 || (stat(target, &s) == 0 && !S_ISREG(s.st_mode));
    if (stream)
        buf_adds(out, "/var/tmp");
    else if (!slash)
        buf_adds(out, ".");
    else
        buf_add(out, target, slash == target ? 1 : (size_t)(slash - target));
}

/* For file systems that have no files without a name: the file loses its name at once. */
static int open_named(const char *folder)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/.docbao-XXXXXX", folder);
    int fd = mkostemp(path.p, O_CLOEXEC);
    if (fd >= 0)
        unlink(path.p);
    buf_free(&path);
    return fd;
}

static int open_nameless(const char *folder)
{
    int fd = open(folder, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
    bool unknown = fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL);
    return unknown ? open_named(folder) : fd;
}

enum status spool_open(struct spool **out, const char *target, struct err *e)
{
    struct spool *s = mem_zalloc(sizeof *s);
    struct buf folder = BUF_INIT;
    s->target = BUF_INIT;
    buf_adds(&s->target, target);
    add_folder_of(&folder, target);
    s->fd = open_nameless(folder.p);
    s->failure = s->fd < 0 ? errno : 0;
    s->block = mem_zalloc(BLOCK_BYTES);
    buf_free(&folder);
    enum status status = spool_status(s, e);
    if (status) {
        spool_close(s);
        s = NULL;
    }
    *out = s;
    return status;
}

/* ---- writing and reading ---- */

static bool write_block(struct spool *s)
{
    for (size_t done = 0; done < s->filled;) {
        ssize_t n = pwrite(s->fd, s->block + done, s->filled - done, (off_t)(s->offset + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            s->failure = n < 0 ? errno : ENOSPC;
            return false;
        }
        done += (size_t)n;
    }
    s->offset += s->filled;
    s->filled = 0;
    return true;
}

bool spool_write(struct spool *s, const void *bytes, size_t n)
{
    const char *from = bytes;
    while (n && !s->failure) {
        size_t room = BLOCK_BYTES - s->filled, piece = n < room ? n : room;
        memcpy(s->block + s->filled, from, piece);
        s->filled += piece;
        from += piece;
        n -= piece;
        if (s->filled == BLOCK_BYTES)
            write_block(s);
    }
    return !s->failure;
}

bool spool_rewind(struct spool *s)
{
    if (!s->failure && !s->reading)
        write_block(s);
    s->reading = true;
    s->offset = 0;
    s->filled = s->at = 0;
    return !s->failure;
}

/* False at the end, or on a failure. */
static bool read_block(struct spool *s)
{
    ssize_t n;
    do
        n = pread(s->fd, s->block, BLOCK_BYTES, (off_t)s->offset);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        s->failure = errno;
    s->filled = n > 0 ? (size_t)n : 0;
    s->offset += s->filled;
    s->at = 0;
    return s->filled > 0;
}

size_t spool_read(struct spool *s, void *bytes, size_t n)
{
    char *to = bytes;
    size_t given = 0;
    while (given < n && !s->failure && (s->at < s->filled || read_block(s))) {
        size_t left = s->filled - s->at, piece = n - given < left ? n - given : left;
        memcpy(to + given, s->block + s->at, piece);
        s->at += piece;
        given += piece;
    }
    return given;
}

/* No room would help there. */
static bool is_no_place(int failure)
{
    return failure == ENOENT || failure == ENOTDIR || failure == EACCES || failure == EROFS;
}

enum status spool_status(const struct spool *s, struct err *e)
{
    if (!s->failure)
        return STATUS_OK;
    if (is_no_place(s->failure))
        return err_set(e, STATUS_OUTPUT,
                       "Cannot write “%s”: %s. Make room there, or name another destination.",
                       s->target.p, system_error(s->failure));
    return err_set(e, STATUS_OUTPUT,
                   "The sound for “%s” cannot be kept on the disk until its loudness is known: %s. "
                   "Make room there (four bytes for each sample), or save with --loudness none and "
                   "without --peak.",
                   s->target.p, system_error(s->failure));
}

void spool_close(struct spool *s)
{
    if (!s)
        return;
    if (s->fd >= 0)
        close(s->fd);
    buf_free(&s->target);
    free(s->block);
    free(s);
}
