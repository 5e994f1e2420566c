#include "article/input/load.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/message.h"
#include "base/system_text.h"

static bool is_standard_input(const char *name)
{
    return strcmp(name, "-") == 0;
}

uint64_t load_limit(const struct load_options *options)
{
    uint64_t limit = options->max_bytes ? options->max_bytes : (uint64_t)64 << 20;
    return limit < UINT32_MAX ? limit : UINT32_MAX;
}

enum status load_error_in(const char *name, struct err *e)
{
    return err_at(e, is_standard_input(name) ? _("standard input") : name, 0, 0);
}

enum status load_too_large(const char *name, uint64_t limit, struct err *e)
{
    err_set(e, STATUS_INPUT,
            "larger than %llu bytes, the most that is read; allow more with --max-bytes N (at most "
            "4294967295) or split it",
            (unsigned long long)limit);
    return load_error_in(name, e);
}

static enum status fail_to_open(const char *name, int number, struct err *e)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        err_set(e, STATUS_INPUT, "there is no such file; check the name and the folder");
        break;
    case EACCES:
    case EPERM:
        err_set(e, STATUS_INPUT, "you may not read it; ask its owner, or check with ls -l");
        break;
    case ENXIO:
        err_set(e, STATUS_INPUT,
                "is a socket, or a device that is not there; give a file, or a pipe");
        break;
    case ELOOP:
        err_set(e, STATUS_INPUT,
                "is a symbolic link that leads round in a circle; give the file itself");
        break;
    default:
        err_set(e, STATUS_INPUT, "cannot be opened: %s", system_error(number));
    }
    return load_error_in(name, e);
}

/* A wait for the next bytes of a pipe, a terminal or a device. */
struct wait {
    const char *name;
    const struct load_options *options;
    int64_t tell_ns; /* when to tell the caller; 0: not, or no longer */
};

static struct wait wait_begin(const char *name, const struct load_options *options)
{
    enum { PATIENCE_MS = 5000 };
    int64_t patience_ms = options->patience_ms ? options->patience_ms : PATIENCE_MS;
    int64_t until_ns = clock_now_ns() + patience_ms * CLOCK_NS_PER_MS;
    return (struct wait){name, options, options->waits ? until_ns : 0};
}

static void tell_late(struct wait *w)
{
    if (!w->tell_ns || clock_now_ns() < w->tell_ns)
        return;
    w->tell_ns = 0;
    w->options->waits(w->options->waits_user,
                      is_standard_input(w->name) ? "standard input" : w->name);
}

/* Waits until there is something to read. False: the caller wants to stop. */
static bool wait_for_bytes(int fd, void *with)
{
    enum { NAP_MS = 50 }; /* so that a stop just before a wait is not missed long */
    static const struct fetch_options never;
    struct wait *w = with;
    const struct fetch_options *until = w->options->fetch ? w->options->fetch : &never;
    for (;;) {
        if ((until->stop && *until->stop) || (until->cancel && atomic_load(until->cancel)))
            return false;
        if (poll(&(struct pollfd){fd, POLLIN, 0}, 1, NAP_MS) > 0)
            break;
        tell_late(w);
    }
    w->tell_ns = 0; /* whoever writes may think as long as he likes */
    return true;
}

static enum status read_descriptor(const char *name, int fd, const struct load_options *options,
                                   struct buf *bytes, struct err *e)
{
    uint64_t limit = load_limit(options);
    struct wait wait = wait_begin(name, options);
    struct stat info;
    bool known = fstat(fd, &info) == 0;
    if (known && S_ISDIR(info.st_mode)) {
        err_set(e, STATUS_INPUT, "is a folder, not a file; name a file in it");
        return load_error_in(name, e);
    }
    bool regular = known && S_ISREG(info.st_mode);
    if (regular && (uint64_t)info.st_size > limit)
        return load_too_large(name, limit, e);
    if (!file_read_stream(fd, limit, regular ? NULL : wait_for_bytes, &wait, bytes)) {
        if (errno == ECANCELED)
            return err_set(e, STATUS_STOPPED, "Stopped.");
        err_set(e, STATUS_INPUT, "reading broke off after %zu bytes: %s", bytes->n,
                system_error(errno));
        return load_error_in(name, e);
    }
    return bytes->n > limit ? load_too_large(name, limit, e) : STATUS_OK;
}

static enum status load_file(const char *name, const struct load_options *options,
                             struct buf *bytes, struct err *e)
{
    bool standard_input = is_standard_input(name);
    /* Without waiting: to open a pipe would last until somebody writes to it. */
    int fd =
        standard_input ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return fail_to_open(name, errno, e);
    enum status status = read_descriptor(name, fd, options, bytes, e);
    if (!standard_input)
        close(fd);
    return status;
}

enum status load_document(const char *name, const struct load_options *options, struct buf *bytes,
                          struct buf *charset, bool *cut_short, struct err *e)
{
    static const struct fetch_options defaults;
    if (!fetch_is_url(name))
        return load_file(name, options, bytes, e);
    return fetch_url(name, load_limit(options), options->fetch ? options->fetch : &defaults, bytes,
                     charset, cut_short, e);
}
