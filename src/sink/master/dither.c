#include "sink/master/dither.h"

static const float full_scale = 32768, step = 1.0F / 4294967296.0F;

/* As rintf, which is a call where the processor is not known: beyond 2^23 a number of this type has
 * no fraction. Right below 2^22, which is far beyond full scale. */
static float nearest(float sample)
{
    static const float no_fraction = 12582912.0F;
    return (sample + no_fraction) - no_fraction;
}

/* From 0 to below 1 (the generator of Numerical Recipes). */
static float next_noise(struct dither *d)
{
    d->noise = d->noise * 1664525u + 1013904223u;
    return (float)d->noise * step;
}

void dither_samples(struct dither *d, const float *sound, size_t n, int16_t *out)
{
    for (size_t i = 0; i < n; i++) {
        float noise = next_noise(d) - next_noise(d);
        float sample = sound[i] == 0 ? 0 : nearest(sound[i] * full_scale + noise);
        sample = sample > INT16_MAX ? INT16_MAX : sample < INT16_MIN ? INT16_MIN : sample;
        out[i] = (int16_t)sample;
    }
}
