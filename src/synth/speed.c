/* The module docbao-speed.so: faster speech, through libsonic. */
#include <stddef.h>

#include <sonic.h>

#include "synth/speed.h"

static void *open_sonic(uint32_t rate, double speed)
{
    sonicStream s = sonicCreateStream((int)rate, 1);
    if (s)
        sonicSetSpeed(s, (float)speed);
    return s;
}

static bool add(void *s, const int16_t *pcm, uint32_t frames)
{
    /* It takes the samples for writing, but only reads them. */
    union {
        const int16_t *given;
        short *taken;
    } samples = {pcm};
    return sonicWriteShortToStream(s, samples.taken, (int)frames);
}

/* Its own way to end a stream cuts the last few milliseconds. */
static bool end(void *s)
{
    enum { SILENCE = 4096 };
    short silence[SILENCE] = {0};
    return sonicWriteShortToStream(s, silence, SILENCE);
}

static uint32_t take(void *s, int16_t *out, uint32_t room)
{
    int frames = sonicReadShortFromStream(s, out, (int)room);
    return frames > 0 ? (uint32_t)frames : 0;
}

static void close_sonic(void *s)
{
    sonicDestroyStream(s);
}

extern const struct speed_driver docbao_speed;

__attribute__((visibility("default"))) const struct speed_driver docbao_speed = {
    .open = open_sonic,
    .add = add,
    .end = end,
    .take = take,
    .close = close_sonic,
};
