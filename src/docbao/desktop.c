/* The public body: media keys and panels. */
#include "docbao/body.h"

#include "session/desktop.h"

_Static_assert((int)DOCBAO_DESKTOP_PLAY == (int)DESKTOP_PLAY, "one set of values");
_Static_assert((int)DOCBAO_DESKTOP_PAUSE == (int)DESKTOP_PAUSE, "one set of values");
_Static_assert((int)DOCBAO_DESKTOP_TOGGLE == (int)DESKTOP_TOGGLE, "one set of values");
_Static_assert((int)DOCBAO_DESKTOP_STOP == (int)DESKTOP_STOP, "one set of values");
_Static_assert((int)DOCBAO_DESKTOP_NEXT == (int)DESKTOP_NEXT, "one set of values");
_Static_assert((int)DOCBAO_DESKTOP_PREVIOUS == (int)DESKTOP_PREVIOUS, "one set of values");
_Static_assert((int)DOCBAO_DESKTOP_QUIT == (int)DESKTOP_QUIT, "one set of values");
_Static_assert((int)DOCBAO_DESKTOP_SEEK == (int)DESKTOP_SEEK, "one set of values");
_Static_assert((int)DOCBAO_DESKTOP_PLACE == (int)DESKTOP_PLACE, "one set of values");
_Static_assert((int)DOCBAO_DESKTOP_SPEED == (int)DESKTOP_SPEED, "one set of values");
_Static_assert((int)DOCBAO_DESKTOP_VOLUME == (int)DESKTOP_VOLUME, "one set of values");

struct docbao_desktop {
    struct desktop *desktop;
    void (*command)(void *user, enum docbao_desktop_command command, int64_t value);
    void *user;
};

static void hand_on(void *to, enum desktop_command command, int64_t value)
{
    const struct docbao_desktop *d = to;
    d->command(d->user, (enum docbao_desktop_command)command, value);
}

enum docbao_status
docbao_desktop_open(struct docbao *d,
                    void (*command)(void *user, enum docbao_desktop_command command, int64_t value),
                    void *user, struct docbao_desktop **out)
{
    struct docbao_desktop *made = mem_zalloc(sizeof *made);
    made->command = command;
    made->user = user;
    enum status status = desktop_open(&made->desktop, hand_on, made, &d->err);
    *out = status ? NULL : made;
    if (status)
        free(made);
    return body_tell(d, status);
}

void docbao_desktop_close(struct docbao_desktop *d)
{
    if (!d)
        return;
    desktop_close(d->desktop);
    free(d);
}

void docbao_desktop_wants(struct docbao_desktop *d, struct pollfd *fd, int *timeout_ms)
{
    desktop_wants(d->desktop, fd, timeout_ms);
}

bool docbao_desktop_serve(struct docbao_desktop *d)
{
    return desktop_serve(d->desktop);
}

/* While the article or the device is waited for, a listener still thinks of it as playing: the key
 * that he presses is to pause. */
static enum desktop_playing playing_of(enum docbao_playing playing)
{
    switch (playing) {
    case DOCBAO_PAUSED:
        return DESKTOP_PAUSED;
    case DOCBAO_ENDED:
        return DESKTOP_STOPPED;
    default:
        return DESKTOP_PLAYING;
    }
}

static struct sv view_of(struct docbao_text text)
{
    return (struct sv){text.p, text.n};
}

void docbao_desktop_tell(struct docbao_desktop *d, const struct docbao_desktop_status *status,
                         bool sought)
{
    struct desktop_status now = {
        .playing = playing_of(status->playing),
        .track = status->track,
        .title = view_of(status->title),
        .byline = view_of(status->byline),
        .url = sv_of(status->url),
        .place_ms = status->place_ms,
        .length_ms = status->length_ms,
        .speed_percent = status->speed_percent,
        .volume_percent = status->volume_percent,
        .has_next = status->has_next,
        .has_previous = status->has_previous,
    };
    desktop_update(d->desktop, &now, sought);
}
