#include "fuzz/scratch.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char *folder;

static void remove_folder(void)
{
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (entry->d_name[0] != '.')
            unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
    rmdir(folder);
    free(folder);
}

static _Noreturn void fail(const char *what)
{
    perror(what);
    exit(1);
}

/* In memory where the system has such a folder, since each input writes files. */
const char *scratch_folder(void)
{
    if (folder)
        return folder;
    struct buf path = BUF_INIT;
    const char *chosen = getenv("TMPDIR");
    bool memory = !chosen && access("/dev/shm", R_OK | W_OK | X_OK) == 0;
    buf_addf(&path, "%s/docbao-fuzz.XXXXXX", memory ? "/dev/shm" : chosen ? chosen : "/tmp");
    folder = buf_detach(&path);
    if (!mkdtemp(folder))
        fail(folder);
    atexit(remove_folder);
    return folder;
}

void scratch_path(const char *name, struct buf *out)
{
    buf_addf(out, "%s/%s", scratch_folder(), name);
}

void scratch_write(const char *name, struct sv bytes)
{
    struct buf path = BUF_INIT;
    scratch_path(name, &path);
    int fd = open(path.p, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, bytes.p, bytes.n) != (ssize_t)bytes.n || close(fd) != 0)
        fail(path.p);
    buf_free(&path);
}

void scratch_remove(const char *name)
{
    struct buf path = BUF_INIT;
    scratch_path(name, &path);
    unlink(path.p);
    buf_free(&path);
}
