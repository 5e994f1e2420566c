/*
 * docbao-meter.so: the loudness of sound, through libebur128 (ITU-R BS.1770-4, EBU R 128).
 */
#include <ebur128.h>
#include <math.h>

#include "sink/master/meter.h"

static void *open_meter(uint32_t rate)
{
    return ebur128_init(1, rate, EBUR128_MODE_I | EBUR128_MODE_HISTOGRAM);
}

static bool measure(void *meter, const int16_t *pcm, size_t frames)
{
    return ebur128_add_frames_short(meter, pcm, frames) == EBUR128_SUCCESS;
}

static double measured_lufs(void *meter)
{
    double lufs;
    return ebur128_loudness_global(meter, &lufs) == EBUR128_SUCCESS ? lufs : -HUGE_VAL;
}

static void close_meter(void *meter)
{
    ebur128_state *state = meter;
    ebur128_destroy(&state);
}

extern const struct meter_driver docbao_meter;

__attribute__((visibility("default"))) const struct meter_driver docbao_meter = {
    .open = open_meter,
    .add = measure,
    .lufs = measured_lufs,
    .close = close_meter,
};
