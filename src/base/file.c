#include "base/file.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_read(const char *path, struct buf *out)
{
    enum { PIECE = 65536 };
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    size_t n;
    do {
        buf_reserve(out, PIECE);
        n = fread(out->p + out->n, 1, PIECE, file);
        out->n += n;
        out->p[out->n] = '\0';
    } while (n);
    bool failed = ferror(file) != 0;
    int why = errno;
    fclose(file);
    errno = why;
    return !failed;
}

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

static bool write_all(int fd, struct sv bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0)
            bytes = sv_sub(bytes, (size_t)n, bytes.n - (size_t)n);
    }
    return fsync(fd) == 0;
}

/* An ordinary new file's permissions, or those of the file it replaces. */
static void set_mode(int fd, const char *path)
{
    struct stat old;
    mode_t mask = umask(0);
    umask(mask);
    fchmod(fd, stat(path, &old) == 0 ? old.st_mode & 07777 : 0666 & ~mask);
}

bool file_replace(const char *path, struct sv bytes)
{
    struct buf aside = BUF_INIT;
    make_folder_of(path);
    buf_addf(&aside, "%s.XXXXXX", path);
    int fd = mkstemp(aside.p);
    bool done = fd >= 0 && write_all(fd, bytes);
    if (done)
        set_mode(fd, path);
    if (fd >= 0)
        done = close(fd) == 0 && done;
    done = done && rename(aside.p, path) == 0;
    int why = errno;
    if (!done && fd >= 0)
        unlink(aside.p);
    buf_free(&aside);
    errno = why;
    return done;
}
