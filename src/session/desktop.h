/*
 * The desktop's media keys and panels: what is played is told to them, and what they ask for is
 * handed on. The bus is spoken by a module of ours (docbao-mpris.so, src/module/mpris.c), which is
 * loaded when a struct desktop is opened.
 *
 * Invariants:
 * - No call waits for the bus: what cannot be sent or answered yet is done by a later
 *   desktop_serve.
 * - `command` is called from desktop_serve only, and only with what can be done: nothing but QUIT
 *   before something was told, NEXT only where there is a next article, a PLACE inside the article.
 * - Texts that were told are copied, made fit for the bus (which refuses code points that are no
 *   characters) and cut where no panel would show more.
 * - A struct desktop belongs to the process that opened it.
 */
#ifndef DOCBAO_SESSION_DESKTOP_H
#define DOCBAO_SESSION_DESKTOP_H

#include <poll.h>

#include "base/err.h"
#include "docbao/docbao.h"

enum { DESKTOP_SLOWEST = 50, DESKTOP_FASTEST = 250 };

typedef void desktop_ask(void *user, enum docbao_desktop_command command, int64_t value);

enum desktop_playing { DESKTOP_STOPPED, DESKTOP_PLAYING, DESKTOP_PAUSED };

/* For desktop_status.track: nothing was told yet. */
#define DESKTOP_NO_TRACK UINT32_MAX

struct desktop_status {
    enum desktop_playing playing;
    uint32_t track; /* of the queue, from 0 */
    struct sv title, byline, url;
    uint64_t place_ms, length_ms;
    uint32_t speed_percent, volume_percent;
    bool has_next, has_previous;
};

struct desktop;

/* Connects to the session bus, in the background. Errors (STATUS_USAGE, *out is then NULL): there
 * is no bus, or the module is not installed. The caller closes *out with desktop_close. */
enum status desktop_open(struct desktop **out, desktop_ask *command, void *user, struct err *e);
/* NULL is allowed. Not from `command`. */
void desktop_close(struct desktop *d);
/* What to wait for, in *fd (its fd -1: nothing); lowers *timeout_ms (-1: no limit) to when
 * desktop_serve is due all the same. */
void desktop_wants(struct desktop *d, struct pollfd *fd, int *timeout_ms);
/* Answers what was asked. False: the bus is gone, or refuses us; nothing is then left to wait for,
 * and the other calls do nothing. */
bool desktop_serve(struct desktop *d);
/* Tells what has changed since the last time; `sought`: the place was jumped to. The length of the
 * same article is told anew only when it differs by a second: it is an estimate, and moves. */
void desktop_tell(struct desktop *d, const struct desktop_status *status, bool sought);

/* ---- what docbao-mpris.so exports, as DESKTOP_SYMBOL ---- */

#define DESKTOP_SYMBOL "docbao_mpris"

/* What may have changed: bits. */
enum desktop_change {
    DESKTOP_CHANGED_PLAYING = 1,
    DESKTOP_CHANGED_TRACK = 2, /* or its title, length ... */
    DESKTOP_CHANGED_SPEED = 4,
    DESKTOP_CHANGED_VOLUME = 8,
    DESKTOP_CHANGED_NEXT = 16,
    DESKTOP_CHANGED_PREVIOUS = 32,
    DESKTOP_CHANGED_KNOWN = 64, /* there is a track now */
};

/* It knows nothing of the rest of docbao. A `bus` is what `open` made. */
struct desktop_driver {
    /* 0, or a negative errno: -ENOMEDIUM where nothing says where the bus is. `status` stays where
     * it is until `close`, and what it says may change at any time; its texts are terminated. */
    int (*open)(void **bus, const struct desktop_status *status, desktop_ask *ask, void *user);
    void (*close)(void *bus);
    void (*wants)(void *bus, struct pollfd *fd, int *timeout_ms);
    bool (*serve)(void *bus);
    /* Announces these changes of *status. */
    void (*changed)(void *bus, unsigned changes);
    /* Announces the place in *status as one that was jumped to. */
    void (*sought)(void *bus);
};

#endif
