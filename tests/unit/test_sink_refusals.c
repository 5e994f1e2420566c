/*
 * Devices that refuse what the voice has: a rate, one channel. Two functions here replace those of
 * PortAudio (the test program exports them, so the module that loads PortAudio finds them first)
 * and refuse in its place. What is played all the same is measured.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dlfcn.h>
#include <math.h>
#include <poll.h>
#include <portaudio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "sink/player.h"
#include "alsa_folder.h"

enum { RATE = 22050, DEVICE_RATE = 48000, SECOND = RATE, LEVEL = 10000, HERTZ = 441, FADE_MS = 5 };

/* The rate that the device takes; 0: any. The process that plays inherits it. */
static double only_rate;
static int least_channels;
static bool refuses_all_rates;

static const struct sink_format mono = {RATE, 1, NULL, NULL};

typedef PaError (*open_stream)(PaStream **stream, const PaStreamParameters *input,
                               const PaStreamParameters *output, double rate, unsigned long frames,
                               PaStreamFlags flags, PaStreamCallback *callback, void *user);

static PaError refusal(const PaStreamParameters *output, double rate)
{
    if (output->channelCount < least_channels)
        return paInvalidChannelCount;
    bool other = only_rate > 0 && (rate < only_rate || rate > only_rate);
    return other || refuses_all_rates ? paInvalidSampleRate : paNoError;
}

PaError Pa_IsFormatSupported(const PaStreamParameters *input, const PaStreamParameters *output,
                             double rate)
{
    (void)input;
    return refusal(output, rate);
}

PaError Pa_OpenStream(PaStream **stream, const PaStreamParameters *input,
                      const PaStreamParameters *output, double rate, unsigned long frames,
                      PaStreamFlags flags, PaStreamCallback *callback, void *user)
{
    PaError error = refusal(output, rate);
    if (error)
        return error;
    void *portaudio = dlopen("libportaudio.so.2", RTLD_LAZY | RTLD_NOLOAD);
    void *symbol = dlsym(portaudio, "Pa_OpenStream");
    open_stream real;
    memcpy(&real, &symbol, sizeof real);
    return real(stream, input, output, rate, frames, flags, callback, user);
}

static int enter(void **state)
{
    only_rate = 0;
    least_channels = 0;
    refuses_all_rates = false;
    return enter_folder(state);
}

static int16_t tone(uint32_t i)
{
    return (int16_t)lrint(LEVEL * sin(2 * M_PI * HERTZ * i / RATE));
}

static enum status play_tone(uint32_t frames, struct err *e)
{
    void *state;
    configure(alsa_capture);
    enum status status = sink_player.open(&state, "", &mono, e);
    if (status)
        return status;
    int16_t *pcm = malloc(frames * sizeof *pcm);
    for (uint32_t i = 0; i < frames; i++)
        pcm[i] = tone(i);
    status = sink_player.write(state, pcm, frames, e);
    if (!status)
        status = sink_player.finish(state, e);
    sink_player.close(state);
    free(pcm);
    return status;
}

/* Returns the distance of the captured sound from a tone of HERTZ, in dB: the tone that fits best
 * is subtracted, over whole periods in the middle. */
static double signal_to_noise(const int16_t *heard, size_t frames, size_t channels)
{
    double s = 0, c = 0, power = 0;
    for (size_t i = 0; i < frames; i++) {
        double x = heard[i * channels], angle = 2 * M_PI * HERTZ * (double)i / DEVICE_RATE;
        s += x * sin(angle);
        c += x * cos(angle);
        power += x * x;
    }
    double fitted = 2 * (s * s + c * c) / (double)frames;
    return 10 * log10(fitted / (power - fitted));
}

static void check_tone(size_t channels)
{
    SF_INFO info;
    size_t n = 0, from = 0;
    int16_t *heard = read_heard(&info, &n);
    assert_non_null(heard);
    assert_int_equal(info.samplerate, DEVICE_RATE);
    assert_int_equal(info.channels, channels);
    while (from < n && abs(heard[from]) < LEVEL / 100)
        from++;
    while (n > from && abs(heard[n - 1]) < LEVEL / 100)
        n--;
    size_t frames = (n - from) / channels;
    double snr =
        signal_to_noise(heard + from + DEVICE_RATE / 4 * channels, DEVICE_RATE / 2, channels);
    print_message("%zu frames of %d; %.1f dB\n", frames, DEVICE_RATE, snr);
    assert_in_range(frames, DEVICE_RATE - 50, DEVICE_RATE + 50);
    assert_true(snr > 80);
    free(heard);
}

static void another_rate_keeps_pitch_and_time(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    only_rate = DEVICE_RATE;
    assert_int_equal(play_tone(SECOND, &e), STATUS_OK);
    check_tone(1);
    least_channels = 2;
    assert_int_equal(play_tone(SECOND, &e), STATUS_OK);
    check_tone(2);
    err_free(&e);
}

static void one_channel_becomes_two(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    SF_INFO info;
    size_t n = 0, at = 0;
    least_channels = 2;
    assert_int_equal(play_tone(SECOND, &e), STATUS_OK);
    int16_t *heard = read_heard(&info, &n);
    assert_non_null(heard);
    assert_int_equal(info.channels, 2);
    assert_int_equal(info.samplerate, RATE);
    while (at < n && !heard[at])
        at++;
    at -= 2; /* the tone begins with a 0, unless that was cut from the front of the file */
    assert_true(at + 2 * SECOND <= n);
    for (uint32_t i = 0; i < SECOND; i++)
        assert_true(heard[at + 2 * i] == tone(i) && heard[at + 2 * i + 1] == tone(i));
    free(heard);
    err_free(&e);
}

static void a_device_that_takes_no_rate_is_told(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    refuses_all_rates = true;
    assert_int_equal(play_tone(SECOND, &e), STATUS_DEVICE);
    assert_non_null(strstr(e.message.p, "22050 frames a second"));
    err_free(&e);
}

/* ---- cuts ---- */

/* The tone, which swells and ebbs away, so that the filter does not ring. */
static int16_t swelling(uint32_t i, uint32_t frames)
{
    enum { SWELL = 1000 };
    uint32_t edge = i < frames - i ? i : frames - i;
    double gain = edge < SWELL ? 0.5 - 0.5 * cos(M_PI * edge / SWELL) : 1;
    return (int16_t)lrint(gain * tone(i));
}

/* Returns whether the device never had to wait for the next piece: on a busy machine it may, and
 * then the sound has a hole that is no fault of the sink. */
static bool write_while_listening(void *state, uint32_t frames, struct err *e)
{
    const int64_t most_ns = 80 * CLOCK_NS_PER_MS;
    const struct sink_live *live = sink_player.live;
    uint64_t heard = 0;
    int64_t last = clock_now_ns();
    bool in_time = true;
    for (uint32_t at = 0; heard < frames;) {
        int16_t pcm[512];
        uint32_t room = live->room(state), piece = room < 512 ? room : 512;
        piece = piece < frames - at ? piece : frames - at;
        for (uint32_t i = 0; i < piece; i++)
            pcm[i] = swelling(at + i, frames);
        in_time = in_time && (at == frames || clock_now_ns() - last < most_ns);
        last = clock_now_ns();
        assert_int_equal(sink_player.write(state, pcm, piece, e), STATUS_OK);
        at += piece;
        uint64_t before = heard;
        assert_int_equal(live->update(state, &heard, e), STATUS_OK);
        assert_true(heard >= before && heard <= at);
        int timeout = 10, fd = live->descriptor(state, &timeout);
        poll(&(struct pollfd){fd, POLLIN, 0}, piece ? 0 : 1, piece ? 0 : timeout);
    }
    return in_time;
}

/* Four pieces of sound, each cut at its end, and a last one; returns whether all came in time. */
static bool play_with_cuts(struct err *e)
{
    void *state;
    bool in_time = true;
    configure(alsa_capture);
    assert_int_equal(sink_player.open(&state, "", &mono, e), STATUS_OK);
    for (int i = 0; i < 4; i++) {
        in_time = write_while_listening(state, 4000, e) && in_time;
        poll(NULL, 0, i % 2 ? 1000 : 0); /* with and without the time to let it out */
        sink_player.live->cut(state);
    }
    in_time = write_while_listening(state, SECOND, e) && in_time;
    assert_int_equal(sink_player.finish(state, e), STATUS_OK);
    in_time = in_time && sink_player.live->underruns(state) == 0;
    sink_player.close(state);
    return in_time;
}

static void check_that_nothing_clicks(const int16_t *heard, size_t n)
{
    int step = 0,
        most = (int)(LEVEL * 2 * M_PI * HERTZ / DEVICE_RATE) + LEVEL * 1000 / FADE_MS / DEVICE_RATE;
    size_t loud = 0, due = (size_t)(4 * 4000 + SECOND) * DEVICE_RATE / RATE;
    for (size_t i = 1; i < n; i++)
        step = abs(heard[i] - heard[i - 1]) > step ? abs(heard[i] - heard[i - 1]) : step;
    for (size_t i = 0; i < n; i++)
        loud += heard[i] != 0;
    print_message("largest step %d of %d allowed\n", step, most);
    print_message("%zu frames of %zu\n", loud, due);
    assert_true(step <= most);
    assert_in_range(loud, due * 90 / 100, due + 4 * DEVICE_RATE * FADE_MS / 1000);
}

/* The sound that the resampler holds at a cut fades; the next sound has nothing of it. */
static void a_cut_leaves_nothing_in_the_resampler(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    only_rate = DEVICE_RATE;
    int tries = 8;
    while (!play_with_cuts(&e))
        if (--tries == 0) {
            print_message("This machine is too busy to play without holes.\n");
            skip();
        }
    SF_INFO info;
    size_t n = 0;
    int16_t *heard = read_heard(&info, &n);
    assert_non_null(heard);
    check_that_nothing_clicks(heard, n);
    free(heard);
    err_free(&e);
}

#define alone(test) cmocka_unit_test_setup_teardown(test, enter, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        alone(another_rate_keeps_pitch_and_time),
        alone(one_channel_becomes_two),
        alone(a_device_that_takes_no_rate_is_told),
        alone(a_cut_leaves_nothing_in_the_resampler),
    };
    return cmocka_run_group_tests_name("sink_refusals", tests, NULL, NULL);
}
