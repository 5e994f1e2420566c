/* What is done to sound before a file: loudness, true peaks, the limiter, tone, dither, levelling.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ebur128.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/vec.h"
#include "sink/master/dither.h"
#include "sink/master/leveller.h"
#include "sink/master/limiter.h"
#include "sink/master/loudness.h"
#include "sink/master/spool.h"
#include "sink/master/tone.h"
#include "sink/master/true_peak.h"

VEC_TYPE(sound, float);

static double in_db(double ratio)
{
    return 20 * log10(ratio);
}

static void assert_near(double a, double b, double most)
{
    if (!(fabs(a - b) <= most))
        fail_msg("%f is not %f, give or take %f", a, b, most);
}

static void add_sine(struct sound *s, double frequency, double level, double phase, uint32_t rate,
                     size_t n)
{
    for (size_t i = 0; i < n; i++)
        *vec_push(s) = (float)(level * sin(2 * M_PI * frequency * (double)i / rate + phase));
}

/* Like speech: bursts of noise, some far louder for a moment, and pauses. */
static struct sound make_bursts(uint32_t rate, size_t n)
{
    struct sound s = {0};
    uint32_t noise = 1;
    for (size_t i = 0; i < n; i++) {
        noise = noise * 1664525u + 1013904223u;
        size_t at = i % (rate / 2);
        double level = at < rate / 3 ? 0.1 : 0;
        level = at > rate / 10 && at < rate / 10 + rate / 200 ? 0.7 : level;
        *vec_push(&s) = (float)(level * ((double)noise / 4294967296.0 * 2 - 1));
    }
    return s;
}

/* ---- loudness ---- */

static double loudness_of_sound(const struct sound *s, uint32_t rate)
{
    struct k_weight weight;
    struct loudness_meter *m = malloc(sizeof *m);
    double energy = 0, lufs = -1000;
    k_weight_open(&weight, rate);
    loudness_begin(m);
    for (size_t i = 0; i < s->n; i++) {
        double weighted = k_weight_next(&weight, s->at[i]);
        energy += weighted * weighted;
        if ((i + 1) % (rate / 10) == 0) {
            loudness_step(m, energy / (rate / 10));
            energy = 0;
        }
    }
    loudness_of(m, &lufs);
    free(m);
    return lufs;
}

/* BS.1770-4: a sine of 997 Hz at full scale in one channel has -3.01 LUFS. */
static void a_sine_has_the_loudness_that_the_standard_says(void **unused)
{
    static const uint32_t rates[] = {16000, 22050, 24000, 32000, 44100, 48000, 96000};
    (void)unused;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        struct sound s = {0};
        add_sine(&s, 997, 1, 0, rates[i], rates[i] * 3);
        assert_near(loudness_of_sound(&s, rates[i]), -3.01, 0.05);
        vec_free(&s);
    }
}

/* EBU Tech 3341, cases 3 and 4: what is 13 LU quieter does not count, nor what is below -70. */
static void quiet_parts_do_not_count(void **unused)
{
    enum { RATE = 48000 };
    (void)unused;
    struct sound s = {0};
    add_sine(&s, 1000, pow(10, -72 / 20.0), 0, RATE, RATE * 10);
    add_sine(&s, 1000, pow(10, -36 / 20.0), 0, RATE, RATE * 10);
    add_sine(&s, 1000, pow(10, -23 / 20.0), 0, RATE, RATE * 60);
    add_sine(&s, 1000, pow(10, -36 / 20.0), 0, RATE, RATE * 10);
    assert_near(loudness_of_sound(&s, RATE), -26.01, 0.1);
    vec_free(&s);
}

static void silence_has_no_loudness(void **unused)
{
    (void)unused;
    struct sound s = {0};
    for (int i = 0; i < 48000; i++)
        *vec_push(&s) = 0;
    assert_true(loudness_of_sound(&s, 48000) == -1000);
    s.n = 100;
    assert_true(loudness_of_sound(&s, 48000) == -1000);
    vec_free(&s);
}

/* ---- true peaks ---- */

/* At a quarter of the sample rate and 45 degrees, the samples lie 3.01 dB below the wave's peak. */
static void a_peak_between_samples_is_seen(void **unused)
{
    static const struct {
        double part, phase;
    } sines[] = {{0.25, M_PI / 4}, {0.25, 0}, {1 / 6.0, M_PI / 3}, {1 / 8.0, M_PI / 8}, {0.4, 0.1}};
    (void)unused;
    struct true_peak t;
    true_peak_open(&t);
    for (size_t i = 0; i < sizeof sines / sizeof *sines; i++) {
        struct sound s = {0};
        add_sine(&s, sines[i].part * 1000, 1, sines[i].phase, 1000, 400);
        assert_near(in_db(true_peak_of(&t, s.at + 100, 200)), 0, 0.25);
        vec_free(&s);
    }
    struct sound s = {0};
    add_sine(&s, 250, 1, M_PI / 4, 1000, 400);
    float most = 0;
    for (size_t i = 0; i < s.n; i++)
        most = fabsf(s.at[i]) > most ? fabsf(s.at[i]) : most;
    assert_near(in_db(most), -3.01, 0.01);
    vec_free(&s);
}

/* ---- the limiter ---- */

static void no_peak_is_above_the_ceiling(void **unused)
{
    enum { BLOCKS = 5000 };
    (void)unused;
    struct limiter l;
    double peaks[BLOCKS], borders[BLOCKS + 1];
    uint32_t noise = 7;
    for (int i = 0; i < BLOCKS; i++) {
        noise = noise * 1664525u + 1013904223u;
        peaks[i] = noise >> 24 < 8 ? 1.5 : 0.2;
    }
    limiter_begin(&l, 2, 0.5, 500);
    for (int i = 0; i <= BLOCKS + LIMITER_DELAY; i++) {
        double border = limiter_next(&l, i < BLOCKS ? peaks[i] : 0);
        if (i >= LIMITER_DELAY)
            borders[i - LIMITER_DELAY] = border;
    }
    for (int i = 0; i < BLOCKS; i++) {
        assert_true(peaks[i] * borders[i] <= 0.5 + 1e-9);
        assert_true(peaks[i] * borders[i + 1] <= 0.5 + 1e-9);
        assert_true(borders[i] - borders[i + 1] < 2 / 3.0); /* of 2: it makes no step */
        assert_true(borders[i + 1] >= borders[i] - 2 / 3.0);
    }
}

static void the_limiter_does_nothing_below_the_ceiling_and_comes_back(void **unused)
{
    (void)unused;
    struct limiter l;
    limiter_begin(&l, 0.9, 1, 500);
    for (int i = 0; i < 100; i++)
        assert_true(limiter_next(&l, 1) == 0.9);
    limiter_next(&l, 3);
    double least = 1, last = 0;
    for (int i = 0; i < 1000; i++) {
        last = limiter_next(&l, 0.5);
        least = last < least ? last : least;
    }
    assert_near(least, 1 / 3.0, 1e-9);
    assert_near(last, 0.9, 1e-3);
}

/* ---- tone ---- */

static void tone_change(const struct sink_tone *settings, struct sound *s, uint32_t rate)
{
    struct tone t;
    float *out = malloc((s->n + TONE_STEP) * sizeof *out);
    size_t n = 0;
    tone_open(&t, settings, rate, 1);
    for (size_t at = 0; at < s->n; at += 100) /* in pieces */
        n += tone_process(&t, s->at + at, s->n - at < 100 ? s->n - at : 100, out + n);
    for (size_t more; (more = tone_end(&t, out + n)) > 0;)
        n += more;
    assert_int_equal(n, s->n);
    memcpy(s->at, out, n * sizeof *out);
    free(out);
    tone_close(&t);
}

static float highest(const struct sound *s, size_t from, size_t to)
{
    float most = 0;
    for (size_t i = from; i < to; i++)
        most = fabsf(s->at[i]) > most ? fabsf(s->at[i]) : most;
    return most;
}

/* By how many decibels a sine comes out louder. */
static double change_of(const struct sink_tone *settings, double frequency, double level)
{
    enum { RATE = 22050 };
    struct sound s = {0};
    add_sine(&s, frequency, level, 0, RATE, RATE);
    tone_change(settings, &s, RATE);
    float most = highest(&s, RATE / 2, RATE);
    vec_free(&s);
    return in_db(most / level);
}

static void the_band_is_kept_and_its_part_lifted(void **unused)
{
    (void)unused;
    const struct sink_tone band = {.low_hz = 250, .high_hz = 6000};
    assert_near(change_of(&band, 1000, 0.1), 0, 0.1);
    assert_near(change_of(&band, 250, 0.1), -3, 0.2);
    assert_near(change_of(&band, 6000, 0.1), -3, 0.2);
    assert_true(change_of(&band, 60, 0.1) < -40);
    assert_true(change_of(&band, 10000, 0.1) < -20);
    const struct sink_tone lift = {.lift_db = 4, .lift_from_hz = 2000, .lift_to_hz = 4000};
    assert_near(change_of(&lift, sqrt(2000.0 * 4000), 0.1), 4, 0.1);
    assert_near(change_of(&lift, 2000, 0.1), 2, 0.2);
    assert_near(change_of(&lift, 200, 0.1), 0, 0.2);
    const struct sink_tone nothing = {0};
    assert_false(tone_is_wanted(&nothing));
    assert_true(tone_is_wanted(&band) && tone_is_wanted(&lift));
}

static void what_is_above_the_threshold_is_halved(void **unused)
{
    (void)unused;
    const struct sink_tone gentle = {.ratio = 2, .threshold_db = -26};
    assert_near(change_of(&gentle, 1000, pow(10, -14.0 / 20)), -6, 0.1);
    assert_near(change_of(&gentle, 1000, pow(10, -30.0 / 20)), 0, 0.1);
}

/* Two channels are filtered each for itself, and compressed as the louder one needs. */
static void two_channels_have_one_tone(void **unused)
{
    enum { RATE = 22050, FRAMES = 10000, PIECE = 77 };
    (void)unused;
    const struct sink_tone settings = {.low_hz = 250, .ratio = 3, .threshold_db = -20};
    struct sound left = make_bursts(RATE, FRAMES), two = {0};
    for (size_t i = 0; i < FRAMES; i++) {
        *vec_push(&two) = left.at[i];
        *vec_push(&two) = -left.at[i] / 4;
    }
    float *out = malloc(2 * (FRAMES + TONE_STEP) * sizeof *out);
    struct tone t;
    size_t n = 0;
    tone_open(&t, &settings, RATE, 2);
    for (size_t at = 0; at < FRAMES; at += PIECE)
        n += tone_process(&t, two.at + 2 * at, FRAMES - at < PIECE ? FRAMES - at : PIECE,
                          out + 2 * n);
    for (size_t more; (more = tone_end(&t, out + 2 * n)) > 0;)
        n += more;
    tone_close(&t);
    tone_change(&settings, &left, RATE);
    assert_int_equal(n, FRAMES);
    for (size_t i = 0; i < FRAMES; i++) {
        assert_near(out[2 * i], left.at[i], 1e-6);
        assert_near(out[2 * i + 1], -left.at[i] / 4, 1e-6);
    }
    free(out);
    vec_free(&two);
    vec_free(&left);
}

/* The compressor has seen a loud sound when it begins, and silence stays where it was. */
static void a_loud_beginning_is_no_louder_than_the_rest(void **unused)
{
    enum { RATE = 22050, START = 5000, END = 15000 };
    (void)unused;
    const struct sink_tone gentle = {.ratio = 3, .threshold_db = -20};
    struct sound s = {0};
    add_sine(&s, 1000, 0, 0, RATE, START);
    add_sine(&s, 1000, 0.9, 0, RATE, END - START);
    add_sine(&s, 1000, 0, 0, RATE, RATE - END);
    tone_change(&gentle, &s, RATE);
    float first = highest(&s, 0, START + RATE / 100), later = highest(&s, END - RATE / 10, END);
    /* The turned phases take a moment. Without a look ahead it would be 12. */
    assert_true(in_db(first / later) < 3);
    assert_true(highest(&s, 0, START) == 0);
    assert_true(highest(&s, START, START + RATE / 200) > 0.1);
    assert_true(highest(&s, END + RATE / 50, RATE) < 0.001);
    vec_free(&s);
}

/* ---- dither ---- */

static void dither_is_fair_repeatable_and_silent_in_silence(void **unused)
{
    enum { N = 100000 };
    (void)unused;
    float *sound = calloc(N, sizeof *sound);
    int16_t *one = malloc(N * sizeof *one), *two = malloc(N * sizeof *two);
    dither_samples(&(struct dither){0}, sound, N, one);
    for (int i = 0; i < N; i++)
        assert_int_equal(one[i], 0);
    for (int i = 0; i < N; i++)
        sound[i] = 0.3F / 32768;
    dither_samples(&(struct dither){0}, sound, N, one);
    struct dither d = {0};
    dither_samples(&d, sound, 777, two);
    dither_samples(&d, sound + 777, N - 777, two + 777);
    assert_memory_equal(one, two, N * sizeof *one);
    double sum = 0, squares = 0;
    for (int i = 0; i < N; i++) {
        sum += one[i];
        squares += (one[i] - 0.3) * (one[i] - 0.3);
    }
    assert_near(sum / N, 0.3, 0.01);
    assert_near(squares / N, 0.25, 0.01); /* 1/12 of rounding, 2/12 of the noise */
    sound[0] = 2;
    sound[1] = -2;
    dither_samples(&d, sound, 2, one);
    assert_int_equal(one[0], 32767);
    assert_int_equal(one[1], -32768);
    free(sound);
    free(one);
    free(two);
}

/* ---- the spool ---- */

static void a_spool_gives_what_it_took(void **unused)
{
    enum { N = 300 * 1000 };
    (void)unused;
    struct err e = ERR_INIT;
    struct spool *s;
    uint32_t back;
    assert_int_equal(spool_open(&s, "/tmp/docbao-spool.wav", &e), STATUS_OK);
    for (uint32_t i = 0; i < N; i++)
        assert_true(spool_write(s, &i, sizeof i));
    for (int round = 0; round < 2; round++) {
        assert_true(spool_rewind(s));
        for (uint32_t i = 0; i < N; i++) {
            assert_int_equal(spool_read(s, &back, sizeof back), sizeof back);
            assert_int_equal(back, i);
        }
        assert_int_equal(spool_read(s, &back, sizeof back), 0);
    }
    assert_int_equal(spool_status(s, &e), STATUS_OK);
    spool_close(s);
    assert_int_equal(access("/tmp/docbao-spool.wav", F_OK), -1);
    assert_int_equal(spool_open(&s, "/tmp/no-such-folder/a.wav", &e), STATUS_OUTPUT);
    assert_null(s);
    err_free(&e);
}

/* ---- the leveller ---- */

static struct sound level(const struct sound *in, const struct leveller_settings *settings,
                          size_t piece, struct leveller_report *report)
{
    struct err e = ERR_INIT;
    struct leveller *l;
    struct sound out = {0};
    size_t n = 1;
    assert_int_equal(leveller_open(&l, settings, &e), STATUS_OK);
    size_t width = settings->width, frames = in->n / width;
    for (size_t at = 0; at < frames; at += piece) {
        size_t more = frames - at < piece ? frames - at : piece;
        assert_int_equal(leveller_add(l, in->at + at * width, more, &e), STATUS_OK);
    }
    assert_int_equal(leveller_settle(l, report, &e), STATUS_OK);
    while (n) {
        vec_reserve(&out, piece * width);
        assert_int_equal(leveller_next(l, out.at + out.n, piece, &n, &e), STATUS_OK);
        out.n += n * width;
    }
    leveller_close(l);
    err_free(&e);
    assert_int_equal(out.n, in->n);
    return out;
}

/* By libebur128. */
static double measure_channels(const struct sound *s, uint32_t rate, unsigned channels)
{
    double lufs = 0;
    int16_t *pcm = malloc(s->n * sizeof *pcm);
    ebur128_state *meter = ebur128_init(channels, rate, EBUR128_MODE_I);
    dither_samples(&(struct dither){0}, s->at, s->n, pcm);
    assert_int_equal(ebur128_add_frames_short(meter, pcm, s->n / channels), EBUR128_SUCCESS);
    assert_int_equal(ebur128_loudness_global(meter, &lufs), EBUR128_SUCCESS);
    ebur128_destroy(&meter);
    free(pcm);
    return lufs;
}

static double measure(const struct sound *s, uint32_t rate)
{
    return measure_channels(s, rate, 1);
}

static double true_peak_db(const struct sound *s)
{
    struct true_peak t;
    true_peak_open(&t);
    return in_db(true_peak_of(&t, s->at + TRUE_PEAK_HALF, s->n - 2 * TRUE_PEAK_HALF));
}

static void loudness_and_peak_are_as_asked(void **unused)
{
    static const double targets[] = {-30, -23, -19, -16};
    static const uint32_t rates[] = {22050, 44100, 48000};
    (void)unused;
    for (size_t r = 0; r < 3; r++) {
        struct sound in = make_bursts(rates[r], rates[r] * 10);
        for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
            struct leveller_settings settings = {"/tmp/a.wav", rates[r],   1, 1,
                                                 true,         targets[i], -1};
            struct leveller_report report;
            struct sound out = level(&in, &settings, 4096, &report);
            assert_near(measure(&out, rates[r]), targets[i], 0.1);
            assert_near(report.lufs, targets[i], 0.05);
            assert_true(true_peak_db(&out) <= -1);
            assert_true(report.peak_dbtp <= -1 && !report.is_silent);
            assert_true(targets[i] > -23 ? report.most_cut_db > 1 : report.most_cut_db < 12);
            vec_free(&out);
        }
        vec_free(&in);
    }
}

/* In two channels, of which the second has half of the level. */
static struct sound in_two(const struct sound *s)
{
    struct sound two = {0};
    for (size_t i = 0; i < s->n; i++) {
        *vec_push(&two) = s->at[i];
        *vec_push(&two) = s->at[i] / 2;
    }
    return two;
}

static void two_channels_have_one_gain(void **unused)
{
    enum { RATE = 22050 };
    (void)unused;
    struct sound in = make_bursts(RATE, RATE * 10), two = in_two(&in);
    struct leveller_settings settings = {"/tmp/a.wav", RATE, 2, 2, true, -16, -1};
    struct leveller_report report;
    struct sound out = level(&two, &settings, 4096, &report);
    assert_near(measure_channels(&out, RATE, 2), -16, 0.1);
    assert_near(report.lufs, -16, 0.05);
    assert_true(report.most_cut_db > 1);
    for (size_t i = 0; i < out.n; i += 2)
        assert_near(out.at[i], 2 * out.at[i + 1], 1e-6);
    /* What is in both alike has the loudness of one that is played in both. */
    for (size_t i = 0; i < in.n; i++)
        two.at[2 * i + 1] = two.at[2 * i];
    struct leveller_settings one = {"/tmp/a.wav", RATE, 1, 2, true, -16, -1};
    struct sound both = level(&two, &settings, 1000, &report),
                 same = level(&in, &one, 1000, &report);
    for (size_t i = 0; i < in.n; i++) {
        assert_near(both.at[2 * i], same.at[i], 1e-4);
        assert_true(both.at[2 * i] == both.at[2 * i + 1]);
    }
    vec_free(&out);
    vec_free(&both);
    vec_free(&same);
    vec_free(&two);
    vec_free(&in);
}

static void pieces_make_no_difference_and_nothing_moves(void **unused)
{
    (void)unused;
    struct sound in = make_bursts(22050, 30000);
    struct leveller_settings settings = {"/tmp/a.wav", 22050, 1, 2, true, -14, -1.5};
    struct leveller_report one, two;
    struct sound a = level(&in, &settings, 30000, &one), b = level(&in, &settings, 7, &two);
    assert_memory_equal(a.at, b.at, a.n * sizeof *a.at);
    assert_true(one.most_cut_db == two.most_cut_db && one.gain_db == two.gain_db);
    for (size_t i = 0; i < in.n; i++)
        assert_true((in.at[i] > 0) == (a.at[i] > 0) && (in.at[i] < 0) == (a.at[i] < 0));
    vec_free(&a);
    vec_free(&b);
    vec_free(&in);
}

static void without_a_loudness_only_peaks_change(void **unused)
{
    (void)unused;
    struct sound in = make_bursts(22050, 44100);
    struct leveller_settings settings = {"/tmp/a.wav", 22050, 1, 1, false, 0, -6};
    struct leveller_report report;
    struct sound out = level(&in, &settings, 1000, &report);
    assert_true(report.gain_db == 0 && report.most_cut_db > 1);
    assert_true(true_peak_db(&out) <= -6);
    assert_true(out.at[100] == in.at[100]);
    vec_free(&in);
    vec_free(&out);
}

static void silence_and_nothing_stay_what_they_are(void **unused)
{
    (void)unused;
    struct sound in = {0};
    struct leveller_settings settings = {"/tmp/a.wav", 22050, 1, 1, true, -16, -1};
    struct leveller_report report;
    struct sound out = level(&in, &settings, 100, &report);
    assert_true(report.is_silent && report.gain_db == 0);
    for (int i = 0; i < 30000; i++)
        *vec_push(&in) = 0;
    vec_free(&out);
    out = level(&in, &settings, 100, &report);
    assert_true(report.is_silent);
    assert_memory_equal(in.at, out.at, in.n * sizeof *in.at);
    vec_free(&in);
    vec_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sine_has_the_loudness_that_the_standard_says),
        cmocka_unit_test(quiet_parts_do_not_count),
        cmocka_unit_test(silence_has_no_loudness),
        cmocka_unit_test(a_peak_between_samples_is_seen),
        cmocka_unit_test(no_peak_is_above_the_ceiling),
        cmocka_unit_test(the_limiter_does_nothing_below_the_ceiling_and_comes_back),
        cmocka_unit_test(the_band_is_kept_and_its_part_lifted),
        cmocka_unit_test(what_is_above_the_threshold_is_halved),
        cmocka_unit_test(a_loud_beginning_is_no_louder_than_the_rest),
        cmocka_unit_test(dither_is_fair_repeatable_and_silent_in_silence),
        cmocka_unit_test(a_spool_gives_what_it_took),
        cmocka_unit_test(loudness_and_peak_are_as_asked),
        cmocka_unit_test(two_channels_have_one_gain),
        cmocka_unit_test(two_channels_have_one_tone),
        cmocka_unit_test(pieces_make_no_difference_and_nothing_moves),
        cmocka_unit_test(without_a_loudness_only_peaks_change),
        cmocka_unit_test(silence_and_nothing_stay_what_they_are),
    };
    return cmocka_run_group_tests_name("master", tests, NULL, NULL);
}
