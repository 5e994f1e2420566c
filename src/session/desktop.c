#include "session/desktop.h"

#include <errno.h>

#include "base/mem.h"
#include "base/message.h"
#include "base/module.h"
#include "base/system_text.h"
#include "base/utf8.h"

enum {
    MOST_IN_TEXT = 1000, /* characters: no panel shows more, and a title may be a whole page */
    MOST_IN_URL = 16384, /* more than a path of 4096 bytes that are all percent-encoded */
    LENGTH_STEP_MS = 1000,
};

struct desktop {
    const struct desktop_driver *driver;
    void *bus;
    desktop_ask *command;
    void *user;
    struct docbao_desktop_status shown; /* its texts are the buffers below */
    struct buf title, byline, url, scratch;
};

/* ---- opening ---- */

static bool is_past_end(const struct docbao_desktop_status *shown, int64_t by_ms)
{
    return by_ms > 0 && shown->length_ms && shown->place_ms <= shown->length_ms &&
           (uint64_t)by_ms > shown->length_ms - shown->place_ms;
}

/* Passes on a command of the bus if it can be done. A seek past the end means the next article, as
 * the specification says. */
static void pass_command(void *to, enum docbao_desktop_command command, int64_t value)
{
    struct desktop *d = to;
    const struct docbao_desktop_status *shown = &d->shown;
    bool possible = shown->track != DESKTOP_NO_TRACK || command == DOCBAO_DESKTOP_QUIT;
    if (command == DOCBAO_DESKTOP_SEEK && shown->has_next && is_past_end(shown, value)) {
        command = DOCBAO_DESKTOP_NEXT;
        value = 0;
    }
    if (command == DOCBAO_DESKTOP_NEXT)
        possible = possible && shown->has_next;
    else if (command == DOCBAO_DESKTOP_PREVIOUS)
        possible = possible && shown->has_previous;
    else if (command == DOCBAO_DESKTOP_PLACE)
        possible = possible && value >= 0 && (uint64_t)value <= shown->length_ms;
    if (possible)
        d->command(d->user, command, value);
}

static struct docbao_text text_of(const struct buf *b)
{
    return (struct docbao_text){b->p, b->n};
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
                   system_error(error));
}

static enum status find_driver(const struct desktop_driver **driver, struct err *e)
{
    struct err why = ERR_INIT;
    const void *found;
    enum status status = module_find("mpris", DESKTOP_SYMBOL, &found, &why);
    *driver = found;
    if (status)
        err_set(e, STATUS_USAGE,
                "media keys and panels cannot be used: %s. This is an optional part of docbao: "
                "install libsystemd (Debian, Ubuntu: libsystemd0, and libsystemd-dev before "
                "docbao is built)",
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
    d->shown = (struct docbao_desktop_status){.track = DESKTOP_NO_TRACK,
                                              .playing = DOCBAO_ENDED,
                                              .title = text_of(&d->title),
                                              .byline = text_of(&d->byline),
                                              .url = "",
                                              .speed_percent = 100,
                                              .volume_percent = 100};
    int error = driver->open(&d->bus, &d->shown, pass_command, d);
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

/* ---- what is shown ---- */

/* D-Bus refuses NUL, its libraries refuse code points that will never be characters, and a panel or
 * a terminal may obey a control character. */
static bool is_fit(uint32_t code)
{
    return !char_is_obeyed(code) && !(code >= 0xFDD0 && code <= 0xFDEF) &&
           (code & 0xFFFE) != 0xFFFE;
}

/* Copies the text to *kept. Returns true if it differs from the old text. */
static bool keep_text(struct desktop *d, struct buf *kept, struct sv text, size_t most)
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
    return true;
}

/* A wrong link does more harm than none. */
static struct sv usable_url(struct sv url)
{
    bool good = url.n <= MOST_IN_URL && utf8_valid_prefix(url) == url.n;
    for (size_t i = 0; i < url.n && good; i++)
        good = (unsigned char)url.p[i] > ' ' && url.p[i] != 0x7F;
    return good ? url : SV("");
}

static bool keep_length(struct docbao_desktop_status *shown, uint64_t length_ms, bool other_track)
{
    uint64_t old = shown->length_ms;
    uint64_t apart = old > length_ms ? old - length_ms : length_ms - old;
    bool differs = other_track ? apart > 0 : apart >= LENGTH_STEP_MS;
    if (differs)
        shown->length_ms = length_ms;
    return differs;
}

/* While an article or the device is awaited, listeners still think of it as playing: the key they
 * press is meant to pause. */
static enum docbao_playing playing_of(enum docbao_playing playing)
{
    return playing == DOCBAO_PAUSED || playing == DOCBAO_ENDED ? playing : DOCBAO_PLAYING;
}

/* Copies all but the place, and returns the bits of enum desktop_change for what differs. */
static unsigned keep(struct desktop *d, const struct docbao_desktop_status *now)
{
    struct docbao_desktop_status *shown = &d->shown;
    bool known = shown->track != DESKTOP_NO_TRACK, track = shown->track != now->track;
    track |= keep_text(d, &d->title, (struct sv){now->title.p, now->title.n}, MOST_IN_TEXT);
    track |= keep_text(d, &d->byline, (struct sv){now->byline.p, now->byline.n}, MOST_IN_TEXT);
    track |= keep_text(d, &d->url, usable_url(sv_of(now->url)), MOST_IN_URL);
    shown->title = text_of(&d->title);
    shown->byline = text_of(&d->byline);
    shown->url = d->url.p;
    track |= keep_length(shown, now->length_ms, track);
    unsigned changes = (known ? 0 : DESKTOP_CHANGED_KNOWN) | (track ? DESKTOP_CHANGED_TRACK : 0);
    enum docbao_playing playing = playing_of(now->playing);
    if (shown->playing != playing)
        changes |= DESKTOP_CHANGED_PLAYING;
    if (shown->speed_percent != now->speed_percent)
        changes |= DESKTOP_CHANGED_SPEED;
    if (shown->volume_percent != now->volume_percent)
        changes |= DESKTOP_CHANGED_VOLUME;
    if (shown->has_next != now->has_next)
        changes |= DESKTOP_CHANGED_NEXT;
    if (shown->has_previous != now->has_previous)
        changes |= DESKTOP_CHANGED_PREVIOUS;
    shown->playing = playing;
    shown->track = now->track;
    shown->speed_percent = now->speed_percent;
    shown->volume_percent = now->volume_percent;
    shown->has_next = now->has_next;
    shown->has_previous = now->has_previous;
    return changes;
}

void desktop_update(struct desktop *d, const struct docbao_desktop_status *status, bool sought)
{
    unsigned changes = keep(d, status);
    d->shown.place_ms = status->place_ms;
    if (changes)
        d->driver->changed(d->bus, changes);
    if (sought)
        d->driver->sought(d->bus);
}
