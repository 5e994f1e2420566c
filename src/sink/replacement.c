#include "sink/replacement.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* ---- the temporary file ---- */

/* Names the temporary file after the destination, so that one left by a power cut explains
 * itself. The name is hidden and its ending is no sound format: no player's library lists it. */
static int name_temporary(struct replacement *r)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    unsigned char noise[RANDOM_LETTERS];
    if (getrandom(noise, sizeof noise, 0) != sizeof noise)
        return errno;
    size_t keep = r->name.n < NAME_ROOM ? r->name.n : NAME_ROOM;
    while (keep < r->name.n && keep && ((unsigned char)r->name.p[keep] & 0xC0) == 0x80)
        keep--;
    buf_clear(&r->temporary);
    buf_putc(&r->temporary, '.');
    buf_add(&r->temporary, r->name.p, keep);
    buf_putc(&r->temporary, '.');
    for (size_t i = 0; i < sizeof noise; i++)
        buf_putc(&r->temporary, letters[noise[i] % 32]);
    buf_adds(&r->temporary, ".part");
    return 0;
}

static int create_temporary(struct replacement *r, int *fd)
{
    do {
        int failure = name_temporary(r);
        if (failure)
            return failure;
        *fd = openat(r->folder, r->temporary.p, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                     0666);
    } while (*fd < 0 && errno == EEXIST);
    if (*fd >= 0)
        return 0;
    int failure = errno;
    buf_clear(&r->temporary); /* it is not ours to remove */
    return failure;
}

/* The new file gets the permissions of the old one. */
static void take_over_mode(int fd, const struct stat *old)
{
    /* Only root may give a file away; for others it stays their own, as with any new file. */
    if (fchown(fd, old->st_uid, old->st_gid) == 0 || errno == EPERM)
        fchmod(fd, old->st_mode & 0777);
}

int replacement_open(struct replacement *r, const char *path, int *fd)
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
    failure = create_temporary(r, fd);
    if (!failure && replaces)
        take_over_mode(*fd, &old);
    return failure;
}

/* ---- the end ---- */

int replacement_commit(struct replacement *r)
{
    if (renameat(r->folder, r->temporary.p, r->folder, r->name.p) != 0)
        return errno;
    buf_clear(&r->temporary);
    return 0;
}

void replacement_free(struct replacement *r)
{
    if (r->temporary.n)
        unlinkat(r->folder, r->temporary.p, 0);
    if (r->folder >= 0)
        close(r->folder);
    buf_free(&r->name);
    buf_free(&r->temporary);
}
