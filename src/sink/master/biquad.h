/*
 * A filter of the second order, in double precision (transposed direct form II).
 */
#ifndef DOCBAO_SINK_MASTER_BIQUAD_H
#define DOCBAO_SINK_MASTER_BIQUAD_H

struct biquad {
    double b0, b1, b2, a1, a2; /* a0 is 1 */
    double z1, z2;             /* the state; zero: silence before */
};

/* Filters one sample. */
static inline double biquad_next(struct biquad *f, double x)
{
    double y = f->b0 * x + f->z1;
    f->z1 = f->b1 * x - f->a1 * y + f->z2;
    f->z2 = f->b2 * x - f->a2 * y;
    return y;
}

#endif
