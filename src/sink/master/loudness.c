#include "sink/master/loudness.h"

#include <math.h>
#include <string.h>

/* BS.1770-4, annex 1: L = offset + 10 log10(power). */
static const double offset = -0.691;
static const double absolute_gate = -70, relative_gate = -10;
static const double bins_per_lu = 100;

/* The standard gives coefficients for 48,000 frames a second only. These are the analogue filters
 * that they come from, through the bilinear transform: at 48,000 they give the standard's numbers
 * (B. De Man, "Evaluation of Implementations of the EBU R128 Loudness Measurement", 2018). */
static struct biquad head_shelf(double rate)
{
    const double frequency = 1681.974450955533, gain_db = 3.999843853973347;
    const double q = 0.7071752369554196;
    double k = tan(M_PI * frequency / rate), high = pow(10, gain_db / 20);
    double band = pow(high, 0.4996667741545416), a0 = 1 + k / q + k * k;
    return (struct biquad){
        .b0 = (high + band * k / q + k * k) / a0,
        .b1 = 2 * (k * k - high) / a0,
        .b2 = (high - band * k / q + k * k) / a0,
        .a1 = 2 * (k * k - 1) / a0,
        .a2 = (1 - k / q + k * k) / a0,
    };
}

static struct biquad low_cut(double rate)
{
    const double frequency = 38.13547087602444, q = 0.5003270373238773;
    double k = tan(M_PI * frequency / rate), a0 = 1 + k / q + k * k;
    return (struct biquad){
        .b0 = 1,
        .b1 = -2,
        .b2 = 1,
        .a1 = 2 * (k * k - 1) / a0,
        .a2 = (1 - k / q + k * k) / a0,
    };
}

void k_weight_open(struct k_weight *k, uint32_t rate)
{
    *k = (struct k_weight){head_shelf(rate), low_cut(rate)};
}

void loudness_begin(struct loudness_meter *m)
{
    memset(m, 0, sizeof *m);
}

static double lufs_of(double power)
{
    return offset + 10 * log10(power);
}

void loudness_step(struct loudness_meter *m, double mean_square)
{
    double power = 0;
    m->steps[m->seen++ % LOUDNESS_STEPS] = mean_square;
    if (m->seen < LOUDNESS_STEPS)
        return;
    for (int i = 0; i < LOUDNESS_STEPS; i++)
        power += m->steps[i] / LOUDNESS_STEPS;
    double place = (lufs_of(power) - absolute_gate) * bins_per_lu;
    if (!(place >= 0))
        return;
    struct loudness_bin *bin = &m->bins[place < LOUDNESS_BINS ? (int)place : LOUDNESS_BINS - 1];
    bin->count++;
    bin->power += power;
}

/* The mean power of the blocks in the bins from `first` on; 0: there is none. */
static double mean_from(const struct loudness_meter *m, int first)
{
    uint64_t count = 0;
    double power = 0;
    for (int i = first; i < LOUDNESS_BINS; i++) {
        count += m->bins[i].count;
        power += m->bins[i].power;
    }
    return count ? power / (double)count : 0;
}

bool loudness_of(const struct loudness_meter *m, double *lufs)
{
    double all = mean_from(m, 0);
    if (all <= 0)
        return false;
    double gate = (lufs_of(all) + relative_gate - absolute_gate) * bins_per_lu;
    *lufs = lufs_of(mean_from(m, gate > 0 ? (int)gate : 0));
    return true;
}
