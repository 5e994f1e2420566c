/*
 * Sound for a listener: a process of its own drives the device; a player_link leads to it.
 */
#include "sink/player.h"

#include "base/clock.h"
#include "base/mem.h"
#include "sink/player_link.h"

enum {
    /* While sound is under way: how often to see how far it is. */
    LOOK_MS = 30,
    STARTING_LOOK_MS = 500,
};

struct player {
    struct player_link link;
    uint64_t heard;    /* frames since the last cut, as reported last */
    int64_t looked_at; /* when that was; ns; 0: never */
};

static enum status player_open(void **state, const char *target, const struct sink_format *format,
                               struct err *e)
{
    *state = NULL;
    struct player *p = mem_zalloc(sizeof *p);
    enum status status = player_link_start(&p->link, target, format, e);
    if (!status)
        *state = p;
    else
        free(p);
    return status;
}

static enum status player_write(void *state, const int16_t *pcm, uint32_t frames, struct err *e)
{
    struct player_link *link = &((struct player *)state)->link;
    while (frames) {
        uint32_t piece = frames < PLAYER_PIECE ? frames : PLAYER_PIECE;
        enum status status = player_link_wait(link, player_link_has_room, e);
        if (!status)
            status = player_link_play(link, pcm, piece, e);
        if (status)
            return status;
        pcm += (size_t)piece * link->format.channels;
        frames -= piece;
    }
    return STATUS_OK;
}

static enum status player_finish(void *state, struct err *e)
{
    struct player *p = state;
    return player_link_finish(&p->link, e);
}

static void player_close(void *state)
{
    struct player *p = state;
    player_link_end(&p->link);
    free(p);
}

/* ---- listening ---- */

static uint32_t player_room(void *state)
{
    const struct player *p = state;
    return player_link_room(&p->link);
}

/* An update that comes late, since the program was stopped by Ctrl-Z or the machine slept, says
 * nothing about the device: no more than a second is counted. */
static bool is_hung(struct player *p, int64_t now)
{
    int64_t passed = p->looked_at ? now - p->looked_at : 0;
    bool waits_for_sound = p->link.ready && !p->link.queued;
    p->looked_at = now;
    p->link.idle += passed < CLOCK_NS_PER_SECOND ? passed : CLOCK_NS_PER_SECOND;
    if (waits_for_sound)
        p->link.idle = 0;
    return player_link_is_hung(p->link.idle);
}

/* The device goes on between two reports; but it cannot have played what it has not taken. */
static uint64_t heard_by(const struct player *p, int64_t now)
{
    const struct player_link *link = &p->link;
    int64_t to_come = link->played_at + link->latency - now;
    if (to_come <= 0 || !link->played)
        return link->played;
    int64_t heard = (int64_t)link->played - to_come * link->format.rate / CLOCK_NS_PER_SECOND;
    return heard > (int64_t)p->heard ? (uint64_t)heard : p->heard;
}

static enum status player_update(void *state, uint64_t *heard, struct err *e)
{
    struct player *p = state;
    bool got = !p->link.done; /* after DONE, the end of the process is no error */
    while (got) {
        enum status status = player_link_receive(&p->link, &got, e);
        if (status)
            return status;
        got = got && !p->link.done;
    }
    int64_t now = clock_now_ns();
    p->heard = heard_by(p, now);
    *heard = p->heard;
    return is_hung(p, now) ? player_link_hung(e) : STATUS_OK;
}

static void player_cut(void *state)
{
    struct player *p = state;
    player_link_cut(&p->link);
    p->heard = 0;
}

static int player_descriptor(void *state, int *timeout_ms)
{
    const struct player *p = state;
    int most = !p->link.ready ? STARTING_LOOK_MS : p->heard < p->link.written ? LOOK_MS : -1;
    if (most >= 0 && (*timeout_ms < 0 || *timeout_ms > most))
        *timeout_ms = most;
    return p->link.fd;
}

static void player_volume(void *state, uint32_t percent)
{
    struct player *p = state;
    atomic_store(&p->link.shared->volume, percent);
}

/* ---- what only a player can do ---- */

enum status sink_player_devices(void (*each)(void *user, uint32_t number, const char *name,
                                             bool is_default, uint32_t rate),
                                void *user, struct err *e)
{
    struct player_link link = {0};
    enum status status = player_link_start_list(&link, each, user, e);
    if (status)
        return status;
    status = player_link_wait(&link, player_link_is_done, e);
    player_link_end(&link);
    return status;
}

enum status sink_player_probe(const char *device, const struct sink_format *format, struct err *e)
{
    struct player_link link = {0};
    enum status status = player_link_start(&link, device, format, e);
    if (status)
        return status;
    status = player_link_wait(&link, player_link_is_ready, e);
    player_link_end(&link);
    return status;
}

/* Starts and cuts do not count. */
static uint32_t player_underruns(const void *state)
{
    const struct player *p = state;
    return p->link.underruns;
}

pid_t sink_player_process(const void *state)
{
    const struct player *p = state;
    return p->link.process;
}

static const struct sink_live player_live = {
    .room = player_room,
    .update = player_update,
    .cut = player_cut,
    .descriptor = player_descriptor,
    .volume = player_volume,
    .underruns = player_underruns,
};

const struct sink_driver sink_player = {
    .name = "player",
    .open = player_open,
    .write = player_write,
    .finish = player_finish,
    .close = player_close,
    .live = &player_live,
};
