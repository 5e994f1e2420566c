#include "session/desktop.h"

#include <errno.h>

#include "base/mem.h"
#include "base/message.h"
#include "base/module.h"
#include "base/utf8.h"

enum {
    MOST_IN_TEXT = 1000, /* characters: a whole page may pass for a title, and no panel shows it */
    MOST_IN_URL = 16384, /* a path of 4096 bytes, all of them percent-encoded, and more */
    LENGTH_STEP_MS = 1000,
};

struct desktop {
    const struct desktop_driver *driver;
    void *bus;
    desktop_ask *command;
    void *user;
    struct desktop_status told; /* its texts are those below */
    struct buf title, byline, url, scratch;
};

/* ---- opening ---- */

static bool leaps_over_end(const struct desktop_status *told, int64_t by_ms)
{
    return by_ms > 0 && told->length_ms && told->place_ms <= told->length_ms &&
           (uint64_t)by_ms > told->length_ms - told->place_ms;
}

/* What the bus asks for, when it can be done. A leap over the end is the next article: the
 * specification has it so. */
static void ask(void *to, enum docbao_desktop_command command, int64_t value)
{
    struct desktop *d = to;
    const struct desktop_status *told = &d->told;
    bool possible = told->track != DESKTOP_NO_TRACK || command == DOCBAO_DESKTOP_QUIT;
    if (command == DOCBAO_DESKTOP_SEEK && told->has_next && leaps_over_end(told, value)) {
        command = DOCBAO_DESKTOP_NEXT;
        value = 0;
    }
    if (command == DOCBAO_DESKTOP_NEXT)
        possible = possible && told->has_next;
    else if (command == DOCBAO_DESKTOP_PREVIOUS)
        possible = possible && told->has_previous;
    else if (command == DOCBAO_DESKTOP_PLACE)
        possible = possible && value >= 0 && (uint64_t)value <= told->length_ms;
    if (possible)
        d->command(d->user, command, value);
}

static enum status fail(int error, struct err *e)
{
    if (error == ENOMEDIUM)
        return err_set(e, STATUS_USAGE,
                       "media keys and panels cannot be used, since there is no session bus: "
                       "DBUS_SESSION_BUS_ADDRESS is not set; start docbao from the desktop, or "
                       "with dbus-run-session");
    return err_set(e, STATUS_USAGE,
                   "media keys and panels cannot be used, since the session bus cannot be reached "
                   "(%s): look at DBUS_SESSION_BUS_ADDRESS, which says where it is",
                   strerror(error));
}

static enum status find_driver(const struct desktop_driver **driver, struct err *e)
{
    struct err why = ERR_INIT;
    const void *found;
    enum status status =
        module_find("mpris", DESKTOP_SYMBOL, N_("the use of media keys and panels"), &found, &why);
    *driver = found;
    if (status)
        err_set(e, STATUS_USAGE,
                "%s. It is an optional part of docbao: install libsystemd (Debian, Ubuntu: "
                "libsystemd-dev) and build docbao again",
                why.message.p);
    err_free(&why);
    return status;
}

enum status desktop_open(struct desktop **out, desktop_ask *command, void *user, struct err *e)
{
    const struct desktop_driver *driver;
    *out = NULL;
    enum status status = find_driver(&driver, e);
    if (status)
        return status;
    struct desktop *d = mem_zalloc(sizeof *d);
    d->driver = driver;
    d->command = command;
    d->user = user;
    d->title = d->byline = d->url = d->scratch = BUF_INIT;
    d->told = (struct desktop_status){.track = DESKTOP_NO_TRACK,
                                      .title = buf_sv(&d->title),
                                      .byline = buf_sv(&d->byline),
                                      .url = buf_sv(&d->url),
                                      .speed_percent = 100,
                                      .volume_percent = 100};
    int error = driver->open(&d->bus, &d->told, ask, d);
    if (!error) {
        *out = d;
        return STATUS_OK;
    }
    d->bus = NULL;
    desktop_close(d);
    return fail(-error, e);
}

void desktop_close(struct desktop *d)
{
    if (!d)
        return;
    if (d->bus)
        d->driver->close(d->bus);
    buf_free(&d->title);
    buf_free(&d->byline);
    buf_free(&d->url);
    buf_free(&d->scratch);
    free(d);
}

void desktop_wants(struct desktop *d, struct pollfd *fd, int *timeout_ms)
{
    d->driver->wants(d->bus, fd, timeout_ms);
}

bool desktop_serve(struct desktop *d)
{
    return d->driver->serve(d->bus);
}

/* ---- telling ---- */

/* D-Bus refuses a NUL, and its libraries the code points that will never be characters. */
static bool is_fit(uint32_t code)
{
    return code && !(code >= 0xFDD0 && code <= 0xFDEF) && (code & 0xFFFE) != 0xFFFE;
}

/* Takes the text over into *kept and *told. True: it differs from what was there. */
static bool keep_text(struct desktop *d, struct buf *kept, struct sv *told, struct sv text,
                      size_t most)
{
    struct buf *fit = &d->scratch;
    size_t characters = 0;
    buf_clear(fit);
    for (size_t i = 0; i < text.n && characters < most; characters++) {
        uint32_t code;
        struct sv rest = sv_sub(text, i, text.n - i);
        unsigned n = utf8_decode(rest, &code);
        i += n ? n : utf8_bad_length(rest);
        buf_add_code(fit, is_fit(code) ? code : UTF8_REPLACEMENT);
    }
    if (sv_eq(buf_sv(fit), buf_sv(kept)))
        return false;
    struct buf old = *kept;
    *kept = *fit;
    *fit = old;
    *told = buf_sv(kept);
    return true;
}

/* A link that is not one does more harm than none. */
static struct sv usable_url(struct sv url)
{
    bool good = url.n <= MOST_IN_URL && utf8_valid_prefix(url) == url.n;
    for (size_t i = 0; i < url.n && good; i++)
        good = (unsigned char)url.p[i] > ' ' && url.p[i] != 0x7F;
    return good ? url : SV("");
}

static bool keep_length(struct desktop_status *told, uint64_t length_ms, bool other_track)
{
    uint64_t old = told->length_ms;
    uint64_t apart = old > length_ms ? old - length_ms : length_ms - old;
    bool take = other_track ? apart > 0 : apart >= LENGTH_STEP_MS;
    if (take)
        told->length_ms = length_ms;
    return take;
}

/* Takes over all but the place; gives the bits of what differs. */
static unsigned keep(struct desktop *d, const struct desktop_status *now)
{
    struct desktop_status *told = &d->told;
    bool known = told->track != DESKTOP_NO_TRACK, track = told->track != now->track;
    track |= keep_text(d, &d->title, &told->title, now->title, MOST_IN_TEXT);
    track |= keep_text(d, &d->byline, &told->byline, now->byline, MOST_IN_TEXT);
    track |= keep_text(d, &d->url, &told->url, usable_url(now->url), MOST_IN_URL);
    track |= keep_length(told, now->length_ms, track);
    unsigned changes = (known ? 0 : DESKTOP_CHANGED_KNOWN) | (track ? DESKTOP_CHANGED_TRACK : 0);
    if (told->playing != now->playing)
        changes |= DESKTOP_CHANGED_PLAYING;
    if (told->speed_percent != now->speed_percent)
        changes |= DESKTOP_CHANGED_SPEED;
    if (told->volume_percent != now->volume_percent)
        changes |= DESKTOP_CHANGED_VOLUME;
    if (told->has_next != now->has_next)
        changes |= DESKTOP_CHANGED_NEXT;
    if (told->has_previous != now->has_previous)
        changes |= DESKTOP_CHANGED_PREVIOUS;
    told->playing = now->playing;
    told->track = now->track;
    told->speed_percent = now->speed_percent;
    told->volume_percent = now->volume_percent;
    told->has_next = now->has_next;
    told->has_previous = now->has_previous;
    return changes;
}

void desktop_tell(struct desktop *d, const struct desktop_status *status, bool sought)
{
    unsigned changes = keep(d, status);
    d->told.place_ms = status->place_ms;
    if (changes)
        d->driver->changed(d->bus, changes);
    if (sought)
        d->driver->sought(d->bus);
}
