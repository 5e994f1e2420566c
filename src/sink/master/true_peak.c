#include "sink/master/true_peak.h"

#include <math.h>

enum { STEPS = TRUE_PEAK_PHASES + 1 };

/* Of the Kaiser window: the error stays below 0.1 dB up to 0.45 of the sample rate. */
static const double window_shape = 5;

/* The modified Bessel function of order 0, by its series. */
static double bessel(double x)
{
    double sum = 1, term = 1;
    for (int k = 1; k < 30; k++) {
        term *= x / (2 * k) * (x / (2 * k));
        sum += term;
    }
    return sum;
}

static double kaiser(double place)
{
    double x = place / TRUE_PEAK_HALF;
    return fabs(x) >= 1 ? 0 : bessel(window_shape * sqrt(1 - x * x)) / bessel(window_shape);
}

void true_peak_open(struct true_peak *t)
{
    for (int phase = 0; phase < TRUE_PEAK_PHASES; phase++)
        for (int tap = 0; tap < TRUE_PEAK_TAPS; tap++) {
            double place = tap - (TRUE_PEAK_HALF - 1) - (double)(phase + 1) / STEPS;
            t->taps[phase][tap] = (float)(sin(M_PI * place) / (M_PI * place) * kaiser(place));
        }
}

/* Four sums side by side, so that the compiler can make use of vectors. */
static float peak_between(const float *taps, const float *from, size_t n)
{
    float most = 0;
    for (size_t i = 0; i < n; i++) {
        float sums[4] = {0};
        for (int tap = 0; tap < TRUE_PEAK_TAPS; tap += 4)
            for (int k = 0; k < 4; k++)
                sums[k] += taps[tap + k] * from[i + (size_t)(tap + k)];
        float level = fabsf(sums[0] + sums[1] + (sums[2] + sums[3]));
        most = level > most ? level : most;
    }
    return most;
}

float true_peak_of(const struct true_peak *t, const float *sound, size_t n)
{
    float most = 0;
    for (size_t i = 0; i < n; i++)
        most = fabsf(sound[i]) > most ? fabsf(sound[i]) : most;
    for (int phase = 0; phase < TRUE_PEAK_PHASES; phase++) {
        float level = peak_between(t->taps[phase], sound - (TRUE_PEAK_HALF - 1), n);
        most = level > most ? level : most;
    }
    return most;
}
