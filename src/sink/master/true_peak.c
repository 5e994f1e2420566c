#include "sink/master/true_peak.h"

#include <math.h>
#include <string.h>

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

/* Four frames are worked on at once: left to itself, the compiler needs three times as long. */
enum { LANES = 4 };

typedef float lanes __attribute__((vector_size(LANES * sizeof(float))));

static inline lanes load(const float *from)
{
    lanes v;
    memcpy(&v, from, sizeof v);
    return v;
}

/* The wave between each of the frames and the next. Each lane adds in the order of wave_at. */
static inline lanes wave_of(const float *taps, const float *from)
{
    lanes sums[4] = {{0}, {0}, {0}, {0}};
    for (int tap = 0; tap < TRUE_PEAK_TAPS; tap += 4)
        for (int k = 0; k < 4; k++)
            sums[k] += taps[tap + k] * load(from + tap + k);
    return sums[0] + sums[1] + (sums[2] + sums[3]);
}

static float wave_at(const float *taps, const float *from)
{
    float sums[4] = {0};
    for (int tap = 0; tap < TRUE_PEAK_TAPS; tap += 4)
        for (int k = 0; k < 4; k++)
            sums[k] += taps[tap + k] * from[tap + k];
    return sums[0] + sums[1] + (sums[2] + sums[3]);
}

static inline float higher(float most, float sample)
{
    float level = fabsf(sample);
    return level > most ? level : most;
}

float true_peak_of(const struct true_peak *t, const float *sound, size_t n)
{
    const float *from = sound - (TRUE_PEAK_HALF - 1);
    float most[LANES] = {0}, highest = 0;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (int phase = 0; phase < TRUE_PEAK_PHASES; phase++) {
            lanes wave = wave_of(t->taps[phase], from + i);
            for (int lane = 0; lane < LANES; lane++)
                most[lane] = higher(most[lane], wave[lane]);
        }
    for (; i < n; i++)
        for (int phase = 0; phase < TRUE_PEAK_PHASES; phase++)
            highest = higher(highest, wave_at(t->taps[phase], from + i));
    for (i = 0; i < n; i++)
        highest = higher(highest, sound[i]);
    for (int lane = 0; lane < LANES; lane++)
        highest = higher(highest, most[lane]);
    return highest;
}
