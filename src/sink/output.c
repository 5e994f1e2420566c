#include "sink/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h> /* PIPE_BUF */
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/message.h"
#include "base/replacement.h"
#include "base/system_text.h"

enum {
    /* No wait is longer, so that a signal that arrives just before a wait is not missed long. */
    NAP_MS = 50,
    /* A pipe that polls as writable takes this much without blocking. */
    STREAM_PIECE = PIPE_BUF,
    /* A file is written in blocks that start at a multiple of this: small writes are dear, since
     * the kernel fills the rest of each page that they only half cover. */
    BLOCK_BYTES = 256 * 1024,
    /* The kernel starts to write to the disk after so many bytes, so that little is left to wait
     * for at the end. */
    DISK_BYTES = 8 * 1024 * 1024,
};

struct output {
    struct buf path; /* as the caller named it: for messages */
    struct replacement replacement;
    int fd; /* of a file: the replacement's */
    bool stream;
    bool owns_fd;
    uint64_t length; /* of a stream: bytes written */
    int64_t shift;   /* of a stream: what is added to each offset */
    bool holds;      /* a stream waits in `held` */
    struct buf held;
    int64_t resized; /* by how much that has grown */
    /* Bytes of a file that are not written yet: `pending` of them, which belong at `offset`. */
    char *block;
    uint64_t offset;
    size_t pending;
    uint64_t on_its_way; /* bytes of a file that the kernel was asked to put on disk */
    void (*copy)(void *user, const void *bytes, size_t n); /* of a file; or NULL */
    void *copy_user;
    uint64_t copied; /* bytes that it got */
    int failure;     /* errno of the first failed write; 0: none */
    const volatile sig_atomic_t *stop;
};

static bool stop_asked(const struct output *o)
{
    return o->stop && *o->stop;
}

static const char *advice_for(int code)
{
    switch (code) {
    case ENOENT:
        return _("Make the folder first, or name another destination.");
    case EACCES:
    case EPERM:
    case EROFS:
        return _("Choose a place where you may write.");
    case ENOSPC:
    case EDQUOT:
        return _("Make room on the disk, or name a destination on another one.");
    case EFBIG:
        return _("Save to a disk that takes larger files, or raise the limit (ulimit -f).");
    case EISDIR:
        return _("Name a file in that folder.");
    case EBADF:
        return _("Open it before you start the program, or name a file.");
    default:
        return _("Name another destination, or try again.");
    }
}

static enum status report_failure(const struct output *o, int code, struct err *e)
{
    if (code == EINTR)
        return err_set(e, STATUS_STOPPED, "Stopped while writing “%s”.", o->path.p);
    if (code == EPIPE)
        return err_set(e, STATUS_STOPPED, "The reader of “%s” went away.", o->path.p);
    return err_set(e, STATUS_OUTPUT, "Cannot write “%s”: %s. %s", o->path.p, system_error(code),
                   advice_for(code));
}

/* ---- opening ---- */

static int open_standard_output(struct output *o)
{
    o->stream = true;
    o->fd = STDOUT_FILENO;
    return fcntl(o->fd, F_GETFD) < 0 ? errno : 0;
}

/* A named pipe without a reader is waited for, here rather than in open: so a stop is seen. */
static int open_stream(struct output *o)
{
    o->stream = o->owns_fd = true;
    for (;;) {
        o->fd = open(o->path.p, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
        if (o->fd >= 0)
            return 0;
        struct stat s;
        bool waits = errno == ENXIO && stat(o->path.p, &s) == 0 && S_ISFIFO(s.st_mode);
        if (!waits && errno != EINTR)
            return errno;
        if (stop_asked(o))
            return EINTR;
        nanosleep(&(struct timespec){0, NAP_MS * 1000L * 1000L}, NULL);
    }
}

static int open_destination(struct output *o)
{
    /* /dev/stdout cannot be opened where it is a socket, and is the same stream anyway. */
    if (strcmp(o->path.p, "-") == 0 || strcmp(o->path.p, "/dev/stdout") == 0)
        return open_standard_output(o);
    struct stat s;
    if (stat(o->path.p, &s) == 0 && !S_ISREG(s.st_mode))
        return S_ISDIR(s.st_mode) ? EISDIR : open_stream(o);
    int failure = replacement_open(&o->replacement, o->path.p);
    o->fd = o->replacement.fd;
    return failure;
}

enum status output_open(struct output **out, const char *path, const volatile sig_atomic_t *stop,
                        struct err *e)
{
    *out = NULL;
    struct output *o = mem_zalloc(sizeof *o);
    o->path = BUF_INIT;
    o->held = BUF_INIT;
    o->replacement = REPLACEMENT_INIT;
    o->fd = -1;
    o->stop = stop;
    buf_adds(&o->path, path);
    int failure = open_destination(o);
    if (failure) {
        enum status status = report_failure(o, failure, e);
        output_close(o);
        return status;
    }
    *out = o;
    return STATUS_OK;
}

bool output_is_stream(const struct output *o)
{
    return o->stream;
}

/* ---- writing a stream ---- */

static int write_stream(struct output *o, const char *bytes, size_t n)
{
    while (n) {
        if (stop_asked(o))
            return EINTR;
        struct pollfd ready = {.fd = o->fd, .events = POLLOUT};
        int polled = poll(&ready, 1, NAP_MS);
        if (polled < 0 && errno != EINTR)
            return errno;
        if (polled <= 0)
            continue;
        ssize_t done = write(o->fd, bytes, n < STREAM_PIECE ? n : STREAM_PIECE);
        if (done < 0 && errno != EINTR && errno != EAGAIN)
            return errno;
        if (done > 0) {
            bytes += done;
            n -= (size_t)done;
            o->length += (uint64_t)done;
        }
    }
    return 0;
}

/* A stream cannot go back: of these bytes, those before its end are left out. */
static int continue_stream(struct output *o, uint64_t place, const char *bytes, size_t n)
{
    if (place + n <= o->length)
        return 0;
    size_t past = place < o->length ? (size_t)(o->length - place) : 0;
    return write_stream(o, bytes + past, n - past);
}

/* Makes what waits `n` bytes long; new bytes are zero. */
static void set_held_length(struct buf *held, size_t n)
{
    if (n > held->n) {
        size_t more = n - held->n;
        buf_reserve(held, more);
        memset(held->p + held->n, 0, more);
        held->n = n;
        held->p[n] = '\0';
    } else {
        buf_cut(held, n);
    }
}

static void write_held(struct output *o, size_t offset, const char *bytes, size_t n)
{
    if (offset + n > o->held.n)
        set_held_length(&o->held, offset + n);
    memcpy(o->held.p + offset, bytes, n);
}

static size_t read_held(const struct output *o, uint64_t offset, void *bytes, size_t n)
{
    size_t there = offset < o->held.n ? o->held.n - (size_t)offset : 0;
    size_t got = n < there ? n : there;
    memcpy(bytes, o->held.p + (offset < o->held.n ? offset : 0), got);
    return got;
}

static void resize_held(struct output *o, size_t offset, size_t old, size_t wanted)
{
    size_t behind = o->held.n - offset - old;
    if (wanted > old)
        set_held_length(&o->held, offset + wanted + behind);
    memmove(o->held.p + offset + wanted, o->held.p + offset + old, behind);
    set_held_length(&o->held, offset + wanted + behind);
}

/* ---- writing a file ---- */

static int write_at(const struct output *o, uint64_t offset, const char *bytes, size_t n)
{
    while (n) {
        ssize_t done = pwrite(o->fd, bytes, n, (off_t)offset);
        if (done < 0 && errno != EINTR)
            return errno;
        if (done < 0 && stop_asked(o))
            return EINTR;
        if (done == 0)
            return ENOSPC;
        if (done > 0) {
            bytes += done;
            n -= (size_t)done;
            offset += (uint64_t)done;
        }
    }
    return 0;
}

/* A kernel that cannot do this has more to do at the end; nothing else is lost. */
static void start_disk(struct output *o, uint64_t end)
{
    if (end < o->on_its_way + DISK_BYTES)
        return;
    sync_file_range(o->fd, (off_t)o->on_its_way, (off_t)(end - o->on_its_way),
                    SYNC_FILE_RANGE_WRITE);
    o->on_its_way = end;
}

static int write_pending(struct output *o)
{
    int failure = write_at(o, o->offset, o->block, o->pending);
    o->offset += o->pending;
    o->pending = 0;
    if (!failure)
        start_disk(o, o->offset);
    return failure;
}

/* Bytes that do not continue the pending ones make these be written first. */
static int write_file(struct output *o, uint64_t offset, const char *bytes, size_t n)
{
    int failure = 0;
    if (!o->block)
        o->block = mem_zalloc(BLOCK_BYTES);
    if (offset != o->offset + o->pending) {
        failure = write_pending(o);
        o->offset = offset;
    }
    while (n && !failure) {
        size_t room = BLOCK_BYTES - (size_t)((o->offset + o->pending) % BLOCK_BYTES);
        size_t piece = n < room ? n : room;
        memcpy(o->block + o->pending, bytes, piece);
        o->pending += piece;
        bytes += piece;
        n -= piece;
        if (piece == room)
            failure = write_pending(o);
    }
    return failure;
}

void output_copy(struct output *o, void (*copy)(void *user, const void *bytes, size_t n),
                 void *user)
{
    o->copy = copy;
    o->copy_user = user;
}

static void copy_end(struct output *o, uint64_t offset, const char *bytes, size_t n)
{
    if (!o->copy || offset > o->copied || offset + n <= o->copied)
        return;
    size_t past = (size_t)(o->copied - offset);
    o->copy(o->copy_user, bytes + past, n - past);
    o->copied = offset + n;
}

bool output_write(struct output *o, uint64_t offset, const void *bytes, size_t n)
{
    if (o->failure)
        return false;
    if (o->holds)
        write_held(o, (size_t)offset, bytes, n);
    else if (o->stream)
        o->failure = continue_stream(o, offset + (uint64_t)o->shift, bytes, n);
    else
        o->failure = write_file(o, offset, bytes, n);
    if (!o->failure && !o->stream)
        copy_end(o, offset, bytes, n);
    return !o->failure;
}

bool output_begin_stream(struct output *o, struct sv bytes)
{
    bool done = output_write(o, 0, bytes.p, bytes.n);
    o->shift = (int64_t)bytes.n;
    return done;
}

void output_hold(struct output *o)
{
    o->holds = o->stream;
}

bool output_let_go(struct output *o)
{
    if (!o->holds)
        return !o->failure;
    o->holds = false;
    o->shift = o->resized;
    if (!o->failure)
        o->failure = write_stream(o, o->held.p, o->held.n);
    buf_free(&o->held);
    return !o->failure;
}

size_t output_read(struct output *o, uint64_t offset, void *bytes, size_t n)
{
    if (o->holds)
        return read_held(o, offset, bytes, n);
    if (!o->failure)
        o->failure = write_pending(o);
    ssize_t got = o->failure ? 0 : pread(o->fd, bytes, n, (off_t)offset);
    return got > 0 ? (size_t)got : 0;
}

/* ---- moving ---- */

/* Copies `n` bytes of the file; `block` is BLOCK_BYTES. */
static int copy_block(const struct output *o, uint64_t from, uint64_t to, size_t n, char *block)
{
    for (size_t done = 0; done < n;) {
        ssize_t got = pread(o->fd, block + done, n - done, (off_t)(from + done));
        if (got == 0 || (got < 0 && errno != EINTR))
            return got ? errno : EIO;
        done += got > 0 ? (size_t)got : 0;
    }
    return write_at(o, to, block, n);
}

/* Begins at the end that is not overwritten. */
static int move_bytes(const struct output *o, uint64_t from, uint64_t to, uint64_t n)
{
    char *block = mem_zalloc(BLOCK_BYTES);
    int failure = 0;
    for (uint64_t done = 0; done < n && !failure;) {
        size_t piece = n - done < BLOCK_BYTES ? (size_t)(n - done) : BLOCK_BYTES;
        uint64_t at = to > from ? n - done - piece : done;
        failure = copy_block(o, from + at, to + at, piece, block);
        done += piece;
    }
    free(block);
    return failure;
}

static int resize(struct output *o, uint64_t offset, uint64_t old, uint64_t wanted)
{
    struct stat s;
    int failure = write_pending(o);
    if (!failure && fstat(o->fd, &s) != 0)
        failure = errno;
    if (failure)
        return failure;
    uint64_t length = (uint64_t)s.st_size, behind = length - offset - old;
    failure = move_bytes(o, offset + old, offset + wanted, behind);
    if (!failure && wanted < old && ftruncate(o->fd, (off_t)(offset + wanted + behind)) != 0)
        failure = errno;
    return failure;
}

bool output_resize(struct output *o, uint64_t offset, uint64_t old, uint64_t wanted)
{
    o->copy = NULL;
    if (o->holds) {
        resize_held(o, (size_t)offset, (size_t)old, (size_t)wanted);
        o->resized += (int64_t)wanted - (int64_t)old;
    } else if (!o->failure && old != wanted)
        o->failure = resize(o, offset, old, wanted);
    return !o->failure;
}

enum status output_status(const struct output *o, struct err *e)
{
    return o->failure ? report_failure(o, o->failure, e) : STATUS_OK;
}

/* ---- the end ---- */

static int complete_file(struct output *o)
{
    int failure = write_pending(o);
    return failure ? failure : replacement_commit(&o->replacement);
}

static int close_stream(struct output *o)
{
    int fd = o->fd;
    o->fd = -1;
    return close(fd) != 0 && errno != EINTR ? errno : 0;
}

enum status output_complete(struct output *o, struct err *e)
{
    if (!o->failure && !o->stream)
        o->failure = complete_file(o);
    else if (!o->failure && o->owns_fd)
        o->failure = close_stream(o);
    return output_status(o, e);
}

void output_close(struct output *o)
{
    if (!o)
        return;
    if (o->fd >= 0 && o->owns_fd)
        close(o->fd);
    replacement_free(&o->replacement);
    buf_free(&o->path);
    buf_free(&o->held);
    free(o->block);
    free(o);
}
