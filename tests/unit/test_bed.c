/* Recordings, and the music under speech that is made of one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/bed.h"
#include "sink/tag/bytes.h"

enum { RATE = 8000 };

/* A WAV file of so many frames: a tone of 400 Hz at half of full scale, or a constant. */
static struct buf wav(uint32_t rate, uint32_t channels, uint32_t frames, bool tone)
{
    struct buf b = BUF_INIT;
    uint32_t bytes = frames * channels * 2;
    buf_adds(&b, "RIFF");
    le_add(&b, 36 + bytes, 4);
    buf_adds(&b, "WAVEfmt ");
    le_add(&b, 16, 4);
    le_add(&b, 1, 2);
    le_add(&b, channels, 2);
    le_add(&b, rate, 4);
    le_add(&b, rate * channels * 2, 4);
    le_add(&b, channels * 2, 2);
    le_add(&b, 16, 2);
    buf_adds(&b, "data");
    le_add(&b, bytes, 4);
    for (uint32_t i = 0; i < frames; i++)
        for (uint32_t c = 0; c < channels; c++) {
            double wave = sin(6.283185307179586 * 400 * i / rate);
            le_add(&b, (uint64_t)(int64_t)(tone ? 16384 * wave : 8192), 2);
        }
    return b;
}

static enum status open_bytes(struct recording **r, const struct buf *bytes, uint32_t most,
                              struct err *e)
{
    const struct recording_options o = {.name = "nhạc.wav",
                                        .bytes = buf_sv(bytes),
                                        .target = "/tmp/x.wav",
                                        .rate = RATE,
                                        .channels = most};
    return recording_open(r, &o, e);
}

static struct recording *opened_in(struct buf bytes, uint32_t most)
{
    struct recording *r;
    struct err e = ERR_INIT;
    if (open_bytes(&r, &bytes, most, &e))
        fail_msg("%s", e.message.p);
    buf_free(&bytes);
    return r;
}

static struct recording *opened(struct buf bytes)
{
    return opened_in(bytes, 1);
}

static float mean_power(const float *sound, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += sound[i] * (double)sound[i];
    return (float)(sum / (double)n);
}

/* ---- recordings ---- */

static void any_rate_and_channels(void **unused)
{
    (void)unused;
    static const uint32_t rates[] = {8000, 11025, 44100, 48000, 96000};
    for (size_t i = 0; i < 5; i++)
        for (uint32_t channels = 1; channels <= 2; channels++) {
            struct recording *r = opened(wav(rates[i], channels, rates[i], true));
            float sound[RATE];
            assert_in_range(recording_frames(r), RATE - 1, RATE + 1);
            assert_in_range(recording_read(r, sound, RATE, 1), RATE - 1, RATE);
            /* Half of full scale: a power of 1/8. */
            assert_true(fabsf(mean_power(sound + 800, RATE - 1600) - 0.125F) < 0.002F);
            recording_close(r);
        }
}

/* The second channel of a WAV file is made silent. */
static struct buf left_only(uint32_t rate, uint32_t frames)
{
    enum { HEAD = 44 };
    struct buf b = wav(rate, 2, frames, true);
    for (size_t at = HEAD; at + 4 <= b.n; at += 4)
        b.p[at + 2] = b.p[at + 3] = 0;
    return b;
}

static void two_channels_stay_two(void **unused)
{
    (void)unused;
    static const uint32_t rates[] = {8000, 48000};
    for (size_t k = 0; k < 2; k++) {
        struct recording *r = opened_in(left_only(rates[k], rates[k]), 2);
        float sound[2 * RATE], left[RATE], right[RATE];
        assert_int_equal(recording_channels(r), 2);
        assert_in_range(recording_frames(r), RATE - 1, RATE + 1);
        size_t n = recording_read(r, sound, RATE, 2);
        assert_in_range(n, RATE - 1, RATE);
        for (size_t i = 0; i < n; i++) {
            left[i] = sound[2 * i];
            right[i] = sound[2 * i + 1];
        }
        assert_true(fabsf(mean_power(left + 800, RATE - 1600) - 0.125F) < 0.002F);
        assert_true(mean_power(right, n) == 0);
        recording_close(r);
    }
    /* Where one channel is wanted, it is the mean; where two are, one is given twice. */
    struct recording *mean = opened_in(left_only(RATE, RATE), 1);
    struct recording *one = opened_in(wav(RATE, 1, RATE, true), 2);
    float sound[2 * RATE];
    assert_int_equal(recording_channels(mean), 1);
    assert_int_equal(recording_read(mean, sound, RATE, 1), RATE);
    assert_true(fabsf(mean_power(sound, RATE) - 0.125F / 4) < 0.001F);
    assert_int_equal(recording_channels(one), 1);
    assert_int_equal(recording_read(one, sound, RATE, 2), RATE);
    assert_true(fabsf(mean_power(sound, 2 * (size_t)RATE) - 0.125F) < 0.002F);
    for (size_t i = 0; i < RATE; i++)
        assert_true(sound[2 * i] == sound[2 * i + 1]);
    recording_close(mean);
    recording_close(one);
}

/* Speech at a loudness, in both channels, has as much power as a recording of that loudness. */
static void two_channels_have_the_loudness_of_one(void **unused)
{
    (void)unused;
    struct recording *one = opened_in(wav(RATE, 1, 4 * RATE, true), 2);
    struct recording *half = opened_in(left_only(RATE, 4 * RATE), 2);
    float sound[8 * RATE];
    recording_level(one, -30);
    recording_level(half, -30);
    recording_read(one, sound, 4 * RATE, 2);
    double power = mean_power(sound, 8 * (size_t)RATE);
    recording_read(half, sound, 4 * RATE, 2);
    assert_true(fabs(10 * log10(mean_power(sound, 8 * (size_t)RATE) / power)) < 0.1);
    recording_close(one);
    recording_close(half);
}

static void read_again(void **unused)
{
    (void)unused;
    struct recording *r = opened(wav(RATE, 1, 5000, true));
    float one[5000], two[5000], more;
    assert_int_equal(recording_read(r, one, 2000, 1), 2000);
    assert_int_equal(recording_read(r, one + 2000, 4000, 1), 3000);
    assert_int_equal(recording_read(r, &more, 1, 1), 0);
    recording_rewind(r);
    assert_int_equal(recording_read(r, two, 5000, 1), 5000);
    assert_memory_equal(one, two, sizeof one);
    recording_close(r);
}

static void brought_to_a_loudness(void **unused)
{
    (void)unused;
    struct recording *r = opened(wav(RATE, 1, 4 * RATE, true));
    float sound[4 * RATE];
    recording_level(r, -30);
    assert_int_equal(recording_read(r, sound, 4 * RATE, 1), 4 * RATE);
    /* At 400 Hz the weighting changes little: -30 LUFS are about -29.3 dB of a sine's power. */
    assert_true(fabs(10 * log10(mean_power(sound, 4 * RATE)) + 29.5) < 1);
    recording_level(r, 0); /* its peaks would go beyond full scale */
    recording_rewind(r);
    assert_int_equal(recording_read(r, sound, 4 * RATE, 1), 4 * RATE);
    for (size_t i = 0; i < 4 * RATE; i++)
        assert_true(fabsf(sound[i]) < 0.9F);
    recording_close(r);
}

static void what_is_no_sound(void **unused)
{
    (void)unused;
    struct buf whole = wav(RATE, 1, 100, true);
    for (size_t n = 0; n < whole.n; n += 7) { /* cut anywhere: some sound, or an error */
        struct recording *r;
        struct err e = ERR_INIT;
        struct buf cut = BUF_INIT;
        buf_add(&cut, whole.p, n);
        if (open_bytes(&r, &cut, 2, &e)) {
            assert_int_equal(e.status, STATUS_INPUT);
            assert_non_null(strstr(e.message.p, "cannot be read"));
            assert_string_equal(e.file.p, "nhạc.wav");
        } else {
            assert_in_range(recording_frames(r), 1, 100);
            recording_close(r);
        }
        err_free(&e);
        buf_free(&cut);
    }
    buf_free(&whole);
}

static void what_is_no_file(void **unused)
{
    (void)unused;
    static const char *const names[] = {"/tmp", "/tmp/không-có.wav", "/dev/null", "/dev/zero"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct recording_options o = {
            .name = names[i], .target = "/tmp/x.wav", .rate = RATE, .channels = 1};
        struct recording *r;
        struct err e = ERR_INIT;
        assert_int_equal(recording_open(&r, &o, &e), STATUS_INPUT);
        assert_null(r);
        assert_string_equal(e.file.p, names[i]);
        err_free(&e);
    }
}

/* ---- beds ---- */

/* Music that is 8192 all the time. */
static struct bed begun(uint32_t frames)
{
    struct bed b = {0};
    bed_begin(&b, opened(wav(RATE, 1, frames, false)), RATE, 1, -6, -20);
    return b;
}

static void ended(struct bed *b)
{
    struct recording *music = b->music;
    bed_end(b);
    recording_close(music);
}

static int16_t mixed(struct bed *b, struct bed_place place)
{
    int16_t pcm = 0;
    bed_mix(b, &pcm, 1, place);
    return pcm;
}

static void pass(struct bed *b, uint32_t frames)
{
    int16_t *pcm = calloc(frames, sizeof *pcm);
    bed_mix(b, pcm, frames, (struct bed_place){BED_NEVER, BED_NEVER, BED_NEVER});
    free(pcm);
}

static void it_goes_down_before_the_speech(void **unused)
{
    (void)unused;
    struct bed b = begun(4 * RATE);
    int16_t pcm[RATE] = {0};
    int full = 8192 / 2, duck = 819;
    pass(&b, RATE);
    bed_mix(&b, pcm, RATE, (struct bed_place){BED_NEVER, RATE, BED_NEVER});
    assert_in_range(pcm[0], full - 90, full + 90);
    assert_in_range(pcm[RATE * 6 / 10], full - 90, full + 90);
    assert_in_range(pcm[RATE - 1], duck, duck + 40);
    for (size_t i = 1; i < RATE; i++)
        assert_true(pcm[i] <= pcm[i - 1] + 1 && pcm[i] > pcm[i - 1] - 30); /* no step */
    assert_in_range(mixed(&b, (struct bed_place){0, 0, BED_NEVER}), duck - 5, duck + 5);
    /* It stays down for a moment, comes back, and knows when somebody speaks again. */
    assert_in_range(mixed(&b, (struct bed_place){RATE / 4, BED_NEVER, BED_NEVER}), duck - 5,
                    duck + 5);
    int half = mixed(&b, (struct bed_place){RATE * 85 / 100, BED_NEVER, BED_NEVER});
    assert_in_range(half, duck + 1400, full - 1400);
    assert_in_range(mixed(&b, (struct bed_place){2 * RATE, BED_NEVER, BED_NEVER}), full - 90,
                    full + 90);
    assert_in_range(mixed(&b, (struct bed_place){2 * RATE, 1, BED_NEVER}), duck - 5, duck + 25);
    ended(&b);
}

static void it_is_in_two_channels(void **unused)
{
    (void)unused;
    struct bed b = {0};
    struct buf bytes = wav(RATE, 2, 4 * RATE, false);
    for (size_t at = 44; at + 4 <= bytes.n; at += 4)
        bytes.p[at + 2] = bytes.p[at + 3] = 0;
    int16_t pcm[2 * RATE];
    for (size_t i = 0; i < 2 * (size_t)RATE; i++)
        pcm[i] = 100;
    bed_begin(&b, opened_in(bytes, 2), RATE, 2, -6, -20);
    bed_mix(&b, pcm, RATE, (struct bed_place){BED_NEVER, BED_NEVER, BED_NEVER});
    for (size_t i = 0; i < RATE; i++)
        assert_int_equal(pcm[2 * i + 1], 100);
    assert_in_range(pcm[2 * RATE - 2], 4100, 4300);
    assert_int_equal(b.done, RATE);
    ended(&b);
}

static void it_begins_and_ends_softly(void **unused)
{
    (void)unused;
    struct bed b = begun(8 * RATE);
    struct bed_place far = {BED_NEVER, BED_NEVER, BED_NEVER};
    assert_int_equal(mixed(&b, far), 0);
    pass(&b, RATE);
    assert_in_range(mixed(&b, far), 4000, 4200);
    assert_in_range(mixed(&b, (struct bed_place){BED_NEVER, BED_NEVER, RATE}), 2500, 2900);
    assert_int_equal(mixed(&b, (struct bed_place){BED_NEVER, BED_NEVER, 0}), 0);
    ended(&b);
}

/* From a moment after the speech, in one piece. */
static void it_comes_back_after_the_speech(void **unused)
{
    (void)unused;
    struct bed b = begun(4 * RATE);
    int16_t pcm[2 * RATE] = {0};
    pass(&b, RATE);
    bed_mix(&b, pcm, 2 * RATE, (struct bed_place){1, BED_NEVER, BED_NEVER});
    assert_in_range(pcm[RATE * 4 / 10], 814, 824);
    assert_in_range(pcm[RATE * 85 / 100], 2200, 2700);
    assert_in_range(pcm[RATE * 13 / 10], 4000, 4200);
    for (size_t i = 1; i < RATE * 13 / 10; i++)
        assert_true(pcm[i] >= pcm[i - 1] - 1 && pcm[i] < pcm[i - 1] + 30);
    ended(&b);
}

static void it_takes_time_to_begin(void **unused)
{
    (void)unused;
    struct bed b = begun(4 * RATE);
    pass(&b, RATE / 5);
    assert_in_range(mixed(&b, (struct bed_place){BED_NEVER, BED_NEVER, BED_NEVER}), 2000, 2150);
    ended(&b);
}

/* In pieces of any size, with a soft join. */
static void short_music_in_pieces(void **unused)
{
    (void)unused;
    struct bed b = begun(1000);
    for (int i = 0; i < 20; i++)
        pass(&b, 300);
    assert_int_equal(b.rounds, 6);
    assert_int_equal(b.at, 0);
    pass(&b, 960);
    assert_in_range(mixed(&b, (struct bed_place){BED_NEVER, BED_NEVER, BED_NEVER}), 1900, 2150);
    pass(&b, 38);
    assert_in_range(mixed(&b, (struct bed_place){BED_NEVER, BED_NEVER, BED_NEVER}), 20, 90);
    assert_int_equal(mixed(&b, (struct bed_place){BED_NEVER, BED_NEVER, BED_NEVER}), 0);
    ended(&b);
}

static void short_music_begins_again(void **unused)
{
    (void)unused;
    struct bed b = begun(1000);
    pass(&b, 10500);
    assert_int_equal(b.rounds, 10);
    assert_int_equal(b.at, 500);
    assert_in_range(mixed(&b, (struct bed_place){BED_NEVER, BED_NEVER, BED_NEVER}), 4000, 4200);
    ended(&b);
}

static void loud_sound_is_cut_at_full_scale(void **unused)
{
    (void)unused;
    struct bed b = begun(2 * RATE);
    int16_t pcm[] = {32000, -32768};
    pass(&b, RATE);
    bed_mix(&b, pcm, 2, (struct bed_place){BED_NEVER, BED_NEVER, BED_NEVER});
    assert_int_equal(pcm[0], 32767);
    assert_in_range(pcm[1] + 32768, 4000, 4200);
    ended(&b);
}

static void no_music_changes_nothing(void **unused)
{
    (void)unused;
    struct bed b = {0};
    int16_t pcm[] = {1, 2, 3};
    bed_mix(&b, pcm, 3, (struct bed_place){0, 0, 0});
    assert_true(pcm[0] == 1 && pcm[1] == 2 && pcm[2] == 3);
    bed_end(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_rate_and_channels),
        cmocka_unit_test(two_channels_stay_two),
        cmocka_unit_test(two_channels_have_the_loudness_of_one),
        cmocka_unit_test(it_is_in_two_channels),
        cmocka_unit_test(read_again),
        cmocka_unit_test(brought_to_a_loudness),
        cmocka_unit_test(what_is_no_sound),
        cmocka_unit_test(what_is_no_file),
        cmocka_unit_test(it_goes_down_before_the_speech),
        cmocka_unit_test(it_begins_and_ends_softly),
        cmocka_unit_test(it_comes_back_after_the_speech),
        cmocka_unit_test(it_takes_time_to_begin),
        cmocka_unit_test(short_music_in_pieces),
        cmocka_unit_test(short_music_begins_again),
        cmocka_unit_test(loud_sound_is_cut_at_full_scale),
        cmocka_unit_test(no_music_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
