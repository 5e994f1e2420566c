#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/message.h"
#include "base/system_text.h"

enum { PIECE = 65536 };

/* Returns the room to make first: enough for the rest of a regular file, and one byte to see its
 * end. */
static size_t first_room(int fd, uint64_t most)
{
    struct stat info;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
        return PIECE;
    off_t at = lseek(fd, 0, SEEK_CUR);
    uint64_t left = at >= 0 && at < info.st_size ? (uint64_t)(info.st_size - at) : 0;
    return left <= most ? (size_t)left + 1 : PIECE;
}

bool file_read_descriptor(int fd, uint64_t most, struct buf *out)
{
    return file_read_stream(fd, most, NULL, NULL, out);
}

bool file_read_stream(int fd, uint64_t most, bool (*wait)(int fd, void *with), void *with,
                      struct buf *out)
{
    size_t begin = out->n, room = first_room(fd, most);
    while (out->n - begin <= most) {
        if (wait && !wait(fd, with)) {
            errno = ECANCELED;
            return false;
        }
        buf_reserve(out, room);
        ssize_t n = read(fd, out->p + out->n, room);
        if (n < 0 && (errno == EINTR || (wait && errno == EAGAIN)))
            continue;
        if (n <= 0)
            return n == 0;
        buf_cut(out, out->n + (size_t)n);
        room = out->n / 2 > PIECE ? out->n / 2 : PIECE;
    }
    return true;
}

/* Closes the descriptor and leaves errno as it is. */
static void close_quietly(int fd)
{
    int why = errno;
    close(fd);
    errno = why;
}

/* Opens a regular file and nothing else; -1 with errno set. */
static int open_regular(const char *path, struct stat *info)
{
    /* Without waiting: to open a pipe would last until somebody writes to it. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 || (fstat(fd, info) == 0 && S_ISREG(info->st_mode)))
        return fd;
    errno = S_ISDIR(info->st_mode) ? EISDIR : EINVAL;
    close_quietly(fd);
    return -1;
}

/* Reads at most `most` bytes: the file may grow while it is read. */
static bool read_at_most(int fd, size_t most, struct buf *out)
{
    size_t begin = out->n;
    bool done = file_read_descriptor(fd, most, out);
    if (done && out->n - begin > most) {
        errno = EOVERFLOW;
        done = false;
    }
    if (!done)
        buf_cut(out, begin);
    return done;
}

/* Opens a name in the folder, which is closed. */
static int open_in_folder(int folder, struct sv name, bool last)
{
    const int plain = O_CLOEXEC | O_NOFOLLOW;
    struct buf text = BUF_INIT;
    int fd = -1;
    buf_add_sv(&text, name);
    if (folder >= 0)
        fd = openat(folder, text.p,
                    plain | (last ? O_RDONLY | O_NONBLOCK | O_NOCTTY : O_PATH | O_DIRECTORY));
    if (folder >= 0)
        close_quietly(folder);
    buf_free(&text);
    return fd;
}

static int open_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct buf folder = BUF_INIT;
    buf_add(&folder, path, slash ? (size_t)(slash - path) + 1 : 0);
    buf_adds(&folder, ".");
    int fd = open(folder.p, O_PATH | O_DIRECTORY | O_CLOEXEC);
    buf_free(&folder);
    return fd;
}

/* Whether no part of the path leads elsewhere than further down. */
static bool leads_down(struct sv path)
{
    if (!path.n || memchr(path.p, '\0', path.n))
        return false;
    while (path.p) {
        struct sv part = sv_cut(&path, '/');
        if (!part.n || sv_is(part, ".") || sv_is(part, ".."))
            return false;
    }
    return true;
}

bool file_read_below(const char *beside, struct sv relative, size_t most, struct buf *out)
{
    struct stat info;
    errno = EINVAL;
    int fd = leads_down(relative) ? open_folder_of(beside) : -1;
    while (fd >= 0 && relative.p) {
        struct sv part = sv_cut(&relative, '/');
        fd = open_in_folder(fd, part, !relative.p);
    }
    if (fd < 0)
        return false;
    bool done = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && read_at_most(fd, most, out);
    close_quietly(fd);
    return done;
}

bool file_read(const char *path, struct buf *out)
{
    struct stat info = {0};
    int fd = open_regular(path, &info);
    if (fd < 0)
        return false;
    bool done = read_at_most(fd, FILE_MOST_BYTES, out);
    close_quietly(fd);
    return done;
}

/* Whether everybody may put another file in the place of this one. */
static bool is_replaceable(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct buf folder = BUF_INIT;
    buf_add_sv(&folder, slash ? (struct sv){path, (size_t)(slash - path) + 1} : SV("."));
    struct stat info;
    bool known = stat(folder.p, &info) == 0;
    buf_free(&folder);
    return !known || ((info.st_mode & S_IWOTH) && !(info.st_mode & S_ISVTX));
}

/* Returns why others could have written the file; NULL: they could not. */
static const char *distrust(const char *path, const struct stat *info)
{
    if (info->st_uid != geteuid())
        return _("another user owns it");
    if (info->st_mode & (S_IWGRP | S_IWOTH))
        return _("other users can write to it");
    return is_replaceable(path) ? _("other users can write to its folder") : NULL;
}

bool file_read_unnamed(const char *path, struct buf *out, const char **why)
{
    struct stat info = {0};
    int fd = open_regular(path, &info);
    *why = fd >= 0 ? distrust(path, &info) : file_is_absent(errno) ? NULL : file_fault(errno);
    bool done = fd >= 0 && !*why;
    if (done && !read_at_most(fd, FILE_MOST_BYTES, out)) {
        *why = file_fault(errno);
        done = false;
    }
    if (fd >= 0)
        close_quietly(fd);
    return done;
}

void file_add_beside(struct buf *out, const char *path, const char *ending)
{
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    const char *dot = strrchr(name, '.');
    buf_add(out, path, dot && dot > name ? (size_t)(dot - path) : strlen(path));
    buf_adds(out, ending);
}

void file_add_address(struct buf *out, const char *path)
{
    const char *slash = strrchr(path, '/');
    for (const char *p = slash ? slash + 1 : path; *p; p++)
        buf_addf(out,
                 ascii_is_letter(*p) || ascii_is_digit(*p) || strchr("-._~", *p) ? "%c" : "%%%02X",
                 (unsigned char)*p);
}

bool file_add_link_target(struct buf *out, const char *path)
{
    for (size_t room = 256;; room *= 2) {
        buf_reserve(out, room);
        ssize_t n = readlink(path, out->p + out->n, room);
        if (n < 0)
            return false;
        if ((size_t)n < room) {
            buf_cut(out, out->n + (size_t)n);
            return true;
        }
    }
}

bool file_is_same(const char *a, const char *b)
{
    struct stat first, second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

bool file_read_end(const char *path, size_t most, struct buf *out, bool *cut)
{
    struct stat info = {0};
    int fd = open_regular(path, &info);
    if (fd < 0)
        return false;
    *cut = (uint64_t)info.st_size > most;
    bool done = lseek(fd, *cut ? info.st_size - (off_t)most : 0, SEEK_SET) >= 0 &&
                read_at_most(fd, most, out);
    close_quietly(fd);
    return done;
}

bool file_is_absent(int number)
{
    return number == ENOENT || number == ENOTDIR;
}

enum status file_status(int number)
{
    bool machine = number == EIO || number == ENOMEM || number == EMFILE || number == ENFILE;
    return machine ? STATUS_INPUT : STATUS_USAGE;
}

const char *file_fault(int number)
{
    switch (number) {
    case EISDIR:
        return _("it is a folder, not a file");
    case EINVAL:
        return _("it is a pipe or a device, not a file");
    case EOVERFLOW:
        return _("it is larger than 32 MiB, the most that is read of such a file");
    default:
        return system_error(number);
    }
}

void file_make_folders(const char *path)
{
    struct buf folder = BUF_INIT;
    for (const char *at = path; *at; at++) {
        if (*at == '/' && at > path)
            mkdir(folder.p, 0700);
        buf_putc(&folder, *at);
    }
    buf_free(&folder);
}

/* The file itself is replaced, and cannot be locked. */
int file_lock(const char *path)
{
    struct buf name = BUF_INIT;
    file_make_folders(path);
    buf_addf(&name, "%s.lock", path);
    int fd = open(name.p, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    buf_free(&name);
    int got = -1;
    while (fd >= 0 && (got = flock(fd, LOCK_EX)) != 0 && errno == EINTR)
        continue;
    if (fd >= 0 && got != 0) {
        int why = errno;
        close(fd);
        errno = why;
        return -1;
    }
    return fd;
}
