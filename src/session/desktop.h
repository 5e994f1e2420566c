/*
 * The desktop's media keys and panels: they show what is played, and their commands are passed on.
 * The module docbao-mpris.so (src/module/mpris.c) speaks to the bus; it is loaded when a struct
 * desktop is opened.
 *
 * Invariants:
 * - No call waits for the bus: what cannot be sent or answered yet is done by a later
 *   desktop_serve.
 * - `command` is called from desktop_serve only, and only for what can be done: QUIT alone before
 *   the first desktop_update, NEXT only if there is a next article, PLACE only inside the article.
 * - Texts are copied, code points that are no characters are replaced (the bus refuses them), and
 *   long texts are cut.
 * - A struct desktop belongs to the process that opened it.
 */
#ifndef DOCBAO_SESSION_DESKTOP_H
#define DOCBAO_SESSION_DESKTOP_H

#include <poll.h>

#include "base/err.h"
#include "docbao/docbao.h"

enum { DESKTOP_SLOWEST = 50, DESKTOP_FASTEST = 400 };

typedef void desktop_ask(void *user, enum docbao_desktop_command command, int64_t value);

/* For docbao_desktop_status.track: before the first desktop_update. */
#define DESKTOP_NO_TRACK UINT32_MAX

struct desktop;

/* Connects to the session bus, in the background. Errors (STATUS_USAGE, *out is then NULL): there
 * is no bus, or the module is not installed. The caller closes *out with desktop_close. */
enum status desktop_open(struct desktop **out, desktop_ask *command, void *user, struct err *e);
/* NULL is allowed. Not from `command`. */
void desktop_close(struct desktop *d);
/* Sets *fd to what to wait for (its fd is -1: nothing), and lowers *timeout_ms (-1: no limit) to
 * when desktop_serve must be called in any case. */
void desktop_wants(struct desktop *d, struct pollfd *fd, int *timeout_ms);
/* Reads from the bus and answers. False: the bus is gone or refuses us; then there is nothing to
 * wait for, and the other calls do nothing. */
bool desktop_serve(struct desktop *d);
/* Announces what has changed since the last call. `sought`: the listener jumped to this place. The
 * length of the same article is an estimate that changes a little all the time, so it is announced
 * again only if it differs by a second. */
void desktop_update(struct desktop *d, const struct docbao_desktop_status *status, bool sought);

/* ---- what docbao-mpris.so exports, as DESKTOP_SYMBOL ---- */

#define DESKTOP_SYMBOL "docbao_mpris"

/* The parts of the status that may have changed: bits. */
enum desktop_change {
    DESKTOP_CHANGED_PLAYING = 1,
    DESKTOP_CHANGED_TRACK = 2, /* or its title, length ... */
    DESKTOP_CHANGED_SPEED = 4,
    DESKTOP_CHANGED_VOLUME = 8,
    DESKTOP_CHANGED_NEXT = 16,
    DESKTOP_CHANGED_PREVIOUS = 32,
    DESKTOP_CHANGED_KNOWN = 64, /* there is a track now */
};

/* Does not use the rest of docbao. A `bus` is what `open` made. */
struct desktop_driver {
    /* Returns 0 or a negative errno: -ENOMEDIUM if nothing says where the bus is. `status` stays
     * valid until `close`, and its values may change between calls; its texts are terminated, and
     * `playing` is DOCBAO_PLAYING, DOCBAO_PAUSED or DOCBAO_ENDED. */
    int (*open)(void **bus, const struct docbao_desktop_status *status, desktop_ask *ask,
                void *user);
    void (*close)(void *bus);
    void (*wants)(void *bus, struct pollfd *fd, int *timeout_ms);
    bool (*serve)(void *bus);
    /* Announces these changes of *status. */
    void (*changed)(void *bus, unsigned changes);
    /* Announces that the listener jumped to the place in *status. */
    void (*sought)(void *bus);
};

#endif
