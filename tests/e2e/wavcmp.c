/*
 * wavcmp A B: whether two sound files hold the same sound but for silence at the ends. Several
 * channels must all hold the same. Exit 0: they do; 1: they do not, and it says where.
 * wavcmp --frames A: prints the number of frames.
 */
#include <sndfile.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sound {
    int16_t *pcm; /* one channel */
    sf_count_t from, frames;
    int rate;
};

static SNDFILE *open_sound(const char *path, SF_INFO *info)
{
    SNDFILE *file = sf_open(path, SFM_READ, info);
    if (file)
        return file;
    fprintf(stderr, "%s: %s\n", path, sf_strerror(NULL));
    exit(2);
}

static struct sound load(const char *path)
{
    SF_INFO info = {0};
    SNDFILE *file = open_sound(path, &info);
    struct sound s = {.rate = info.samplerate};
    sf_count_t cap = 0;
    int16_t frame[16];
    while (info.channels <= 16 && sf_readf_short(file, frame, 1) == 1) {
        if (s.frames == cap) {
            cap = cap ? cap * 2 : 65536;
            s.pcm = realloc(s.pcm, (size_t)cap * sizeof *s.pcm);
            if (!s.pcm)
                abort();
        }
        for (int c = 1; c < info.channels; c++) {
            if (frame[c] == frame[0])
                continue;
            fprintf(stderr, "%s: channels differ at frame %lld\n", path, (long long)s.frames);
            exit(1);
        }
        s.pcm[s.frames++] = frame[0];
    }
    sf_close(file);
    return s;
}

/* Leaves out the silence at both ends. */
static void trim(struct sound *s)
{
    while (s->frames && !s->pcm[s->from + s->frames - 1])
        s->frames--;
    while (s->frames && !s->pcm[s->from]) {
        s->from++;
        s->frames--;
    }
}

static int compare(const struct sound *a, const struct sound *b)
{
    if (a->rate != b->rate || a->frames != b->frames || !a->frames) {
        printf("%d Hz, %lld frames; %d Hz, %lld frames\n", a->rate, (long long)a->frames, b->rate,
               (long long)b->frames);
        return 1;
    }
    for (sf_count_t i = 0; i < a->frames; i++) {
        if (a->pcm[a->from + i] == b->pcm[b->from + i])
            continue;
        printf("they differ at frame %lld of %lld\n", (long long)i, (long long)a->frames);
        return 1;
    }
    return 0;
}

static int print_frames(const char *path)
{
    struct sound s = load(path);
    printf("%lld\n", (long long)s.frames);
    free(s.pcm);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: wavcmp A B, or wavcmp --frames A\n", stderr);
        return 2;
    }
    if (strcmp(argv[1], "--frames") == 0)
        return print_frames(argv[2]);
    struct sound a = load(argv[1]), b = load(argv[2]);
    trim(&a);
    trim(&b);
    int code = compare(&a, &b);
    free(a.pcm);
    free(b.pcm);
    return code;
}
