#include "session/sound.h"

#include <time.h>

#include "sink/player.h"

enum {
    SILENCE_FRAMES = 1024,
    MS_PER_SECOND = 1000,
    /* What a device may hold without having played any of it: one that fails so early was never
     * heard, and waiting for it makes no sense. */
    HELD_MS = 200,
    /* A device that was lost is looked for every half second, 10 s long. Naps are counted rather
     * than time: a program stopped by Ctrl-Z has not waited. */
    NAP_MS = 500,
    MOST_NAPS = 20,
    /* One that takes less than this and fails again has not come back: it only had room left. */
    BACK_SECONDS = 5,
};

static const uint64_t second_ns = 1000 * 1000 * 1000;

static uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * second_ns + (uint64_t)t.tv_nsec;
}

static enum status open_sink(struct sound *s, struct err *e)
{
    struct sink_format format = {.rate = s->rate, .channels = 1, .stop = s->plan->stop};
    s->opened_at = s->frames;
    return s->plan->driver->open(&s->state, s->plan->target, &format, e);
}

enum status sound_open(struct sound *s, const struct sound_plan *plan, uint32_t rate, struct err *e)
{
    *s = (struct sound){.plan = plan, .rate = rate};
    return open_sink(s, e);
}

/* Before frames are handed on: notes when, and whether they come later than a device needs them.
 * The player knows better itself when it ran dry. */
static void note_time(struct sound *s, uint32_t frames)
{
    uint64_t now = now_ns();
    if (!s->first_ns)
        s->first_ns = s->heard_ns = now;
    if (s->heard_ns < now) {
        s->underruns += s->plan->driver != &sink_player;
        s->heard_ns = now;
    }
    s->heard_ns += frames * second_ns / s->rate;
}

/* Waits for one nap; the error is left alone unless a stop is asked for. */
static enum status take_nap(struct sound *s, struct err *e)
{
    nanosleep(&(struct timespec){0, NAP_MS * 1000L * 1000L}, NULL);
    s->naps++;
    if (s->plan->stop && *s->plan->stop)
        return err_set(e, STATUS_STOPPED, "Stopped.");
    return STATUS_OK;
}

/* The device failed, as `e` says: waits until it can be opened again. */
static enum status regain(struct sound *s, struct err *e)
{
    if (s->frames <= (uint64_t)s->rate * HELD_MS / MS_PER_SECOND)
        return e->status;
    if (s->frames - s->opened_at > (uint64_t)s->rate * BACK_SECONDS)
        s->naps = 0;
    if (!s->naps && s->plan->warning)
        s->plan->warning(s->plan->user, e->message.p);
    while (s->naps < MOST_NAPS) {
        sound_close(s);
        enum status status = take_nap(s, e);
        if (!status)
            status = open_sink(s, e);
        if (status != STATUS_DEVICE)
            return status;
    }
    return err_set(e, STATUS_DEVICE, "%s The device was waited for for %d seconds in vain.",
                   e->message.p, MOST_NAPS * NAP_MS / MS_PER_SECOND);
}

static enum status write_block(struct sound *s, const int16_t *pcm, uint32_t frames, struct err *e)
{
    note_time(s, frames);
    enum status status = s->plan->driver->write(s->state, pcm, frames, e);
    while (status == STATUS_DEVICE) {
        status = regain(s, e);
        if (status)
            return status;
        status = s->plan->driver->write(s->state, pcm, frames, e);
    }
    if (!status)
        s->frames += frames;
    return status;
}

enum status sound_write(struct sound *s, const int16_t *pcm, uint32_t frames, struct err *e)
{
    uint32_t most = s->plan->block;
    while (frames) {
        uint32_t block = most && most < frames ? most : frames;
        enum status status = write_block(s, pcm, block, e);
        if (status)
            return status;
        pcm += block;
        frames -= block;
    }
    return STATUS_OK;
}

enum status sound_silence(struct sound *s, uint32_t milliseconds, struct err *e)
{
    static const int16_t silence[SILENCE_FRAMES];
    uint64_t left = (uint64_t)milliseconds * s->rate / MS_PER_SECOND;
    while (left) {
        uint32_t piece = left < SILENCE_FRAMES ? (uint32_t)left : SILENCE_FRAMES;
        enum status status = sound_write(s, silence, piece, e);
        if (status)
            return status;
        left -= piece;
    }
    return STATUS_OK;
}

enum status sound_finish(struct sound *s, struct err *e)
{
    return s->plan->driver->finish(s->state, e);
}

void sound_close(struct sound *s)
{
    if (!s->state)
        return;
    if (s->plan->driver == &sink_player)
        s->underruns += sink_player_underflows(s->state);
    s->plan->driver->close(s->state);
    s->state = NULL;
}
