/* Media keys and panels. */
#include "docbao/internal.h"

#include "session/desktop.h"

struct docbao_desktop {
    struct desktop *desktop;
};

enum docbao_status
docbao_desktop_open(struct docbao *d,
                    void (*command)(void *user, enum docbao_desktop_command command, int64_t value),
                    void *user, struct docbao_desktop **out)
{
    struct docbao_desktop *made = mem_zalloc(sizeof *made);
    enum status status = desktop_open(&made->desktop, command, user, &d->err);
    *out = status ? NULL : made;
    if (status)
        free(made);
    return api_result(d, status);
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

/* While an article or the device is awaited, listeners still think of it as playing: the key they
 * press is meant to pause. */
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
