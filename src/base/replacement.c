#include "base/replacement.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"

enum {
    RANDOM_LETTERS = 6,
    /* As many as Linux itself follows. */
    MOST_LINKS = 40,
    /* Leaves room in a file name for what a temporary name adds. */
    NAME_ROOM = 200,
};

/* ---- finding the file ---- */

/* Reads a symbolic link into `target`. Returns 0 or an errno; EINVAL: it is not a link. */
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

static int open_folder(struct replacement *r, const struct buf *path)
{
    const char *slash = strrchr(path->p, '/');
    struct buf folder = BUF_INIT;
    if (slash)
        buf_add(&folder, path->p, (size_t)(slash - path->p) + 1);
    else
        buf_adds(&folder, ".");
    buf_adds(&r->name, slash ? slash + 1 : path->p);
    r->folder = open(folder.p, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int failure = r->folder < 0 ? errno : r->name.n ? 0 : EISDIR;
    buf_free(&folder);
    return failure;
}

/* ---- a new file with a name ---- */

static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
static const char ending[] = ".part";

/* Appends how the names of new files for this file begin. They are hidden and their ending is no
 * sound format: no player's library lists them. */
static void add_beginning(const struct replacement *r, struct buf *out)
{
    buf_putc(out, '.');
    buf_add_sv(out, utf8_shortened(buf_sv(&r->name), NAME_ROOM));
    buf_putc(out, '.');
}

static int name_temporary(struct replacement *r)
{
    unsigned char noise[RANDOM_LETTERS];
    if (getrandom(noise, sizeof noise, 0) != sizeof noise)
        return errno;
    buf_clear(&r->temporary);
    add_beginning(r, &r->temporary);
    for (size_t i = 0; i < sizeof noise; i++)
        buf_putc(&r->temporary, letters[noise[i] % 32]);
    buf_adds(&r->temporary, ending);
    return 0;
}

/* Locks the file that was just made. False: another program took it for a dead one in between, and
 * has removed it. */
static bool is_kept(int fd)
{
    struct stat s;
    while (flock(fd, LOCK_EX) != 0 && errno == EINTR)
        continue;
    return fstat(fd, &s) == 0 && s.st_nlink > 0;
}

static int create_named(struct replacement *r)
{
    for (;;) {
        int failure = name_temporary(r);
        if (failure)
            return failure;
        int flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
        int fd = openat(r->folder, r->temporary.p, flags, 0666);
        if (fd < 0 && errno != EEXIST) {
            failure = errno;
            buf_clear(&r->temporary); /* it is not ours to remove */
            return failure;
        }
        if (fd >= 0 && is_kept(fd)) {
            r->fd = fd;
            return 0;
        }
        if (fd >= 0)
            close(fd);
    }
}

static bool is_temporary(const char *name, const struct buf *beginning)
{
    size_t n = strlen(name);
    if (n != beginning->n + RANDOM_LETTERS + strlen(ending) ||
        memcmp(name, beginning->p, beginning->n) != 0)
        return false;
    const char *middle = name + beginning->n;
    return strspn(middle, letters) == RANDOM_LETTERS &&
           strcmp(middle + RANDOM_LETTERS, ending) == 0;
}

/* The lock of a program that lives cannot be had. */
static void remove_if_dead(const struct replacement *r, const char *name)
{
    int fd = openat(r->folder, name, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
        unlinkat(r->folder, name, 0);
    if (fd >= 0)
        close(fd);
}

static void remove_dead(const struct replacement *r)
{
    struct buf beginning = BUF_INIT;
    int fd = openat(r->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    add_beginning(r, &beginning);
    for (const struct dirent *entry; folder && (entry = readdir(folder));)
        if (is_temporary(entry->d_name, &beginning))
            remove_if_dead(r, entry->d_name);
    buf_free(&beginning);
    if (folder)
        closedir(folder);
    else if (fd >= 0)
        close(fd);
}

/* ---- a new file without a name ---- */

/* A path for linkat, which cannot take the file by its descriptor alone. */
static void add_descriptor_path(int fd, struct buf *out)
{
    buf_addf(out, "/proc/self/fd/%d", fd);
}

/* Only where it can be given a name in the end. */
static bool create_nameless(struct replacement *r)
{
    struct buf path = BUF_INIT;
    r->fd = openat(r->folder, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, 0666);
    if (r->fd < 0)
        return false;
    add_descriptor_path(r->fd, &path);
    bool can_be_named = access(path.p, F_OK) == 0;
    buf_free(&path);
    if (!can_be_named) {
        close(r->fd);
        r->fd = -1;
    }
    return can_be_named;
}

/* ---- both ---- */

static int create(struct replacement *r)
{
    remove_dead(r);
    return create_nameless(r) ? 0 : create_named(r);
}

/* The new file gets the permissions of the old one. */
static void take_over_mode(int fd, const struct stat *old)
{
    /* Only root may give a file away; for others it stays their own, as with any new file. */
    if (fchown(fd, old->st_uid, old->st_gid) == 0 || errno == EPERM)
        fchmod(fd, old->st_mode & 0777);
}

int replacement_open(struct replacement *r, const char *path)
{
    struct buf real = BUF_INIT;
    buf_adds(&real, path);
    int failure = follow_links(&real);
    if (!failure)
        failure = open_folder(r, &real);
    buf_free(&real);
    if (failure)
        return failure;
    struct stat old;
    bool replaces = fstatat(r->folder, r->name.p, &old, 0) == 0;
    if (!replaces && errno != ENOENT)
        return errno;
    /* The folder would let us replace a file that is write-protected; its owner would not. */
    if (replaces && faccessat(r->folder, r->name.p, W_OK, AT_EACCESS) != 0)
        return errno;
    failure = create(r);
    if (!failure && replaces)
        take_over_mode(r->fd, &old);
    return failure;
}

/* ---- the end ---- */

static int give_name(const struct replacement *r, const struct buf *name)
{
    struct buf path = BUF_INIT;
    add_descriptor_path(r->fd, &path);
    int failure = linkat(AT_FDCWD, path.p, r->folder, name->p, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
    buf_free(&path);
    return failure;
}

/* A name that is taken cannot be linked: the file gets another one, and is then moved. */
static int give_temporary_name(struct replacement *r)
{
    int failure;
    while (flock(r->fd, LOCK_EX) != 0 && errno == EINTR)
        continue;
    do {
        failure = name_temporary(r);
        if (!failure)
            failure = give_name(r, &r->temporary);
    } while (failure == EEXIST);
    if (failure)
        buf_clear(&r->temporary);
    return failure;
}

/* Over NFS, a request that is sent twice fails the second time although it was done the first. */
static bool is_in_place(const struct replacement *r)
{
    struct stat own, there;
    return fstat(r->fd, &own) == 0 && fstatat(r->folder, r->name.p, &there, 0) == 0 &&
           own.st_dev == there.st_dev && own.st_ino == there.st_ino;
}

static int put_in_place(struct replacement *r)
{
    int failure = 0;
    if (!r->temporary.n) {
        failure = give_name(r, &r->name);
        if (failure != EEXIST)
            return failure;
        failure = give_temporary_name(r);
    }
    if (!failure && renameat(r->folder, r->temporary.p, r->folder, r->name.p) != 0)
        failure = errno;
    if (failure == ENOENT && is_in_place(r))
        failure = 0;
    if (!failure)
        buf_clear(&r->temporary);
    return failure;
}

int replacement_commit(struct replacement *r)
{
    /* Some file systems cannot sync; the file is then as safe there as any other. */
    if (fsync(r->fd) != 0 && errno != EINVAL && errno != ENOSYS)
        return errno;
    int failure = put_in_place(r);
    if (failure)
        return failure;
    int fd = r->fd;
    r->fd = -1;
    return close(fd) != 0 && errno != EINTR ? errno : 0;
}

void replacement_free(struct replacement *r)
{
    if (r->temporary.n)
        unlinkat(r->folder, r->temporary.p, 0);
    if (r->fd >= 0)
        close(r->fd);
    if (r->folder >= 0)
        close(r->folder);
    buf_free(&r->name);
    buf_free(&r->temporary);
}

/* ---- a small file ---- */

static void make_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path)
        return;
    struct buf folder = BUF_INIT;
    buf_add(&folder, path, (size_t)(slash - path));
    mkdir(folder.p, 0777);
    buf_free(&folder);
}

static int write_all(int fd, struct sv bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno != EINTR)
            return errno;
        if (n > 0)
            bytes = sv_sub(bytes, (size_t)n, bytes.n - (size_t)n);
    }
    return 0;
}

bool file_replace(const char *path, struct sv bytes)
{
    struct replacement r = REPLACEMENT_INIT;
    make_folder_of(path);
    int failure = replacement_open(&r, path);
    if (!failure)
        failure = write_all(r.fd, bytes);
    if (!failure)
        failure = replacement_commit(&r);
    replacement_free(&r);
    errno = failure;
    return !failure;
}

bool file_update(const char *path, struct sv bytes)
{
    struct buf there = BUF_INIT;
    bool same = file_read(path, &there) && sv_eq(buf_sv(&there), bytes);
    buf_free(&there);
    return same || file_replace(path, bytes);
}
