/* The time that an article takes, as the public header estimates it. Against the engine itself:
 * tests/e2e/time.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "docbao/docbao.h"
#include "session/engine_words.h"
#include "synth/estimate.h"

static struct docbao_article *open_text(struct docbao *d, const char *text)
{
    struct docbao_article *a;
    if (docbao_open_bytes(d, "test", text, strlen(text), &a) != DOCBAO_OK)
        fail_msg("%s", docbao_last_error(d)->message);
    return a;
}

static const char text[] = "Một hai ba bốn năm.\n"
                           "Một, hai, ba, bốn, năm.\n"
                           "Một hai ba bốn năm một hai ba bốn năm!\n";

static void test_ranges_add_up(void **state)
{
    (void)state;
    struct docbao *d = docbao_new(&(struct docbao_options){.raw = true});
    struct docbao_article *a = open_text(d, text);
    assert_int_equal(docbao_head_of(a).sentences, 3);
    uint64_t whole = docbao_time_ms(a, 0, 3, 100), sum = 0;
    for (uint32_t i = 0; i < 3; i++) {
        uint64_t one = docbao_time_ms(a, i, i + 1, 100);
        assert_true(one > docbao_sentence_at(a, i).pause_ms + 500u);
        sum += one;
    }
    assert_in_range(whole, sum - 2, sum + 2);
    assert_int_equal(docbao_time_ms(a, 0, UINT32_MAX, 100), whole);
    assert_int_equal(docbao_time_ms(a, 1, 1, 100), 0);
    assert_int_equal(docbao_time_ms(a, 2, 1, 100), 0);
    assert_int_equal(docbao_time_ms(a, 3, 9, 100), 0);
    /* Commas take time, twice the words nearly twice as much. */
    uint64_t one = docbao_time_ms(a, 0, 1, 100) - docbao_sentence_at(a, 0).pause_ms;
    uint64_t two = docbao_time_ms(a, 2, 3, 100) - docbao_sentence_at(a, 2).pause_ms;
    assert_true(docbao_time_ms(a, 1, 2, 100) > docbao_time_ms(a, 0, 1, 100) + 600);
    assert_in_range(two, one * 17 / 10, one * 2);
    docbao_close(a);
    docbao_free(d);
}

static void test_speed(void **state)
{
    (void)state;
    static const char *const voices[] = {"bac-nam", "trung-nu", "nam-nam"};
    for (size_t v = 0; v < 3; v++) {
        struct docbao *d = docbao_new(&(struct docbao_options){.raw = true, .voice = voices[v]});
        struct docbao_article *a = open_text(d, text);
        uint64_t last = UINT64_MAX, pauses = 0, short_pauses = 0;
        for (uint32_t i = 0; i < 3; i++)
            pauses += docbao_sentence_at(a, i).pause_ms;
        short_pauses = pauses * 100 / 400;
        for (uint32_t percent = 50; percent <= 400; percent++) {
            uint64_t ms = docbao_time_ms(a, 0, 3, percent);
            assert_true(ms > (percent > 100 ? short_pauses : pauses));
            assert_true(ms <= last); /* nowhere longer at a higher speed */
            last = ms;
        }
        /* The speech shrinks everywhere, the pauses only above 100 percent. */
        uint64_t slow = docbao_time_ms(a, 0, 3, 50) - pauses;
        assert_in_range(slow, (last - short_pauses) * 9, (last - short_pauses) * 13);
        docbao_close(a);
        docbao_free(d);
    }
}

static uint64_t time_with(struct estimate *e, const struct article *a, uint32_t rate,
                          const char *engine_voice)
{
    char name[] = "test", engine[] = "espeak";
    struct voice voice = {.name = name,
                          .description = name,
                          .engine = engine,
                          .engine_voice = (char *)(uintptr_t)engine_voice,
                          .rate = rate};
    struct engine_words words = {0};
    estimate_begin(e, &voice, DIALECT_NORTH);
    for (size_t i = 0; i < a->sentences.n; i++) {
        engine_words_of(a, &a->sentences.at[i], &words);
        estimate_add(e, words.at, words.n, 100, a->sentences.at[i].pause_ms);
    }
    vec_free(&words);
    return estimate_ms(e, 0, 3, 100);
}

/* A voice's own rate counts, and whether it is a variant; sentences of before do not. */
static void test_voice(void **state)
{
    (void)state;
    struct docbao *d = docbao_new(&(struct docbao_options){.raw = true});
    struct docbao_article *a = open_text(d, text);
    const struct article *inside = (const struct article *)a; /* its first member */
    struct article empty = {0};
    struct estimate e = {0};
    assert_int_equal(estimate_ms(&e, 0, 3, 100), 0); /* no voice */
    uint64_t slow = time_with(&e, inside, 160, "vi"), fast = time_with(&e, inside, 179, "vi");
    assert_int_equal(time_with(&e, inside, 170, "vi"), docbao_time_ms(a, 0, 3, 100));
    assert_in_range((slow - fast) * 100 / slow, 6, 10);
    assert_in_range(fast - time_with(&e, inside, 179, "vi+Annie"), 20 * 2, 20 * 3);
    assert_int_equal(time_with(&e, &empty, 160, "vi"), 0);
    assert_int_equal(time_with(&e, inside, 160, "vi"), slow);
    estimate_free(&e);
    docbao_close(a);
    docbao_free(d);
}

static void test_cost(void **state)
{
    (void)state;
    struct buf long_text = BUF_INIT;
    while (long_text.n < 1000000)
        buf_adds(&long_text, text);
    struct docbao *d = docbao_new(&(struct docbao_options){.raw = true});
    struct docbao_article *a = open_text(d, long_text.p);
    uint32_t n = docbao_head_of(a).sentences;
    clock_t begin = clock();
    docbao_time_ms(a, 0, n, 100);
    double first = (double)(clock() - begin) * 1000 / CLOCKS_PER_SEC;
    begin = clock();
    for (uint32_t i = 0; i < 1000; i++)
        docbao_time_ms(a, i, n, 50 + i % 200);
    double later = (double)(clock() - begin) / CLOCKS_PER_SEC; /* ms each */
    print_message("%u sentences: %.1f ms, then %.4f ms\n", n, first, later);
    assert_true(later < 1);
    docbao_close(a);
    docbao_free(d);
    buf_free(&long_text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranges_add_up),
        cmocka_unit_test(test_speed),
        cmocka_unit_test(test_voice),
        cmocka_unit_test(test_cost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
