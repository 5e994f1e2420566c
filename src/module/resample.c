/*
 * docbao-resample.so: sound at another rate, through libsoxr.
 */
#include <soxr.h>

#include "sink/stage/resampler.h"

static void *open_soxr(uint32_t from, uint32_t to, uint32_t channels, bool real)
{
    soxr_error_t error = NULL;
    soxr_datatype_t type = real ? SOXR_FLOAT32_I : SOXR_INT16_I;
    soxr_io_spec_t io = soxr_io_spec(type, type);
    io.flags |= SOXR_NO_DITHER; /* silence stays silence */
    soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
    soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
    soxr_t soxr = soxr_create(from, to, channels, &error, &io, &quality, &runtime);
    if (error) {
        soxr_delete(soxr);
        return NULL;
    }
    return soxr;
}

static bool process(void *soxr, const void *pcm, size_t frames, size_t *taken, void *out,
                    size_t room, size_t *given)
{
    *taken = *given = 0;
    return !soxr_process(soxr, pcm, frames, taken, out, room, given) && (*taken || *given);
}

static void close_soxr(void *soxr)
{
    soxr_delete(soxr);
}

extern const struct resampler_driver docbao_resampler;

__attribute__((visibility("default"))) const struct resampler_driver docbao_resampler = {
    .open = open_soxr,
    .process = process,
    .close = close_soxr,
};
