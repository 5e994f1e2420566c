#include "session/sound.h"

#include <time.h>

enum {
    SILENCE_FRAMES = 1024,
    MS_PER_SECOND = 1000,
};

static const uint64_t second_ns = 1000 * 1000 * 1000;

static uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * second_ns + (uint64_t)t.tv_nsec;
}

enum status sound_open(struct sound *s, const struct sound_plan *plan, uint32_t rate, struct err *e)
{
    *s = (struct sound){.plan = plan, .rate = rate};
    struct sink_format format = {.rate = rate, .channels = 1, .stop = plan->stop};
    return plan->driver->open(&s->state, plan->target, &format, e);
}

enum status sound_write(struct sound *s, const int16_t *pcm, uint32_t frames, struct err *e)
{
    if (!s->first_ns)
        s->first_ns = now_ns();
    enum status status = s->plan->driver->write(s->state, pcm, frames, e);
    if (!status)
        s->frames += frames;
    return status;
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
    s->plan->driver->close(s->state);
    s->state = NULL;
}
