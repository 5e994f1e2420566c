#include "cli/watch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/vec.h"

enum {
    LOOK_MS = 1000, /* where nothing is reported */
    STEP_MS = 100,
    QUIET_STEPS = 3,
    PATIENCE_STEPS = 100, /* with a file that stays open for writing */
};

struct watch {
    int reports; /* of inotify; -1: there are none */
    VEC(char *) paths;
    struct buf noted;
};

struct watch *watch_new(void)
{
    struct watch *w = mem_zalloc(sizeof *w);
    w->reports = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    w->noted = BUF_INIT;
    /* The system reports by it that somebody wants to write while we look whether anybody does. */
    signal(SIGIO, SIG_IGN);
    return w;
}

void watch_free(struct watch *w)
{
    if (w->reports >= 0)
        close(w->reports);
    for (size_t i = 0; i < w->paths.n; i++)
        free(w->paths.at[i]);
    vec_free(&w->paths);
    buf_free(&w->noted);
    free(w);
}

void watch_add(struct watch *w, const char *path)
{
    struct buf copy = BUF_INIT;
    if (!path)
        return;
    buf_adds(&copy, path);
    *vec_push(&w->paths) = buf_detach(&copy);
}

/* ---- the state of the files ---- */

struct file_state {
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec modified, changed;
};

/* All zero where there is no file. */
static uint64_t state_hash(int folder, const char *name)
{
    struct stat info;
    struct file_state state;
    memset(&state, 0, sizeof state); /* with what lies between its members */
    if (fstatat(folder, name, &info, 0) == 0) {
        state.device = info.st_dev;
        state.inode = info.st_ino;
        state.size = info.st_size;
        state.modified = info.st_mtim;
        state.changed = info.st_ctim;
    }
    return sv_hash((struct sv){(const char *)&state, sizeof state});
}

/* The order in which a folder gives its files does not count. */
static uint64_t folder_hash(DIR *folder)
{
    uint64_t sum = 0;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        uint64_t both[] = {sv_hash(sv_of(entry->d_name)), state_hash(dirfd(folder), entry->d_name)};
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            sum += sv_hash((struct sv){(const char *)both, sizeof both});
    }
    return sum;
}

static void add_states(const struct watch *w, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < w->paths.n; i++) {
        DIR *folder = opendir(w->paths.at[i]);
        uint64_t hash = folder ? folder_hash(folder) : state_hash(AT_FDCWD, w->paths.at[i]);
        if (folder)
            closedir(folder);
        buf_add(out, &hash, sizeof hash);
    }
}

void watch_note(struct watch *w)
{
    add_states(w, &w->noted);
}

/* Whether somebody has the file open for writing: a lease for reading cannot be had then. */
static bool is_being_written(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool busy = fd >= 0 && fcntl(fd, F_SETLEASE, F_RDLCK) != 0 && errno == EAGAIN;
    if (fd >= 0)
        close(fd); /* gives the lease back */
    return busy;
}

static bool any_is_being_written(const struct watch *w)
{
    for (size_t i = 0; i < w->paths.n; i++)
        if (is_being_written(w->paths.at[i]))
            return true;
    return false;
}

/* ---- waiting ---- */

/* Wants reports of the folders that hold the files: again each time, for one that was not there or
 * is another now. */
static void want_reports(const struct watch *w)
{
    enum {
        WANTED = IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_FROM |
                 IN_MOVED_TO | IN_ONLYDIR
    };
    struct buf folder = BUF_INIT;
    for (size_t i = 0; i < w->paths.n && w->reports >= 0; i++) {
        const char *slash = strrchr(w->paths.at[i], '/');
        buf_clear(&folder);
        buf_add(&folder, w->paths.at[i], slash ? (size_t)(slash - w->paths.at[i]) + 1 : 0);
        inotify_add_watch(w->reports, slash ? folder.p : ".", WANTED);
        inotify_add_watch(w->reports, w->paths.at[i], WANTED);
    }
    buf_free(&folder);
}

/* Waits for a report. Many of them, of other files, are taken together. */
static void await_report(const struct watch *w)
{
    char reports[4096];
    struct pollfd wanted = {.fd = w->reports, .events = POLLIN};
    if (poll(&wanted, 1, LOOK_MS) > 0)
        poll(NULL, 0, STEP_MS);
    while (w->reports >= 0 && read(w->reports, reports, sizeof reports) > 0)
        continue;
}

/* Waits until nothing changes any more. */
static void await_quiet(const struct watch *w, const volatile sig_atomic_t *stop)
{
    struct buf before = BUF_INIT, now = BUF_INIT;
    add_states(w, &before);
    for (unsigned quiet = 0; !*stop && quiet < PATIENCE_STEPS; quiet++) {
        if (quiet >= QUIET_STEPS && !any_is_being_written(w))
            break;
        poll(NULL, 0, STEP_MS);
        add_states(w, &now);
        if (sv_eq(buf_sv(&before), buf_sv(&now)))
            continue;
        quiet = 0;
        buf_clear(&before);
        buf_add_sv(&before, buf_sv(&now));
    }
    buf_free(&before);
    buf_free(&now);
}

static bool has_changed(const struct watch *w)
{
    struct buf now = BUF_INIT;
    add_states(w, &now);
    bool changed = !sv_eq(buf_sv(&w->noted), buf_sv(&now));
    buf_free(&now);
    return changed;
}

bool watch_wait(struct watch *w, const volatile sig_atomic_t *stop)
{
    while (!*stop) {
        want_reports(w);
        if (!has_changed(w)) {
            await_report(w);
            continue;
        }
        await_quiet(w, stop);
        if (!*stop && has_changed(w))
            return true;
    }
    return false;
}
