#include "session/chime.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum {
    BEFORE_MS = 150,
    SOUND_MS = 900,
    AFTER_MS = 250,
    ATTACK_MS = 12,  /* slow enough not to sound struck */
    RELEASE_MS = 80, /* the fade at the end */
    PEAK = 8231,     /* -12 dB of 32,767 */
};

struct note {
    double hertz, begin, volume;
};

/* E5, then G sharp 5. */
static const struct note notes[] = {{659.26, 0, 1}, {830.61, 0.24, 0.9}};

/* Higher partials are softer and decay sooner. All are below 4,000 Hz, so that the lowest rate can
 * hold them. */
static const struct {
    double factor, volume, decay_s;
} partials[] = {{1, 1, 0.22}, {2, 0.22, 0.12}, {3, 0.07, 0.07}};

static const double two_pi = 6.283185307179586;

/* From 0 to 1, with a slope of 0 at both ends. */
static double rise(double share)
{
    return share <= 0 ? 0 : share >= 1 ? 1 : 0.5 - 0.5 * cos(share * two_pi / 2);
}

static double note_at(const struct note *note, double second)
{
    double t = second - note->begin, sum = 0;
    if (t <= 0)
        return 0;
    for (unsigned i = 0; i < sizeof partials / sizeof *partials; i++)
        sum += partials[i].volume * exp(-t / partials[i].decay_s) *
               sin(two_pi * note->hertz * partials[i].factor * t);
    return note->volume * rise(t * 1000 / ATTACK_MS) * sum;
}

static double chime_at(double second)
{
    double sum = 0;
    for (unsigned i = 0; i < sizeof notes / sizeof *notes; i++)
        sum += note_at(&notes[i], second);
    return sum * rise((SOUND_MS - second * 1000) / RELEASE_MS);
}

static uint32_t frames_of(uint32_t rate, uint32_t ms)
{
    return (uint32_t)((uint64_t)rate * ms / 1000);
}

uint32_t chime_frames(uint32_t rate)
{
    return frames_of(rate, BEFORE_MS) + frames_of(rate, SOUND_MS) + frames_of(rate, AFTER_MS);
}

void chime_make(uint32_t rate, int16_t *pcm)
{
    uint32_t first = frames_of(rate, BEFORE_MS), n = frames_of(rate, SOUND_MS);
    double *sound = mem_zalloc(n * sizeof *sound), peak = 0;
    for (uint32_t i = 0; i < n; i++) {
        sound[i] = chime_at((double)i / rate);
        peak = fmax(peak, fabs(sound[i]));
    }
    for (uint32_t i = 0; i < chime_frames(rate); i++)
        pcm[i] = i < first || i >= first + n ? 0 : (int16_t)lround(sound[i - first] * PEAK / peak);
    free(sound);
}
