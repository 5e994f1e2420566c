#include "session/sound.h"

#include <time.h>

enum { SILENCE_FRAMES = 1024, MS_PER_SECOND = 1000 };

static const uint64_t second_ns = 1000 * 1000 * 1000;

static uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * second_ns + (uint64_t)t.tv_nsec;
}

enum status sound_open(struct sound *s, const char *target, uint32_t rate,
                       const volatile sig_atomic_t *stop, struct err *e)
{
    struct sink_format format = {.rate = rate, .channels = 1, .stop = stop};
    s->rate = rate;
    return s->driver->open(&s->state, target, &format, e);
}

/* Counts the frames, and the times they came later than a device would have needed them. */
static void account(struct sound *s, uint32_t frames)
{
    uint64_t now = now_ns();
    if (!s->first_ns)
        s->first_ns = s->heard_ns = now;
    if (s->heard_ns < now) {
        s->underruns++;
        s->heard_ns = now;
    }
    s->heard_ns += frames * second_ns / s->rate;
    s->frames += frames;
}

enum status sound_write(struct sound *s, const int16_t *pcm, uint32_t frames, struct err *e)
{
    while (frames) {
        uint32_t block = s->block && s->block < frames ? s->block : frames;
        account(s, block);
        enum status status = s->driver->write(s->state, pcm, block, e);
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
    return s->driver->finish(s->state, e);
}

void sound_close(struct sound *s)
{
    if (s->state)
        s->driver->close(s->state);
    s->state = NULL;
}
