/*
 * docbao-mpris.so: the session bus, through sd-bus, as the MPRIS specification has it (version 2.2,
 * https://specifications.freedesktop.org/mpris-spec/). Only here is D-Bus known.
 *
 * Nothing here waits: the connection, the greeting and the request for the name are all begun by
 * open_bus and finished by serve. No call that waits for an answer is made.
 */
#include <errno.h>
#include <sys/socket.h>
#include <systemd/sd-bus.h>
#include <time.h>
#include <unistd.h>

#include "session/desktop.h"

static const char object[] = "/org/mpris/MediaPlayer2";
static const char root_interface[] = "org.mpris.MediaPlayer2";
static const char player_interface[] = "org.mpris.MediaPlayer2.Player";

enum {
    MOST_AT_ONCE = 256, /* messages in one go: a flood of them must not silence the reading */
    US_IN_MS = 1000,
};

struct mpris {
    sd_bus *bus;
    const struct docbao_desktop_status *status; /* not ours */
    desktop_ask *ask;
    void *user;
    bool numbered; /* the name was taken; the one with our number is asked for */
    bool gone;     /* the connection was lost, or no name was given to us */
};

/* Each property is read by a function with these arguments; most of its arguments go unused. */
#define GETTER(name)                                                                               \
    static int name(sd_bus *bus, const char *path, const char *interface, const char *property,    \
                    sd_bus_message *reply, void *user, sd_bus_error *error)
#define SETTER(name)                                                                               \
    static int name(sd_bus *bus, const char *path, const char *interface, const char *property,    \
                    sd_bus_message *value, void *user, sd_bus_error *error)
#define UNUSED_HERE (void)bus, (void)path, (void)interface, (void)property, (void)user, (void)error

static bool is_known(const struct mpris *m)
{
    return m->status->track != DESKTOP_NO_TRACK;
}

/* ---- what we are ---- */

GETTER(get_name)
{
    UNUSED_HERE;
    return sd_bus_message_append(reply, "s", "docbao");
}

GETTER(get_yes)
{
    UNUSED_HERE;
    return sd_bus_message_append(reply, "b", 1);
}

GETTER(get_no)
{
    UNUSED_HERE;
    return sd_bus_message_append(reply, "b", 0);
}

/* No addresses and no types: OpenUri opens nothing. */
GETTER(get_nothing)
{
    UNUSED_HERE;
    return sd_bus_message_append(reply, "as", 0);
}

static int raise_nothing(sd_bus_message *call, void *user, sd_bus_error *error)
{
    (void)user, (void)error;
    return sd_bus_reply_method_return(call, "");
}

/* Answers before it asks: the command may take long, or end the program. */
static int answer_and_ask(struct mpris *m, sd_bus_message *call,
                          enum docbao_desktop_command command, int64_t value)
{
    int r = sd_bus_reply_method_return(call, "");
    m->ask(m->user, command, value);
    return r < 0 ? r : 1;
}

static int quit(sd_bus_message *call, void *user, sd_bus_error *error)
{
    (void)error;
    return answer_and_ask(user, call, DOCBAO_DESKTOP_QUIT, 0);
}

/* OPEN: to every caller. For what is not, sd-bus may ask the bus who calls, and wait for that. What
 * can only be read is open without saying so. */
enum {
    OPEN = SD_BUS_VTABLE_UNPRIVILEGED,
    CONSTANT = SD_BUS_VTABLE_PROPERTY_CONST,
    CHANGING = SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE,
    SILENT = 0,
};

static const sd_bus_vtable root[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Raise", "", "", raise_nothing, OPEN),
    SD_BUS_METHOD("Quit", "", "", quit, OPEN),
    SD_BUS_PROPERTY("CanQuit", "b", get_yes, 0, CONSTANT),
    SD_BUS_PROPERTY("CanRaise", "b", get_no, 0, CONSTANT),
    SD_BUS_PROPERTY("HasTrackList", "b", get_no, 0, CONSTANT),
    SD_BUS_PROPERTY("Identity", "s", get_name, 0, CONSTANT),
    SD_BUS_PROPERTY("DesktopEntry", "s", get_name, 0, CONSTANT),
    SD_BUS_PROPERTY("SupportedUriSchemes", "as", get_nothing, 0, CONSTANT),
    SD_BUS_PROPERTY("SupportedMimeTypes", "as", get_nothing, 0, CONSTANT),
    SD_BUS_VTABLE_END,
};

/* ---- what is played ---- */

GETTER(get_playback)
{
    UNUSED_HERE;
    static const char *const names[] = {
        [DOCBAO_PLAYING] = "Playing", [DOCBAO_PAUSED] = "Paused", [DOCBAO_ENDED] = "Stopped"};
    const struct mpris *m = user;
    return sd_bus_message_append(reply, "s", names[m->status->playing]);
}

GETTER(get_loop)
{
    UNUSED_HERE;
    return sd_bus_message_append(reply, "s", "None");
}

GETTER(get_rate)
{
    UNUSED_HERE;
    const struct mpris *m = user;
    return sd_bus_message_append(reply, "d", m->status->speed_percent / 100.0);
}

GETTER(get_slowest)
{
    UNUSED_HERE;
    return sd_bus_message_append(reply, "d", DESKTOP_SLOWEST / 100.0);
}

GETTER(get_fastest)
{
    UNUSED_HERE;
    return sd_bus_message_append(reply, "d", DESKTOP_FASTEST / 100.0);
}

GETTER(get_volume)
{
    UNUSED_HERE;
    const struct mpris *m = user;
    return sd_bus_message_append(reply, "d", m->status->volume_percent / 100.0);
}

GETTER(get_position)
{
    UNUSED_HERE;
    const struct mpris *m = user;
    return sd_bus_message_append(reply, "x", (int64_t)m->status->place_ms * US_IN_MS);
}

GETTER(get_known)
{
    UNUSED_HERE;
    return sd_bus_message_append(reply, "b", (int)is_known(user));
}

GETTER(get_next)
{
    UNUSED_HERE;
    const struct mpris *m = user;
    return sd_bus_message_append(reply, "b", (int)m->status->has_next);
}

GETTER(get_previous)
{
    UNUSED_HERE;
    const struct mpris *m = user;
    return sd_bus_message_append(reply, "b", (int)m->status->has_previous);
}

/* The caller frees it; NULL: out of memory. */
static char *name_of_track(const struct mpris *m)
{
    char *name;
    return asprintf(&name, "/docbao/track/%u", (unsigned)m->status->track) < 0 ? NULL : name;
}

static int add_head(const struct mpris *m, sd_bus_message *reply)
{
    char *track = name_of_track(m);
    int r = track ? sd_bus_message_append(reply, "{sv}", "mpris:trackid", "o", track) : -ENOMEM;
    free(track);
    if (r >= 0 && m->status->length_ms)
        r = sd_bus_message_append(reply, "{sv}", "mpris:length", "x",
                                  (int64_t)m->status->length_ms * US_IN_MS);
    if (r >= 0 && m->status->title.n)
        r = sd_bus_message_append(reply, "{sv}", "xesam:title", "s", m->status->title.p);
    if (r >= 0 && m->status->byline.n)
        r = sd_bus_message_append(reply, "{sv}", "xesam:artist", "as", 1, m->status->byline.p);
    if (r >= 0 && *m->status->url)
        r = sd_bus_message_append(reply, "{sv}", "xesam:url", "s", m->status->url);
    return r;
}

GETTER(get_metadata)
{
    UNUSED_HERE;
    const struct mpris *m = user;
    int r = sd_bus_message_open_container(reply, 'a', "{sv}");
    if (r >= 0 && is_known(m))
        r = add_head(m, reply);
    return r < 0 ? r : sd_bus_message_close_container(reply);
}

/* ---- what is asked for ---- */

/* In percent, between the limits. */
static int64_t percent_of(double value, int lowest, int highest)
{
    double percent = value * 100;
    if (percent < lowest)
        return lowest;
    return percent > highest ? highest : (int64_t)(percent + 0.5);
}

static int read_number(sd_bus_message *value, double *number, sd_bus_error *error)
{
    int r = sd_bus_message_read(value, "d", number);
    if (r >= 0 && *number != *number)
        r = sd_bus_error_set(error, SD_BUS_ERROR_INVALID_ARGS, "this is not a number");
    return r;
}

SETTER(set_rate)
{
    UNUSED_HERE;
    struct mpris *m = user;
    double rate;
    int r = read_number(value, &rate, error);
    if (r < 0)
        return r;
    if (rate == 0) /* the specification's word for it */
        m->ask(m->user, DOCBAO_DESKTOP_PAUSE, 0);
    else
        m->ask(m->user, DOCBAO_DESKTOP_SPEED, percent_of(rate, DESKTOP_SLOWEST, DESKTOP_FASTEST));
    return 0;
}

SETTER(set_volume)
{
    UNUSED_HERE;
    struct mpris *m = user;
    double volume;
    int r = read_number(value, &volume, error);
    if (r >= 0)
        m->ask(m->user, DOCBAO_DESKTOP_VOLUME, percent_of(volume, 0, 100));
    return r < 0 ? r : 0;
}

static int command(sd_bus_message *call, void *user, sd_bus_error *error)
{
    static const struct {
        const char *member;
        enum docbao_desktop_command command;
    } commands[] = {
        {"Next", DOCBAO_DESKTOP_NEXT},        {"Previous", DOCBAO_DESKTOP_PREVIOUS},
        {"Pause", DOCBAO_DESKTOP_PAUSE},      {"Play", DOCBAO_DESKTOP_PLAY},
        {"PlayPause", DOCBAO_DESKTOP_TOGGLE},
    };
    struct mpris *m = user;
    const char *member = sd_bus_message_get_member(call);
    enum docbao_desktop_command wanted = DOCBAO_DESKTOP_STOP;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (!strcmp(member, commands[i].member))
            wanted = commands[i].command;
    if (wanted == DOCBAO_DESKTOP_TOGGLE && !is_known(m))
        return sd_bus_error_set(error, SD_BUS_ERROR_FAILED, "there is nothing to play yet");
    return answer_and_ask(m, call, wanted, 0);
}

static int seek(sd_bus_message *call, void *user, sd_bus_error *error)
{
    (void)error;
    int64_t by_us;
    int r = sd_bus_message_read(call, "x", &by_us);
    return r < 0 ? r : answer_and_ask(user, call, DOCBAO_DESKTOP_SEEK, by_us / US_IN_MS);
}

/* Meant for a track that is over: not for the one that came since. */
static int set_position(sd_bus_message *call, void *user, sd_bus_error *error)
{
    (void)error;
    struct mpris *m = user;
    const char *track;
    int64_t to_us;
    int r = sd_bus_message_read(call, "ox", &track, &to_us);
    if (r < 0)
        return r;
    char *ours = name_of_track(m);
    bool same = ours && !strcmp(track, ours);
    free(ours);
    if (!same || to_us < 0)
        return sd_bus_reply_method_return(call, "");
    return answer_and_ask(m, call, DOCBAO_DESKTOP_PLACE, to_us / US_IN_MS);
}

static int open_uri(sd_bus_message *call, void *user, sd_bus_error *error)
{
    (void)call, (void)user;
    return sd_bus_error_set(error, SD_BUS_ERROR_NOT_SUPPORTED,
                            "docbao is given its articles when it is started");
}

static const sd_bus_vtable player[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Next", "", "", command, OPEN),
    SD_BUS_METHOD("Previous", "", "", command, OPEN),
    SD_BUS_METHOD("Pause", "", "", command, OPEN),
    SD_BUS_METHOD("PlayPause", "", "", command, OPEN),
    SD_BUS_METHOD("Stop", "", "", command, OPEN),
    SD_BUS_METHOD("Play", "", "", command, OPEN),
    SD_BUS_METHOD("Seek", "x", "", seek, OPEN),
    SD_BUS_METHOD("SetPosition", "ox", "", set_position, OPEN),
    SD_BUS_METHOD("OpenUri", "s", "", open_uri, OPEN),
    SD_BUS_SIGNAL("Seeked", "x", 0),
    SD_BUS_PROPERTY("PlaybackStatus", "s", get_playback, 0, CHANGING),
    SD_BUS_PROPERTY("LoopStatus", "s", get_loop, 0, CONSTANT),
    SD_BUS_WRITABLE_PROPERTY("Rate", "d", get_rate, set_rate, 0, OPEN | CHANGING),
    SD_BUS_PROPERTY("Shuffle", "b", get_no, 0, CONSTANT),
    SD_BUS_PROPERTY("Metadata", "a{sv}", get_metadata, 0, CHANGING),
    SD_BUS_WRITABLE_PROPERTY("Volume", "d", get_volume, set_volume, 0, OPEN | CHANGING),
    SD_BUS_PROPERTY("Position", "x", get_position, 0, SILENT),
    SD_BUS_PROPERTY("MinimumRate", "d", get_slowest, 0, CONSTANT),
    SD_BUS_PROPERTY("MaximumRate", "d", get_fastest, 0, CONSTANT),
    SD_BUS_PROPERTY("CanGoNext", "b", get_next, 0, CHANGING),
    SD_BUS_PROPERTY("CanGoPrevious", "b", get_previous, 0, CHANGING),
    SD_BUS_PROPERTY("CanPlay", "b", get_known, 0, CHANGING),
    SD_BUS_PROPERTY("CanPause", "b", get_known, 0, CHANGING),
    SD_BUS_PROPERTY("CanSeek", "b", get_known, 0, CHANGING),
    SD_BUS_PROPERTY("CanControl", "b", get_yes, 0, CONSTANT),
    SD_BUS_VTABLE_END,
};

/* ---- the connection ---- */

static int request_name(struct mpris *m);

static int take_name(sd_bus_message *answer, void *user, sd_bus_error *error)
{
    enum { PRIMARY_OWNER = 1 };
    (void)error;
    struct mpris *m = user;
    uint32_t result = 0;
    if (!sd_bus_message_is_method_error(answer, NULL) &&
        sd_bus_message_read(answer, "u", &result) >= 0 && result == PRIMARY_OWNER)
        return 1;
    if (m->numbered) {
        m->gone = true;
        return 1;
    }
    m->numbered = true;
    m->gone = request_name(m) < 0;
    return 1;
}

/* "docbao", or with a number after it if another docbao has that name. */
static int request_name(struct mpris *m)
{
    if (!m->numbered)
        return sd_bus_request_name_async(m->bus, NULL, "org.mpris.MediaPlayer2.docbao", 0,
                                         take_name, m);
    char *name;
    if (asprintf(&name, "org.mpris.MediaPlayer2.docbao.instance%ld", (long)getpid()) < 0)
        return -ENOMEM;
    int r = sd_bus_request_name_async(m->bus, NULL, name, 0, take_name, m);
    free(name);
    return r;
}

static void close_bus(void *bus)
{
    struct mpris *m = bus;
    int fd = m->bus ? sd_bus_get_fd(m->bus) : -1;
    /* Processes that were forked since may hold the connection too; the name goes all the same. */
    if (fd >= 0)
        shutdown(fd, SHUT_RDWR);
    sd_bus_close_unref(m->bus);
    free(m);
}

static int open_bus(void **bus, const struct docbao_desktop_status *status, desktop_ask *ask,
                    void *user)
{
    struct mpris *m = calloc(1, sizeof *m);
    *bus = NULL;
    if (!m)
        return -ENOMEM;
    m->status = status;
    m->ask = ask;
    m->user = user;
    int r = sd_bus_open_user(&m->bus);
    if (r >= 0)
        r = sd_bus_set_exit_on_disconnect(m->bus, 0);
    if (r >= 0)
        r = sd_bus_add_object_vtable(m->bus, NULL, object, root_interface, root, m);
    if (r >= 0)
        r = sd_bus_add_object_vtable(m->bus, NULL, object, player_interface, player, m);
    if (r >= 0)
        r = request_name(m);
    if (r < 0) {
        close_bus(m);
        return r;
    }
    *bus = m;
    return 0;
}

/* From now until then (CLOCK_MONOTONIC), rounded up. */
static int until_ms(uint64_t then_us)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    uint64_t now_us = (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
    if (then_us <= now_us)
        return 0;
    uint64_t ms = (then_us - now_us + US_IN_MS - 1) / US_IN_MS;
    return ms > INT32_MAX ? INT32_MAX : (int)ms;
}

static void wants(void *bus, struct pollfd *fd, int *timeout_ms)
{
    struct mpris *m = bus;
    uint64_t due_us = UINT64_MAX;
    *fd = (struct pollfd){.fd = -1};
    if (m->gone)
        return;
    int descriptor = sd_bus_get_fd(m->bus), events = sd_bus_get_events(m->bus);
    if (descriptor < 0 || events < 0 || sd_bus_get_timeout(m->bus, &due_us) < 0)
        due_us = 0; /* serve will see why */
    else
        *fd = (struct pollfd){.fd = descriptor, .events = (short)events};
    if (due_us == UINT64_MAX)
        return;
    int due_ms = until_ms(due_us);
    if (*timeout_ms < 0 || due_ms < *timeout_ms)
        *timeout_ms = due_ms;
}

static bool serve(void *bus)
{
    struct mpris *m = bus;
    int r = 1;
    for (int i = 0; i < MOST_AT_ONCE && r > 0 && !m->gone; i++)
        r = sd_bus_process(m->bus, NULL);
    if (r < 0 || sd_bus_is_open(m->bus) <= 0)
        m->gone = true;
    return !m->gone;
}

/* ---- what has changed ---- */

static void changed(void *bus, unsigned changes)
{
    static const struct {
        unsigned change;
        const char *property;
    } properties[] = {
        {DESKTOP_CHANGED_PLAYING, "PlaybackStatus"},
        {DESKTOP_CHANGED_TRACK, "Metadata"},
        {DESKTOP_CHANGED_SPEED, "Rate"},
        {DESKTOP_CHANGED_VOLUME, "Volume"},
        {DESKTOP_CHANGED_NEXT, "CanGoNext"},
        {DESKTOP_CHANGED_PREVIOUS, "CanGoPrevious"},
        {DESKTOP_CHANGED_KNOWN, "CanPlay"},
        {DESKTOP_CHANGED_KNOWN, "CanPause"},
        {DESKTOP_CHANGED_KNOWN, "CanSeek"},
    };
    enum { ALL = sizeof properties / sizeof *properties };
    struct mpris *m = bus;
    char *names[ALL + 1] = {NULL};
    size_t n = 0;
    for (size_t i = 0; i < ALL; i++)
        if (changes & properties[i].change)
            names[n++] = (char *)properties[i].property;
    if (n && !m->gone)
        sd_bus_emit_properties_changed_strv(m->bus, object, player_interface, names);
}

static void sought(void *bus)
{
    struct mpris *m = bus;
    if (!m->gone)
        sd_bus_emit_signal(m->bus, object, player_interface, "Seeked", "x",
                           (int64_t)m->status->place_ms * US_IN_MS);
}

extern const struct desktop_driver docbao_mpris;

__attribute__((visibility("default"))) const struct desktop_driver docbao_mpris = {
    .open = open_bus,
    .close = close_bus,
    .wants = wants,
    .serve = serve,
    .changed = changed,
    .sought = sought,
};
