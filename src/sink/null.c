#include "sink/null.h"

#include <errno.h>

#include "base/clock.h"
#include "base/mem.h"

enum {
    /* The amount of sound that may be written before it is heard, as with a device. */
    AHEAD_MS = 100,
    MS_PER_SECOND = 1000,
    /* Sound is taken in pieces; format.stop is checked after each. */
    PIECE_FRAMES = 512,
    /* The room where no pace is kept. */
    ANY_FRAMES = 4096,
    /* The time between two questions of the caller how far the sound is. */
    LOOK_MS = 20,
    /* A signal that arrives just before a sleep does not end it; so no sleep is longer. */
    NAP_NS = 50 * 1000 * 1000,
};

static const int64_t second_ns = CLOCK_NS_PER_SECOND;

struct null_sink {
    struct sink_format format;
    bool paced;
    bool started;          /* since open or the last cut */
    uint64_t total;        /* frames written since open */
    uint64_t frames;       /* … since the last cut */
    uint64_t paced_frames; /* … since `start` */
    int64_t start;         /* when the first of paced_frames was heard */
    uint32_t underruns;
};

static bool stop_asked(const struct null_sink *s)
{
    return s->format.stop && *s->format.stop;
}

static enum status stopped(struct err *e)
{
    return err_set(e, STATUS_STOPPED, "Stopped.");
}

/* Returns the time at which the last frame written so far will have been heard. */
static int64_t end_of_sound(const struct null_sink *s)
{
    uint32_t rate = s->format.rate;
    return s->start + (int64_t)(s->paced_frames / rate) * second_ns +
           (int64_t)(s->paced_frames % rate) * second_ns / rate;
}

static enum status sleep_until(const struct null_sink *s, int64_t when, struct err *e)
{
    for (;;) {
        if (stop_asked(s))
            return stopped(e);
        int64_t left = when - clock_now_ns();
        if (left <= 0)
            return STATUS_OK;
        struct timespec nap = {0, (long)(left < NAP_NS ? left : NAP_NS)};
        nanosleep(&nap, NULL);
    }
}

static enum status null_open(void **state, const char *target, const struct sink_format *format,
                             struct err *e)
{
    *state = NULL;
    bool paced = strcmp(target, "realtime") == 0;
    if (!paced && *target)
        return err_set(e, STATUS_USAGE,
                       "The silent output knows no “%s”: say “realtime”, or nothing.", target);
    struct null_sink *s = mem_zalloc(sizeof *s);
    s->format = *format;
    s->paced = paced;
    *state = s;
    return STATUS_OK;
}

/* Frames written and not heard yet. */
static uint64_t ahead(const struct null_sink *s)
{
    int64_t left = s->started ? end_of_sound(s) - clock_now_ns() : 0;
    if (left <= 0)
        return 0;
    uint32_t rate = s->format.rate;
    uint64_t frames =
        (uint64_t)(left / second_ns) * rate +
        ((uint64_t)(left % second_ns) * rate + (uint64_t)second_ns - 1) / (uint64_t)second_ns;
    return frames < s->paced_frames ? frames : s->paced_frames;
}

/* Returns the time at which a piece may be written: when it is at most AHEAD_MS ahead of the sound
 * that is heard, or when all is heard. */
static int64_t time_for(const struct null_sink *s, uint32_t frames)
{
    int64_t most = (int64_t)AHEAD_MS * (second_ns / MS_PER_SECOND);
    int64_t piece = frames * second_ns / s->format.rate;
    return end_of_sound(s) - (piece < most ? most - piece : 0);
}

static enum status write_paced(struct null_sink *s, uint32_t frames, struct err *e)
{
    while (frames) {
        uint32_t piece = frames < PIECE_FRAMES ? frames : PIECE_FRAMES;
        enum status status = s->started ? sleep_until(s, time_for(s, piece), e) : STATUS_OK;
        if (status)
            return status;
        int64_t now = clock_now_ns();
        /* A late write leaves a gap; the sound goes on from now. */
        bool late = s->started && end_of_sound(s) < now;
        s->underruns += late;
        if (late || !s->started) {
            s->started = true;
            s->start = now;
            s->paced_frames = 0;
        }
        s->paced_frames += piece;
        s->frames += piece;
        s->total += piece;
        frames -= piece;
    }
    return STATUS_OK;
}

static enum status null_write(void *state, const int16_t *pcm, uint32_t frames, struct err *e)
{
    struct null_sink *s = state;
    (void)pcm;
    if (stop_asked(s))
        return stopped(e);
    if (s->paced)
        return write_paced(s, frames, e);
    s->frames += frames;
    s->total += frames;
    return STATUS_OK;
}

static enum status null_finish(void *state, struct err *e)
{
    struct null_sink *s = state;
    return s->started ? sleep_until(s, end_of_sound(s), e) : STATUS_OK;
}

static void null_close(void *state)
{
    free(state);
}

/* ---- listening ---- */

static uint32_t null_room(void *state)
{
    const struct null_sink *s = state;
    if (!s->paced)
        return ANY_FRAMES;
    uint64_t most = (uint64_t)s->format.rate * AHEAD_MS / MS_PER_SECOND, held = ahead(s);
    if (!held)
        return most > PIECE_FRAMES ? (uint32_t)most / PIECE_FRAMES * PIECE_FRAMES : PIECE_FRAMES;
    return held < most ? (uint32_t)(most - held) / PIECE_FRAMES * PIECE_FRAMES : 0;
}

static enum status null_update(void *state, uint64_t *heard, struct err *e)
{
    const struct null_sink *s = state;
    (void)e;
    *heard = s->frames - ahead(s);
    return STATUS_OK;
}

static void null_cut(void *state)
{
    struct null_sink *s = state;
    s->started = false;
    s->frames = s->paced_frames = 0;
}

static int null_descriptor(void *state, int *timeout_ms)
{
    if (ahead(state) && (*timeout_ms < 0 || *timeout_ms > LOOK_MS))
        *timeout_ms = LOOK_MS;
    return -1;
}

static uint32_t null_underruns(const void *state)
{
    const struct null_sink *s = state;
    return s->underruns;
}

uint64_t sink_null_frames(const void *state)
{
    const struct null_sink *s = state;
    return s->total;
}

/* There is nothing to make louder. */
static void null_volume(void *state, uint32_t percent)
{
    (void)state;
    (void)percent;
}

static const struct sink_live null_live = {null_room,       null_update, null_cut,
                                           null_descriptor, null_volume, null_underruns};

const struct sink_driver sink_null = {
    .name = "null",
    .open = null_open,
    .write = null_write,
    .finish = null_finish,
    .close = null_close,
    .live = &null_live,
};
