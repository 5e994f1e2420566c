#include "sink/null.h"

#include <errno.h>
#include <time.h>

#include "base/mem.h"

enum {
    /* How far a device lets its writer run ahead of what is heard. */
    AHEAD_MS = 100,
    /* A device takes sound in pieces; a stop is seen after each. */
    PIECE_FRAMES = 512,
    /* No sleep is longer, so that a signal that arrives just before a sleep is not missed long. */
    NAP_NS = 50 * 1000 * 1000,
};

static const int64_t second_ns = 1000 * 1000 * 1000;

struct null_sink {
    struct sink_format format;
    bool paced;
    bool started;
    uint64_t frames;       /* written since open */
    uint64_t paced_frames; /* written since `start` */
    int64_t start;         /* when the first of paced_frames was heard */
};

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * second_ns + t.tv_nsec;
}

static bool stop_asked(const struct null_sink *s)
{
    return s->format.stop && *s->format.stop;
}

static enum status stopped(struct err *e)
{
    return err_set(e, STATUS_STOPPED, "Stopped.");
}

/* When the last of the frames written so far will have been heard. */
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
        int64_t left = when - now_ns();
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

static enum status write_paced(struct null_sink *s, uint32_t frames, struct err *e)
{
    while (frames) {
        uint32_t piece = frames < PIECE_FRAMES ? frames : PIECE_FRAMES;
        int64_t now = now_ns();
        /* A writer that comes too late leaves a gap: the device goes on from here. */
        if (!s->started || end_of_sound(s) < now) {
            s->started = true;
            s->start = now;
            s->paced_frames = 0;
        }
        s->paced_frames += piece;
        s->frames += piece;
        frames -= piece;
        enum status status =
            sleep_until(s, end_of_sound(s) - (int64_t)AHEAD_MS * (second_ns / 1000), e);
        if (status)
            return status;
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

uint64_t sink_null_frames(const void *state)
{
    const struct null_sink *s = state;
    return s->frames;
}

const struct sink_driver sink_null = {"null", null_open, null_write, null_finish, null_close, NULL};
