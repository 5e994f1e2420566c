#include "sink/master/tone.h"

#include <math.h>
#include <string.h>

/* Of a Butterworth filter of the fourth order, its two parts. */
static const double butterworth[] = {0.54119610014619698, 1.3065629648763766};
/* Of the two filters that turn phases: for the same voices and texts, what the limiter takes away
 * was 1 to 2 dB less with them, and as much for any of 300 to 700 Hz. */
static const double turn_hz = 500, turn_q = 0.7;
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

/* All frequencies pass as they are, but later the lower they are. */
static struct biquad all_pass(double frequency, double q, double rate)
{
    double w = 2 * M_PI * frequency / rate, alpha = sin(w) / (2 * q), a0 = 1 + alpha;
    double low = -2 * cos(w) / a0, lowest = (1 - alpha) / a0;
    return (struct biquad){.b0 = lowest, .b1 = low, .b2 = 1, .a1 = low, .a2 = lowest};
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

static void add_filter(struct tone *t, struct biquad filter)
{
    for (uint32_t c = 0; c < t->channels; c++)
        t->filters[c][t->count] = filter;
    t->count++;
}

void tone_open(struct tone *t, const struct sink_tone *s, uint32_t rate, uint32_t channels)
{
    *t = (struct tone){.ratio = s->ratio > 1 ? s->ratio : 1, .channels = channels};
    for (int i = 0; i < 2 && t->ratio > 1; i++)
        add_filter(t, all_pass(turn_hz, turn_q, rate));
    for (int i = 0; i < 2 && s->low_hz; i++)
        add_filter(t, high_pass(s->low_hz, butterworth[i], rate));
    for (int i = 0; i < 2 && s->high_hz && s->high_hz < highest * rate; i++)
        add_filter(t, low_pass(s->high_hz, butterworth[i], rate));
    if (s->lift_db > 0 && s->lift_to_hz < highest * rate)
        add_filter(t, peak(s->lift_from_hz, s->lift_to_hz, s->lift_db, rate));
    t->threshold = pow(10, s->threshold_db / 20);
    limiter_begin(&t->limiter, 1, 1, (double)rate / TONE_STEP);
}

/* ---- the compressor ---- */

/* What the peak would have to be for a limiter to take away what this compressor shall. */
static double limited_peak(const struct tone *t, double peak)
{
    return peak <= t->threshold ? 0 : pow(peak / t->threshold, 1 - 1 / t->ratio);
}

/* Samples of a step. */
static size_t step_of(const struct tone *t)
{
    return (size_t)TONE_STEP * t->channels;
}

static double peak_of(const float *sound, size_t n)
{
    float most = 0;
    for (size_t i = 0; i < n; i++)
        most = fabsf(sound[i]) > most ? fabsf(sound[i]) : most;
    return most;
}

/* The oldest step, whose gain goes in a straight line to `to`. Gives how many of its frames are
 * wanted: silence that was added at the end is not. */
static size_t give_step(struct tone *t, double to, float *out)
{
    size_t n = t->owed < TONE_STEP ? (size_t)t->owed : TONE_STEP;
    for (size_t i = 0; i < n; i++) {
        double gain = t->gain + (to - t->gain) * ((double)i / TONE_STEP);
        for (size_t at = i * t->channels; at < (i + 1) * t->channels; at++)
            out[at] = (float)(t->waiting.at[at] * gain);
    }
    t->owed -= n;
    t->waiting.n -= step_of(t);
    memmove(t->waiting.at, t->waiting.at + step_of(t), t->waiting.n * sizeof *t->waiting.at);
    return n;
}

/* The present step is complete. */
static size_t end_step(struct tone *t, float *out)
{
    const float *step = t->waiting.at + t->waiting.n - step_of(t);
    double border = limiter_next(&t->limiter, limited_peak(t, peak_of(step, step_of(t))));
    size_t given = t->steps++ > LIMITER_DELAY ? give_step(t, border, out) : 0;
    t->gain = border;
    return given;
}

static void filter_frame(struct tone *t, const float *in, float *out)
{
    for (uint32_t c = 0; c < t->channels; c++) {
        double sample = in[c];
        for (int f = 0; f < t->count; f++)
            sample = biquad_next(&t->filters[c][f], sample);
        out[c] = (float)sample;
    }
}

size_t tone_process(struct tone *t, const float *sound, size_t n, float *out)
{
    size_t given = 0, channels = t->channels;
    for (size_t i = 0; i < n && t->ratio <= 1; i++)
        filter_frame(t, sound + i * channels, out + i * channels);
    if (t->ratio <= 1)
        return n;
    t->owed += n;
    for (size_t i = 0; i < n; i++) {
        vec_reserve(&t->waiting, channels);
        filter_frame(t, sound + i * channels, t->waiting.at + t->waiting.n);
        t->waiting.n += channels;
        if (t->waiting.n % step_of(t) == 0)
            given += end_step(t, out + given * channels);
    }
    return given;
}

size_t tone_end(struct tone *t, float *out)
{
    size_t given = 0;
    while (t->owed && !given) {
        do
            *vec_push(&t->waiting) = 0;
        while (t->waiting.n % step_of(t));
        given = end_step(t, out);
    }
    return given;
}

void tone_close(struct tone *t)
{
    vec_free(&t->waiting);
}
