/*
 * Makes the sounds that docbao brings for bulletins:
 *
 *     make_sounds nhac-hieu|nhac-nen|chuyen-bai > NAME.raw
 *
 * 16 bits, one channel, 32,000 frames a second. assets/sounds holds them as FLAC; the test
 * e2e_sounds compares. They are computed, so they belong to nobody else and carry the licence of
 * docbao. The notes are of the pentatonic scale that folk songs of the North use (hò, xự, xang, xê,
 * cống: here D, E, G, A, B), in the tone of a plucked string.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RATE = 32000, HIGHEST = 22500 };

static const double two_pi = 6.283185307179586;

struct note {
    double begin, length, hertz, volume;
};

/* ---- a plucked string, and a soft pad ---- */

static double rise(double share)
{
    return share <= 0 ? 0 : share >= 1 ? 1 : 0.5 - 0.5 * cos(share * two_pi / 2);
}

/* Higher partials are softer and decay sooner, as those of a string do. */
static double pluck_at(const struct note *n, double second)
{
    double t = second - n->begin, sum = 0;
    if (t <= 0 || t > 4)
        return 0;
    for (int partial = 1; partial <= 8 && n->hertz * partial < RATE * 0.45; partial++)
        sum += exp(-t * partial / (0.35 * n->length)) / (partial * sqrt(partial)) *
               sin(two_pi * n->hertz * partial * t);
    return n->volume * rise(t / 0.004) * sum;
}

/* Slow to come and to go; it swells, and its second partial is a little off, so that it lives. */
static double pad_at(const struct note *n, double second)
{
    double t = second - n->begin;
    if (t <= 0 || t >= n->length)
        return 0;
    double swell = rise(t / (0.4 * n->length)) * rise((n->length - t) / (0.4 * n->length));
    return n->volume * swell *
           (sin(two_pi * n->hertz * t) + 0.3 * sin(two_pi * n->hertz * 2.003 * t) +
            0.1 * sin(two_pi * n->hertz * 3 * t));
}

/* ---- the pieces ---- */

#define D3 146.83
#define G3 196.00
#define A3 220.00
#define B3 246.94
#define D4 293.66
#define E4 329.63
#define G4 392.00
#define A4 440.00
#define B4 493.88
#define D5 587.33
#define E5 659.26
#define G5 783.99

static const struct note signature[] = {
    {0.05, 2, D4, 1.0}, {0.30, 2, G4, 0.9}, {0.55, 2, A4, 0.9}, {0.80, 2, B4, 0.9},
    {1.05, 3, D5, 1.0}, {1.55, 2, B4, 0.8}, {1.80, 2, D5, 0.8}, {2.05, 5, G5, 1.0},
    {2.05, 5, G4, 0.7}, {2.05, 5, D4, 0.6}, {2.05, 5, G3, 0.8},
};

static const struct note crossing[] = {
    {0.02, 2, A4, 0.8},
    {0.20, 2, D5, 0.8},
    {0.38, 3, G4, 0.6},
    {0.38, 3, E5, 0.9},
};

/* Four chords of four seconds that overlap, and go round: what lies over the end is heard at the
 * beginning. */
static const struct note bed[] = {
    {0, 6, G3, 1},   {0, 6, D4, 0.7},  {0, 6, B3, 0.6},  {4, 6, E4, 0.7},
    {4, 6, B3, 0.8}, {4, 6, G3, 0.8},  {8, 6, D3, 1},    {8, 6, A3, 0.8},
    {8, 6, D4, 0.7}, {12, 6, D3, 0.8}, {12, 6, A3, 0.8}, {12, 6, E4, 0.6},
};

static const struct note bed_plucks[] = {
    {0.0, 2, G4, .35}, {1.0, 2, B4, .3},  {2.0, 2, D5, .3},  {3.0, 2, B4, .25}, {4.0, 2, E4, .35},
    {5.0, 2, G4, .3},  {6.0, 2, B4, .3},  {7.0, 2, G4, .25}, {8.0, 2, D4, .35}, {9.0, 2, A4, .3},
    {10., 2, D5, .3},  {11., 2, A4, .25}, {12., 2, A4, .35}, {13., 2, E4, .3},  {14., 2, D4, .3},
};

#define COUNT(notes) (sizeof(notes) / sizeof *(notes))

static double sum_of(const struct note *notes, size_t n, double (*at)(const struct note *, double),
                     double second)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += at(&notes[i], second);
    return sum;
}

static double signature_at(double second)
{
    return sum_of(signature, COUNT(signature), pluck_at, second) * rise((4.4 - second) / 1.2);
}

static double crossing_at(double second)
{
    return sum_of(crossing, COUNT(crossing), pluck_at, second) * rise((1.4 - second) / 0.6);
}

enum { BED_SECONDS = 16 };

static double bed_at(double second)
{
    double sum = 0;
    for (int round = 0; round < 2; round++, second += BED_SECONDS)
        sum += sum_of(bed, COUNT(bed), pad_at, second) +
               sum_of(bed_plucks, COUNT(bed_plucks), pluck_at, second);
    return sum;
}

static const struct piece {
    const char *name;
    double seconds;
    double (*at)(double second);
} pieces[] = {
    {"nhac-hieu", 4.4, signature_at},
    {"nhac-nen", BED_SECONDS, bed_at},
    {"chuyen-bai", 1.4, crossing_at},
};

static int write_piece(const struct piece *p)
{
    size_t n = (size_t)(p->seconds * RATE);
    double *sound = calloc(n, sizeof *sound), peak = 0;
    if (!sound)
        return 1;
    for (size_t i = 0; i < n; i++) {
        sound[i] = p->at((double)i / RATE);
        peak = fmax(peak, fabs(sound[i]));
    }
    for (size_t i = 0; i < n; i++) {
        long sample = lround(sound[i] / peak * HIGHEST);
        putchar((int)(sample & 0xFF));
        putchar((int)(sample >> 8 & 0xFF));
    }
    free(sound);
    return fflush(stdout) != 0;
}

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 2 && i < COUNT(pieces); i++)
        if (strcmp(pieces[i].name, argv[1]) == 0)
            return write_piece(&pieces[i]);
    fprintf(stderr, "make_sounds nhac-hieu|nhac-nen|chuyen-bai > NAME.raw\n");
    return 1;
}
