/* The chime: as long and as loud as said, without a click, the same each time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <string.h>

#include "base/mem.h"
#include "session/chime.h"

static const uint32_t rates[] = {8000, 11025, 16000, 22050, 44100, 48000};

static int16_t *make(uint32_t rate)
{
    int16_t *pcm = mem_zalloc(chime_frames(rate) * sizeof *pcm);
    chime_make(rate, pcm);
    return pcm;
}

/* From the first to the last frame that is not silent, in milliseconds. */
static void find_sound(const int16_t *pcm, uint32_t rate, uint32_t *begin, uint32_t *end)
{
    uint32_t first = 0, last = chime_frames(rate) - 1;
    while (!pcm[first])
        first++;
    while (!pcm[last])
        last--;
    *begin = first * 1000 / rate;
    *end = last * 1000 / rate;
}

static void test_length_and_silence(void **state)
{
    (void)state;
    for (size_t r = 0; r < sizeof rates / sizeof *rates; r++) {
        int16_t *pcm = make(rates[r]);
        uint32_t n = chime_frames(rates[r]), begin, end;
        assert_in_range(n, rates[r] * 1290ull / 1000, rates[r] * 1300ull / 1000);
        assert_int_equal(pcm[0], 0);
        assert_int_equal(pcm[n - 1], 0);
        find_sound(pcm, rates[r], &begin, &end);
        assert_in_range(begin, 149, 155);
        assert_in_range(end, 1000, 1050);
        free(pcm);
    }
}

/* As steep as a sine of the higher note's second partial at the peak is; and silence is left and
 * reached in small steps. */
static void test_peak_and_no_jump(void **state)
{
    (void)state;
    for (size_t r = 0; r < sizeof rates / sizeof *rates; r++) {
        int16_t *pcm = make(rates[r]);
        int peak = 0, jump = 0;
        for (uint32_t i = 0; i < chime_frames(rates[r]); i++) {
            peak = abs(pcm[i]) > peak ? abs(pcm[i]) : peak;
            if (i && abs(pcm[i] - pcm[i - 1]) > jump)
                jump = abs(pcm[i] - pcm[i - 1]);
        }
        assert_in_range(peak, 8230, 8232);
        assert_true(jump < 8231 * 6.2832 * 830.61 * 2 / rates[r]);
        for (uint32_t i = 1; i < chime_frames(rates[r]); i++)
            if (i < rates[r] * 152 / 1000 || i > rates[r] * 1045 / 1000)
                assert_in_range(abs(pcm[i] - pcm[i - 1]), 0, 8231 / 10);
        free(pcm);
    }
}

static double loudness(const int16_t *pcm, uint32_t rate, uint32_t begin_ms)
{
    double sum = 0;
    uint32_t first = rate * begin_ms / 1000, n = rate / 20;
    for (uint32_t i = first; i < first + n; i++)
        sum += (double)pcm[i] * pcm[i];
    return sum / n;
}

static void test_comes_and_goes(void **state)
{
    (void)state;
    int16_t *pcm = make(22050);
    double second = loudness(pcm, 22050, 410);
    assert_true(second > loudness(pcm, 22050, 340)); /* the second note */
    assert_true(loudness(pcm, 22050, 700) < second / 4);
    assert_true(loudness(pcm, 22050, 990) < second / 500);
    free(pcm);
}

static void test_the_same_each_time(void **state)
{
    (void)state;
    int16_t *one = make(22050), *two = make(22050);
    assert_memory_equal(one, two, chime_frames(22050) * sizeof *one);
    free(one);
    free(two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_length_and_silence),
        cmocka_unit_test(test_peak_and_no_jump),
        cmocka_unit_test(test_comes_and_goes),
        cmocka_unit_test(test_the_same_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
