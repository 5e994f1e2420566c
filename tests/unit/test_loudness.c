/*
 * How loud the voices are: equal within half a LU (ITU-R BS.1770), so that nothing jumps between
 * two of them, and below full scale, above which espeak-ng turns its own level down. What is played
 * has the same samples as what is saved (test_playback), so this holds for both.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ebur128.h>
#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <unistd.h>

#include "docbao/docbao.h"

struct level {
    double lufs;
    int peak; /* of the samples */
};

static struct docbao_article *give_once(void *user)
{
    struct docbao_article **a = user, *given = *a;
    *a = NULL;
    return given;
}

static void speak(const char *voice, const char *page, const char *target)
{
    struct docbao *d = docbao_new(&(struct docbao_options){.voice = voice, .jobs = 2});
    struct docbao_article *a, *next;
    assert_int_equal(docbao_open_file(d, page, &a), DOCBAO_OK);
    next = a;
    const struct docbao_speech speech = {.target = target, .next = give_once, .user = &next};
    if (docbao_speak(d, &speech, NULL) != DOCBAO_OK)
        fail_msg("%s", docbao_last_error(d)->message);
    docbao_close(a);
    docbao_free(d);
}

static struct level measure(const char *path)
{
    SF_INFO info = {0};
    SNDFILE *f = sf_open(path, SFM_READ, &info);
    struct level level = {0};
    assert_non_null(f);
    size_t n = (size_t)info.frames;
    short *pcm = calloc(n, sizeof *pcm);
    ebur128_state *e = ebur128_init(1, (unsigned long)info.samplerate, EBUR128_MODE_I);
    assert_true(pcm && e && info.channels == 1);
    assert_int_equal(sf_readf_short(f, pcm, info.frames), info.frames);
    ebur128_add_frames_short(e, pcm, n);
    ebur128_loudness_global(e, &level.lufs);
    for (size_t i = 0; i < n; i++)
        level.peak = abs(pcm[i]) > level.peak ? abs(pcm[i]) : level.peak;
    ebur128_destroy(&e);
    free(pcm);
    sf_close(f);
    return level;
}

static void test_the_voices_are_equally_loud(void **state)
{
    (void)state;
    static const char *const voices[] = {"bac-nam",  "bac-nu",  "trung-nam",
                                         "trung-nu", "nam-nam", "nam-nu"};
    char path[] = "/tmp/docbao-loudness-XXXXXX.wav";
    int fd = mkstemps(path, 4);
    assert_true(fd >= 0);
    close(fd);
    double least = 0, most = -100;
    for (size_t i = 0; i < sizeof voices / sizeof *voices; i++) {
        speak(voices[i], DOCBAO_SOURCE "/assets/samples/the-thao.txt", path);
        struct level level = measure(path);
        if (fabs(level.lufs + 22.2) > 0.3 || level.peak > 32000)
            fail_msg("%s: %.2f LUFS, peak %d", voices[i], level.lufs, level.peak);
        least = fmin(least, level.lufs);
        most = fmax(most, level.lufs);
    }
    unlink(path);
    if (most - least > 0.5)
        fail_msg("%.2f LU apart", most - least);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_voices_are_equally_loud)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
