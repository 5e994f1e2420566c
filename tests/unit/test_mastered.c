/* The file sink with changes to the sound before it: what reaches the file, and where its marks
 * are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sink/sink.h"

enum { RATE = 22050, FRAMES = 3 * RATE, CLICK = 40000 };

static char target[] = "/tmp/docbao-mastered-XXXXXX";
static char path[80];

static int make_folder(void **unused)
{
    (void)unused;
    return mkdtemp(target) ? 0 : -1;
}

static int remove_folder(void **unused)
{
    (void)unused;
    return rmdir(target); /* fails if anything was left */
}

/* A soft tone with one click. */
static int16_t *make_sound(void)
{
    int16_t *pcm = malloc(FRAMES * sizeof *pcm);
    for (int i = 0; i < FRAMES; i++)
        pcm[i] = (int16_t)lrint(1500 * sin(i * 0.1));
    pcm[CLICK] = 30000;
    return pcm;
}

static enum status save(const struct sink_delivery *delivery, uint32_t piece, bool finish,
                        const volatile sig_atomic_t *stop)
{
    struct err e = ERR_INIT;
    struct sink_format format = {RATE, 1, stop, delivery};
    void *state;
    int16_t *pcm = make_sound();
    snprintf(path, sizeof path, "%s/a.wav", target);
    enum status status = sink_mastered.open(&state, path, &format, &e);
    for (uint32_t at = 0; at < FRAMES && !status; at += piece)
        status =
            sink_mastered.write(state, pcm + at, FRAMES - at < piece ? FRAMES - at : piece, &e);
    if (!status && finish)
        status = sink_mastered.finish(state, &e);
    sink_mastered.close(state);
    free(pcm);
    err_free(&e);
    return status;
}

struct saved {
    SF_INFO info;
    int16_t *pcm;
};

/* The file, which is removed. */
static struct saved load(void)
{
    struct saved s = {{0}, NULL};
    SNDFILE *f = sf_open(path, SFM_READ, &s.info);
    assert_non_null(f);
    s.pcm = malloc((size_t)s.info.frames * (size_t)s.info.channels * sizeof *s.pcm);
    assert_int_equal(sf_readf_short(f, s.pcm, s.info.frames), s.info.frames);
    sf_close(f);
    unlink(path);
    return s;
}

static sf_count_t loudest(const struct saved *s)
{
    sf_count_t at = 0;
    for (sf_count_t i = 0; i < s->info.frames; i++)
        if (s->pcm[i * s->info.channels] > s->pcm[at * s->info.channels])
            at = i;
    return at;
}

/* The click is the loudest sample, and stays where it was. */
static void nothing_is_moved_in_time(void **unused)
{
    struct sink_level level;
    const struct sink_delivery deliveries[] = {
        {.channels = 2},
        {.rate = 48000},
        {.rate = 44100, .channels = 2},
        {.rate = 16000},
        {.has_peak = true, .peak_dbtp = -6, .level = &level},
        {.has_loudness = true, .lufs = -20, .peak_dbtp = -1, .level = &level},
        {.rate = 44100,
         .channels = 2,
         .has_loudness = true,
         .lufs = -23,
         .peak_dbtp = -2,
         .level = &level},
        {.rate = 8000,
         .has_loudness = true,
         .has_peak = true,
         .lufs = -23,
         .peak_dbtp = -2,
         .level = &level},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof deliveries / sizeof *deliveries; i++) {
        const struct sink_delivery *d = &deliveries[i];
        uint32_t rate = d->rate ? d->rate : RATE;
        assert_int_equal(save(d, 1000, true, NULL), STATUS_OK);
        struct saved s = load();
        assert_int_equal(s.info.samplerate, rate);
        assert_int_equal(s.info.channels, d->channels ? d->channels : 1);
        assert_true(llabs(s.info.frames - (long long)FRAMES * rate / RATE) <= 1);
        assert_true(llabs(loudest(&s) - (long long)llround((double)CLICK * rate / RATE)) <=
                    (rate == RATE ? 0 : 1));
        free(s.pcm);
    }
}

/* Two equal channels, and no sample is another, where nothing else was asked for. */
static void channels_alone_change_no_sample(void **unused)
{
    (void)unused;
    const struct sink_delivery two = {.channels = 2};
    assert_int_equal(save(&two, 777, true, NULL), STATUS_OK);
    struct saved s = load();
    int16_t *pcm = make_sound();
    for (int i = 0; i < FRAMES; i++)
        assert_true(s.pcm[2 * i] == pcm[i] && s.pcm[2 * i + 1] == pcm[i]);
    free(pcm);
    free(s.pcm);
}

static void pieces_make_no_difference(void **unused)
{
    (void)unused;
    struct sink_level level;
    const struct sink_delivery d = {
        .rate = 44100,
        .tone = {.low_hz = 250,
                 .high_hz = 6000,
                 .lift_db = 4,
                 .lift_from_hz = 2000,
                 .lift_to_hz = 4000,
                 .ratio = 2,
                 .threshold_db = -26},
        .has_loudness = true,
        .lufs = -18,
        .peak_dbtp = -1.5,
        .level = &level,
    };
    assert_int_equal(save(&d, FRAMES, true, NULL), STATUS_OK);
    struct saved one = load();
    assert_int_equal(save(&d, 61, true, NULL), STATUS_OK);
    struct saved two = load();
    assert_int_equal(one.info.frames, two.info.frames);
    assert_memory_equal(one.pcm, two.pcm, (size_t)one.info.frames * sizeof *one.pcm);
    assert_true(level.known && fabs(level.lufs + 18) < 0.2);
    free(one.pcm);
    free(two.pcm);
}

/* remove_folder fails if anything is left. */
static void a_stop_leaves_nothing(void **unused)
{
    static volatile sig_atomic_t stop = 1;
    (void)unused;
    const struct sink_delivery d = {.has_loudness = true, .lufs = -18, .peak_dbtp = -1};
    assert_int_equal(save(&d, 1000, true, &stop), STATUS_STOPPED);
    assert_int_equal(save(&d, 1000, false, NULL), STATUS_OK);
    assert_int_equal(access(path, F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_moved_in_time),
        cmocka_unit_test(channels_alone_change_no_sample),
        cmocka_unit_test(pieces_make_no_difference),
        cmocka_unit_test(a_stop_leaves_nothing),
    };
    return cmocka_run_group_tests_name("mastered", tests, make_folder, remove_folder);
}
