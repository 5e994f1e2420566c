#include "sink/master/tone.h"

#include <math.h>

enum { STEP_FRAMES = 32 };

/* Of a Butterworth filter of the fourth order, its two parts. */
static const double butterworth[] = {0.54119610014619698, 1.3065629648763766};
static const double attack_s = 0.005, release_s = 0.12;
/* A filter above this part of the sample rate would only bend the phase. */
static const double highest = 0.45;

/* ---- filters: R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients" */

static struct biquad low_pass(double frequency, double q, double rate)
{
    double w = 2 * M_PI * frequency / rate, alpha = sin(w) / (2 * q), a0 = 1 + alpha;
    double b1 = (1 - cos(w)) / a0;
    return (struct biquad){
        .b0 = b1 / 2, .b1 = b1, .b2 = b1 / 2, .a1 = -2 * cos(w) / a0, .a2 = (1 - alpha) / a0};
}

static struct biquad high_pass(double frequency, double q, double rate)
{
    double w = 2 * M_PI * frequency / rate, alpha = sin(w) / (2 * q), a0 = 1 + alpha;
    double b1 = -(1 + cos(w)) / a0;
    return (struct biquad){
        .b0 = -b1 / 2, .b1 = b1, .b2 = -b1 / 2, .a1 = -2 * cos(w) / a0, .a2 = (1 - alpha) / a0};
}

/* Half of the lift, in dB, is reached at `from` and at `to`. */
static struct biquad peak(double from, double to, double lift_db, double rate)
{
    double w = 2 * M_PI * sqrt(from * to) / rate, octaves = log2(to / from);
    double alpha = sin(w) * sinh(M_LN2 / 2 * octaves * w / sin(w)), a = pow(10, lift_db / 40);
    double a0 = 1 + alpha / a;
    return (struct biquad){.b0 = (1 + alpha * a) / a0,
                           .b1 = -2 * cos(w) / a0,
                           .b2 = (1 - alpha * a) / a0,
                           .a1 = -2 * cos(w) / a0,
                           .a2 = (1 - alpha / a) / a0};
}

/* ---- the tone ---- */

bool tone_is_wanted(const struct sink_tone *s)
{
    return s->low_hz || s->high_hz || s->lift_db > 0 || s->ratio > 1;
}

void tone_open(struct tone *t, const struct sink_tone *s, uint32_t rate)
{
    *t = (struct tone){.ratio = s->ratio > 1 ? s->ratio : 1, .gain = 1};
    for (int i = 0; i < 2 && s->low_hz; i++)
        t->filters[t->count++] = high_pass(s->low_hz, butterworth[i], rate);
    for (int i = 0; i < 2 && s->high_hz && s->high_hz < highest * rate; i++)
        t->filters[t->count++] = low_pass(s->high_hz, butterworth[i], rate);
    if (s->lift_db > 0 && s->lift_to_hz < highest * rate)
        t->filters[t->count++] = peak(s->lift_from_hz, s->lift_to_hz, s->lift_db, rate);
    t->threshold = pow(10, s->threshold_db / 10);
    t->rise = 1 - exp(-1 / (attack_s * rate));
    t->fall = 1 - exp(-1 / (release_s * rate));
}

/* The gain that the compressor wants now: what is above the threshold is divided by the ratio. */
static double wanted_gain(const struct tone *t)
{
    if (t->power <= t->threshold)
        return 1;
    return pow(t->power / t->threshold, (1 / t->ratio - 1) / 2);
}

/* The gain goes in a straight line from step to step. */
static double compress(struct tone *t, double sample)
{
    double power = sample * sample;
    t->power += (power - t->power) * (power > t->power ? t->rise : t->fall);
    if (t->inside == 0)
        t->change = (wanted_gain(t) - t->gain) / STEP_FRAMES;
    t->inside = (t->inside + 1) % STEP_FRAMES;
    t->gain += t->change;
    return sample * t->gain;
}

void tone_process(struct tone *t, float *sound, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double sample = sound[i];
        for (int f = 0; f < t->count; f++)
            sample = biquad_next(&t->filters[f], sample);
        sound[i] = (float)(t->ratio > 1 ? compress(t, sample) : sample);
    }
}
