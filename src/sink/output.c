#include "sink/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h> /* PIPE_BUF */
#include <poll.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/message.h"

enum {
    /* No wait is longer, so that a signal that arrives just before a wait is not missed long. */
    NAP_MS = 50,
    /* A pipe that polls as writable takes this much without blocking. */
    STREAM_PIECE = PIPE_BUF,
    RANDOM_LETTERS = 6,
    /* As many as Linux itself follows. */
    MOST_LINKS = 40,
    /* Leaves room in a file name for what a temporary name adds. */
    NAME_ROOM = 200,
};

struct output {
    struct buf path;      /* as the caller named it: for messages */
    struct buf name;      /* of the file, inside `folder` */
    struct buf temporary; /* of the temporary file, inside `folder`; empty: there is none */
    int folder;
    int fd;
    bool stream;
    bool owns_fd;
    uint64_t length;
    int failure; /* errno of the first failed write; 0: none */
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
        return N_("Make the folder first, or name another destination.");
    case EACCES:
    case EPERM:
    case EROFS:
        return N_("Choose a place where you may write.");
    case ENOSPC:
    case EDQUOT:
        return N_("Make room on the disk, or name a destination on another one.");
    case EFBIG:
        return N_("Save to a disk that takes larger files, or raise the limit (ulimit -f).");
    case EISDIR:
        return N_("Name a file in that folder.");
    case EBADF:
        return N_("Open it before you start the program, or name a file.");
    default:
        return N_("Name another destination, or try again.");
    }
}

static enum status tell(const struct output *o, int code, struct err *e)
{
    if (code == EINTR)
        return err_set(e, STATUS_STOPPED, "Stopped while writing “%s”.", o->path.p);
    if (code == EPIPE)
        return err_set(e, STATUS_STOPPED, "The reader of “%s” went away.", o->path.p);
    return err_set(e, STATUS_OUTPUT, "Cannot write “%s”: %s. %s", o->path.p, strerror(code),
                   _(advice_for(code)));
}

/* ---- finding the file ---- */

/* What a symbolic link says, into `target`. Gives 0, or errno: EINVAL where it is no link. */
static int read_link(const char *path, struct buf *target)
{
    for (size_t room = 128;; room *= 2) {
        buf_clear(target);
        buf_reserve(target, room);
        ssize_t n = readlink(path, target->p, room);
        if (n < 0)
            return errno;
        if ((size_t)n < room) {
            target->n = (size_t)n;
            target->p[n] = '\0';
            return 0;
        }
    }
}

/* The path with its last symbolic links followed, also where the last one leads to nothing yet. */
static int follow_links(struct buf *path)
{
    struct buf target = BUF_INIT;
    int failure = 0;
    for (int links = 0; !failure && links <= MOST_LINKS; links++) {
        failure = links < MOST_LINKS ? read_link(path->p, &target) : ELOOP;
        if (failure)
            break;
        const char *slash = strrchr(path->p, '/');
        buf_cut(path, target.p[0] == '/' || !slash ? 0 : (size_t)(slash - path->p) + 1);
        buf_add_sv(path, buf_sv(&target));
    }
    buf_free(&target);
    return failure == EINVAL || failure == ENOENT ? 0 : failure;
}

static int open_folder(struct output *o, const struct buf *path)
{
    const char *slash = strrchr(path->p, '/');
    struct buf folder = BUF_INIT;
    if (slash)
        buf_add(&folder, path->p, (size_t)(slash - path->p) + 1);
    else
        buf_adds(&folder, ".");
    buf_adds(&o->name, slash ? slash + 1 : path->p);
    o->folder = open(folder.p, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int failure = o->folder < 0 ? errno : o->name.n ? 0 : EISDIR;
    buf_free(&folder);
    return failure;
}

/* Names the temporary file after the destination, so that one left by a power cut explains
 * itself. The name is hidden and its ending is no sound format: no player's library lists it. */
static int name_temporary(struct output *o)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    unsigned char noise[RANDOM_LETTERS];
    if (getrandom(noise, sizeof noise, 0) != sizeof noise)
        return errno;
    size_t keep = o->name.n < NAME_ROOM ? o->name.n : NAME_ROOM;
    while (keep < o->name.n && keep && ((unsigned char)o->name.p[keep] & 0xC0) == 0x80)
        keep--;
    buf_clear(&o->temporary);
    buf_putc(&o->temporary, '.');
    buf_add(&o->temporary, o->name.p, keep);
    buf_putc(&o->temporary, '.');
    for (size_t i = 0; i < sizeof noise; i++)
        buf_putc(&o->temporary, letters[noise[i] % 32]);
    buf_adds(&o->temporary, ".part");
    return 0;
}

static int create_temporary(struct output *o)
{
    do {
        int failure = name_temporary(o);
        if (failure)
            return failure;
        o->fd = openat(o->folder, o->temporary.p,
                       O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    } while (o->fd < 0 && errno == EEXIST);
    if (o->fd >= 0)
        return 0;
    int failure = errno;
    buf_clear(&o->temporary); /* it is not ours to remove */
    return failure;
}

/* The new file takes over who may read the old one. */
static void take_over_mode(struct output *o, const struct stat *old)
{
    /* Only root may give a file away; for others it stays their own, as with any new file. */
    if (fchown(o->fd, old->st_uid, old->st_gid) == 0 || errno == EPERM)
        fchmod(o->fd, old->st_mode & 0777);
}

static int open_file(struct output *o)
{
    struct buf path = BUF_INIT;
    buf_add_sv(&path, buf_sv(&o->path));
    int failure = follow_links(&path);
    if (!failure)
        failure = open_folder(o, &path);
    buf_free(&path);
    if (failure)
        return failure;
    struct stat old;
    bool replaces = fstatat(o->folder, o->name.p, &old, 0) == 0;
    if (!replaces && errno != ENOENT)
        return errno;
    /* The folder would let us replace a file that is write-protected; its owner would not. */
    if (replaces && faccessat(o->folder, o->name.p, W_OK, AT_EACCESS) != 0)
        return errno;
    failure = create_temporary(o);
    if (!failure && replaces)
        take_over_mode(o, &old);
    return failure;
}

/* ---- streams ---- */

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
    return open_file(o);
}

enum status output_open(struct output **out, const char *path, const volatile sig_atomic_t *stop,
                        struct err *e)
{
    *out = NULL;
    struct output *o = mem_zalloc(sizeof *o);
    o->path = o->name = o->temporary = BUF_INIT;
    o->fd = o->folder = -1;
    o->stop = stop;
    buf_adds(&o->path, path);
    int failure = open_destination(o);
    if (failure) {
        enum status status = tell(o, failure, e);
        output_close(o);
        return status;
    }
    *out = o;
    return STATUS_OK;
}

/* ---- writing ---- */

bool output_is_stream(const struct output *o)
{
    return o->stream;
}

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

static int write_file(struct output *o, uint64_t offset, const char *bytes, size_t n)
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
        if (offset > o->length)
            o->length = offset;
    }
    return 0;
}

bool output_write(struct output *o, uint64_t offset, const void *bytes, size_t n)
{
    if (o->failure)
        return false;
    if (!o->stream) {
        o->failure = write_file(o, offset, bytes, n);
    } else if (offset + n > o->length) {
        size_t past = offset < o->length ? (size_t)(o->length - offset) : 0;
        o->failure = write_stream(o, (const char *)bytes + past, n - past);
    }
    return !o->failure;
}

size_t output_read(struct output *o, uint64_t offset, void *bytes, size_t n)
{
    ssize_t got = pread(o->fd, bytes, n, (off_t)offset);
    return got > 0 ? (size_t)got : 0;
}

enum status output_status(const struct output *o, struct err *e)
{
    return o->failure ? tell(o, o->failure, e) : STATUS_OK;
}

/* ---- the end ---- */

static int close_fd(struct output *o)
{
    int fd = o->fd;
    o->fd = -1;
    return close(fd) != 0 && errno != EINTR ? errno : 0;
}

static int put_in_place(struct output *o)
{
    /* Some file systems cannot sync; the file is then as safe there as any other. */
    if (fsync(o->fd) != 0 && errno != EINVAL && errno != ENOSYS)
        return errno;
    int failure = close_fd(o);
    if (failure)
        return failure;
    if (renameat(o->folder, o->temporary.p, o->folder, o->name.p) != 0)
        return errno;
    buf_clear(&o->temporary);
    return 0;
}

enum status output_complete(struct output *o, struct err *e)
{
    if (!o->failure && !o->stream)
        o->failure = put_in_place(o);
    else if (!o->failure && o->owns_fd)
        o->failure = close_fd(o);
    return output_status(o, e);
}

void output_close(struct output *o)
{
    if (!o)
        return;
    if (o->fd >= 0 && (o->owns_fd || !o->stream))
        close(o->fd);
    if (o->temporary.n)
        unlinkat(o->folder, o->temporary.p, 0);
    if (o->folder >= 0)
        close(o->folder);
    buf_free(&o->path);
    buf_free(&o->name);
    buf_free(&o->temporary);
    free(o);
}
