#include "sink/master/limiter.h"

#include <math.h>

/* The time in which two thirds of the way back are gone. */
static const double release_s = 0.06;

void limiter_begin(struct limiter *l, double gain, double ceiling, double blocks_a_second)
{
    *l = (struct limiter){.gain = gain, .ceiling = ceiling, .need = 1};
    l->rise = 1 - exp(-1 / (release_s * blocks_a_second));
    for (int i = 0; i < LIMITER_WINDOW; i++)
        l->needs[i] = l->held[i] = 1;
}

static double least_of(const double *values)
{
    double least = values[0];
    for (int i = 1; i < LIMITER_WINDOW; i++)
        least = values[i] < least ? values[i] : least;
    return least;
}

static double mean_of(const double *values)
{
    double sum = 0;
    for (int i = 0; i < LIMITER_WINDOW; i++)
        sum += values[i];
    return sum / LIMITER_WINDOW;
}

/*
 * A border may have no more gain than the blocks on both sides of it bear. `held` is the least of
 * the borders within LIMITER_REACH, and comes back slowly; the gain is the mean of `held` within
 * LIMITER_REACH. So every value in that mean is at most what the border in the middle bears.
 */
double limiter_next(struct limiter *l, double peak)
{
    double level = peak * l->gain;
    double need = level > l->ceiling ? l->ceiling / level : 1;
    double before = l->held[(l->seen + LIMITER_WINDOW - 1) % LIMITER_WINDOW];
    l->needs[l->seen % LIMITER_WINDOW] = need < l->need ? need : l->need;
    l->need = need;
    double least = least_of(l->needs), back = before + (1 - before) * l->rise;
    l->held[l->seen % LIMITER_WINDOW] = least < back ? least : back;
    l->seen++;
    return l->gain * mean_of(l->held);
}
