/*
 * What is in a sound file, for tests:
 *
 *     soundfacts length FILE              seconds
 *     soundfacts loudness FILE FROM TO    LUFS of that part, in seconds (TO 0: to the end)
 *     soundfacts level FILE FROM TO       dB of its mean power; -200 where there is exact silence
 *     soundfacts side FILE FROM TO        the same of half of the difference between two channels
 */
#include <ebur128.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CHANNELS = 2, PIECE = 4096 };

struct part {
    SNDFILE *file;
    SF_INFO info;
    sf_count_t left; /* frames still to read */
};

static int open_part(struct part *p, const char *path, double from, double to)
{
    memset(p, 0, sizeof *p);
    p->file = sf_open(path, SFM_READ, &p->info);
    if (!p->file || p->info.channels > MOST_CHANNELS) {
        fprintf(stderr, "soundfacts: %s: %s\n", path, sf_strerror(p->file));
        return 0;
    }
    sf_count_t first = (sf_count_t)(from * p->info.samplerate);
    sf_count_t end = to > 0 ? (sf_count_t)(to * p->info.samplerate) : p->info.frames;
    p->left = end - first;
    return sf_seek(p->file, first, SEEK_SET) >= 0;
}

static sf_count_t read_part(struct part *p, float *sound)
{
    sf_count_t wanted = p->left < PIECE ? p->left : PIECE;
    sf_count_t n = wanted > 0 ? sf_readf_float(p->file, sound, wanted) : 0;
    p->left -= n;
    return n;
}

static double loudness_of(struct part *p)
{
    float sound[PIECE * MOST_CHANNELS];
    double lufs = -HUGE_VAL;
    ebur128_state *state =
        ebur128_init((unsigned)p->info.channels, (unsigned long)p->info.samplerate, EBUR128_MODE_I);
    for (sf_count_t n; (n = read_part(p, sound)) > 0;)
        ebur128_add_frames_float(state, sound, (size_t)n);
    ebur128_loudness_global(state, &lufs);
    ebur128_destroy(&state);
    return lufs;
}

static double level_of(struct part *p)
{
    float sound[PIECE * MOST_CHANNELS];
    double sum = 0, count = 0;
    for (sf_count_t n; (n = read_part(p, sound)) > 0; count += (double)n * p->info.channels)
        for (sf_count_t i = 0; i < n * p->info.channels; i++)
            sum += sound[i] * (double)sound[i];
    return sum > 0 ? 10 * log10(sum / count) : -200;
}

static double side_of(struct part *p)
{
    float sound[PIECE * MOST_CHANNELS];
    double sum = 0, count = 0;
    for (sf_count_t n; p->info.channels == 2 && (n = read_part(p, sound)) > 0; count += (double)n)
        for (sf_count_t i = 0; i < n; i++) {
            double side = (sound[2 * i] - (double)sound[2 * i + 1]) / 2;
            sum += side * side;
        }
    return sum > 0 ? 10 * log10(sum / count) : -200;
}

int main(int argc, char **argv)
{
    struct part p;
    double from = argc > 4 ? strtod(argv[3], NULL) : 0, to = argc > 4 ? strtod(argv[4], NULL) : 0;
    if (argc < 3 || !open_part(&p, argv[2], from, to))
        return 1;
    if (strcmp(argv[1], "length") == 0)
        printf("%.3f\n", (double)p.info.frames / p.info.samplerate);
    else if (strcmp(argv[1], "loudness") == 0)
        printf("%.2f\n", loudness_of(&p));
    else if (strcmp(argv[1], "side") == 0)
        printf("%.1f\n", side_of(&p));
    else
        printf("%.1f\n", level_of(&p));
    sf_close(p.file);
    return 0;
}
