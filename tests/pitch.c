#include "pitch.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { WINDOW_MS = 40, MS = 1000 };

/* Sound at half its rate, which is enough for F0, and the energy before each sample. */
struct halved {
    double *at, *energy;
    size_t n;
};

static bool halve(struct halved *h, const int16_t *pcm, size_t frames)
{
    h->n = frames / 2;
    h->at = calloc(h->n + 1, sizeof *h->at);
    h->energy = calloc(h->n + 1, sizeof *h->energy);
    for (size_t i = 0; h->at && h->energy && i < h->n; i++) {
        h->at[i] = (pcm[2 * i] + pcm[2 * i + 1]) / 2.0;
        h->energy[i + 1] = h->energy[i] + h->at[i] * h->at[i];
    }
    return h->at && h->energy;
}

static double energy(const struct halved *h, size_t at, size_t n)
{
    return h->energy[at + n] - h->energy[at];
}

/* The correlation of the window with itself `lag` samples later, -1 to 1. */
static double correlation(const struct halved *h, size_t at, size_t n, size_t lag)
{
    double product = 0, both = energy(h, at, n) * energy(h, at + lag, n);
    for (size_t i = at; i < at + n; i++)
        product += h->at[i] * h->at[i + lag];
    return both > 0 ? product / sqrt(both) : 0;
}

/* Where the parabola through three neighbours has its top, from the middle one. */
static double top(double before, double at, double after)
{
    double bend = before - 2 * at + after;
    return bend < 0 ? 0.5 * (before - after) / bend : 0;
}

static double period_to_hz(const double *r, size_t lag, uint32_t rate)
{
    return rate / ((double)lag + top(r[lag - 1], r[lag], r[lag + 1]));
}

static double window_hz(const struct halved *h, size_t at, size_t n, uint32_t rate, double *r)
{
    size_t least = rate / PITCH_MOST_HZ, most = rate / PITCH_LEAST_HZ;
    double best = 0;
    for (size_t lag = least - 1; lag <= most + 1; lag++) {
        r[lag] = correlation(h, at, n, lag);
        if (lag >= least && lag <= most && r[lag] > best)
            best = r[lag];
    }
    if (best < 0.6)
        return 0;
    for (size_t lag = least; lag <= most; lag++)
        if (r[lag] > 0.9 * best && r[lag] >= r[lag - 1] && r[lag] >= r[lag + 1])
            return period_to_hz(r, lag, rate);
    return 0;
}

/* Leaves out what an unsteady voice or a consonant makes of it. */
static void drop_jumps(double *hz, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++)
        if (hz[i] > 0 && hz[i + 1] > 0 && (hz[i + 1] > hz[i] * 4 / 3 || hz[i + 1] < hz[i] * 3 / 4))
            hz[i] = 0;
}

size_t pitch_track(const int16_t *pcm, size_t frames, uint32_t rate, double *hz, size_t most)
{
    rate /= 2;
    size_t step = rate * PITCH_STEP_MS / MS, window = rate * WINDOW_MS / MS, n = 0;
    size_t reach = window + rate / PITCH_LEAST_HZ + 2;
    struct halved h;
    double *r = calloc(rate / PITCH_LEAST_HZ + 3, sizeof *r), loudest = 0;
    bool good = halve(&h, pcm, frames) && r;
    for (size_t at = 0; good && at + window <= h.n; at += step)
        loudest = fmax(loudest, energy(&h, at, window));
    for (size_t at = 0; good && n < most && at + reach <= h.n; at += step)
        hz[n++] = energy(&h, at, window) > loudest / 1000 ? window_hz(&h, at, window, rate, r) : 0;
    free(r);
    free(h.at);
    free(h.energy);
    drop_jumps(hz, n);
    return n;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double pitch_median(const double *hz, size_t n)
{
    double *voiced = calloc(n + 1, sizeof *voiced), median = 0;
    size_t count = 0;
    for (size_t i = 0; voiced && i < n; i++)
        if (hz[i] > 0)
            voiced[count++] = hz[i];
    if (count) {
        qsort(voiced, count, sizeof *voiced, compare);
        median = voiced[count / 2];
    }
    free(voiced);
    return median;
}

double pitch_semitones(double from, double to)
{
    return from > 0 && to > 0 ? 12 * log2(to / from) : 0;
}
