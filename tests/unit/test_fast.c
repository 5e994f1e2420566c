/*
 * Speech above 250 percent (synth/speed.h), beside the fastest that espeak-ng speaks by
 * itself: as long as it should be, as high, every syllable there, and its words told where they are
 * heard.
 */
#include "pitch.h"
#include "pool_run.h"

#include <math.h>

#include "base/module.h"

enum {
    RATE = 22050,
    OWN = 449,
    FAST = 716,
    NEAR = 22,         /* frames: a millisecond */
    LOUDNESS_MOST = 9, /* dB: of one word; a syllable that is not there is below 20 */
};

static const char *const page[] = {
    "theo lời người già, năm nào gió về sớm thì cá cũng về nhiều.",
    "chợ phiên họp sáu ngày một lần, mỗi lần một trăm gian hàng bán đủ thứ từ rau quả đến vải vóc.",
    "hết.",
    ("đến hết quý một năm hai nghìn không trăm hai mươi lăm, toàn huyện đã có một nghìn buổi đối "
     "thoại; hơn hai phần ba số kiến nghị được trả lời ngay tại chỗ."),
};
enum { SENTENCES = sizeof page / sizeof *page };

static void hear(struct run *r, const char *voice, uint32_t rate, uint32_t jobs)
{
    struct err e = ERR_INIT;
    struct pool *p;
    const struct synth_settings settings = {voice, rate, 52, 55, 70, 100, 0, 0};
    const struct pool_options options = {.jobs = jobs};
    *r = (struct run){.engine = &synth_espeak};
    assert_int_equal(pool_start(&p, &synth_espeak, &settings, &options, &e), STATUS_OK);
    run_in(r, p, page, SENTENCES);
    pool_stop(p);
}

static size_t frames_of(const struct heard *h)
{
    return h->pcm.n / sizeof(int16_t);
}

static void test_the_length_is_exact(void **state)
{
    (void)state;
    static const uint32_t rates[] = {450, 500, 600, FAST};
    struct run own, fast;
    hear(&own, "vi", OWN, 2);
    for (size_t k = 0; k < sizeof rates / sizeof *rates; k++) {
        hear(&fast, "vi", rates[k], 2);
        for (size_t i = 0; i < SENTENCES; i++) {
            double wanted = (double)frames_of(&own.heard.at[i]) * OWN / rates[k];
            double got = (double)frames_of(&fast.heard.at[i]);
            if (fabs(got - wanted) > 1)
                fail_msg("%u words a minute, sentence %zu: %.0f frames, not %.0f", rates[k], i, got,
                         wanted);
        }
        run_free(&fast);
    }
    run_free(&own);
}

/* The median of all sentences: a syllable alone has too few periods to be measured. */
static double median_of(const struct run *r)
{
    double hz[8000];
    size_t n = 0;
    for (size_t i = 0; i < SENTENCES; i++) {
        const struct heard *h = &r->heard.at[i];
        n += pitch_track((const int16_t *)(const void *)h->pcm.p, frames_of(h), RATE, hz + n,
                         sizeof hz / sizeof *hz - n);
    }
    return pitch_median(hz, n);
}

static void test_it_is_no_higher(void **state)
{
    (void)state;
    struct run own, fast;
    hear(&own, "vi", OWN, 2);
    hear(&fast, "vi", FAST, 2);
    double up = pitch_semitones(median_of(&own), median_of(&fast));
    if (fabs(up) > 0.5)
        fail_msg("%.2f semitones higher", up);
    run_free(&own);
    run_free(&fast);
}

/* The loudest 10 ms between two times, in frames: the vowel of a word. */
static double loudest(const struct heard *h, double from, double to)
{
    const int16_t *pcm = (const int16_t *)(const void *)h->pcm.p;
    double most = 0;
    for (size_t at = (size_t)from; at + RATE / 100 <= (size_t)to; at += RATE / 400) {
        double sum = 0;
        for (size_t i = at; i < at + RATE / 100; i++)
            sum += (double)pcm[i] * pcm[i];
        most = fmax(most, sum);
    }
    return most;
}

/* No syllable is lost or cut: where the speed puts it, each is about as loud as it is at the
 * library's own speed. Returns the change in dB. */
static double check_word(const struct heard *own, const struct heard *fast, size_t word)
{
    double from = own->words.at[word].frame, to = (double)frames_of(own);
    double told = fast->words.at[word].frame, exact = from * OWN / FAST;
    if (word + 1 < own->words.n)
        to = own->words.at[word + 1].frame;
    if (fabs(told - exact) > NEAR)
        fail_msg("word %zu: told at %.0f, not %.0f", word, told, exact);
    double change = 10 * log10(loudest(fast, exact, to * OWN / FAST) / loudest(own, from, to));
    if (!(fabs(change) < LOUDNESS_MOST))
        fail_msg("word %zu: %.1f dB", word, change);
    return change;
}

static void test_every_syllable_is_there(void **state)
{
    (void)state;
    struct run own, fast;
    double sum = 0;
    unsigned words = 0;
    hear(&own, "vi", OWN, 2);
    hear(&fast, "vi", FAST, 2);
    for (size_t i = 0; i < SENTENCES; i++) {
        const struct heard *a = &own.heard.at[i], *b = &fast.heard.at[i];
        assert_int_equal(a->words.n, b->words.n);
        for (size_t w = 0; w < a->words.n; w++) {
            assert_int_equal(a->words.at[w].position, b->words.at[w].position);
            sum += check_word(a, b, w);
            words++;
        }
    }
    assert_true(fabs(sum / words) < 2);
    run_free(&own);
    run_free(&fast);
}

static void test_the_same_bytes_whatever_the_jobs(void **state)
{
    (void)state;
    struct run one, four;
    hear(&one, "docbao-south+Annie", 600, 1);
    hear(&four, "docbao-south+Annie", 600, 4);
    assert_same_run(&one, &four);
    run_free(&one);
    run_free(&four);
}

/* A sentence of its own speed leaves nothing behind for the next. */
static void test_a_speed_for_one_sentence(void **state)
{
    (void)state;
    struct run usual, fast, mixed = {.engine = &synth_espeak};
    struct err e = ERR_INIT;
    struct pool *p;
    const struct synth_settings settings = {"vi", 170, 52, 55, 70, 100, 0, 0};
    struct synth_settings own = settings;
    own.rate = FAST;
    hear(&usual, "vi", 170, 1);
    hear(&fast, "vi", FAST, 1);
    assert_int_equal(
        pool_start(&p, &synth_espeak, &settings, &(struct pool_options){.jobs = 1}, &e), STATUS_OK);
    pool_add_tuned(p, SENTENCES, SV("<speak>"), &own); /* is refused */
    for (uint32_t i = 0; i < SENTENCES; i++)
        if (i % 2)
            pool_add_tuned(p, i, sv_of(page[i]), &own);
        else
            pool_add(p, i, sv_of(page[i]));
    bool fresh = true;
    pool_finish(p);
    for (struct pool_event event; (event = run_next(p)).kind != POOL_IDLE;)
        run_note(&mixed, &fresh, &event);
    pool_stop(p);
    assert_true(mixed.heard.at[0].lost);
    for (uint32_t i = 0; i < SENTENCES; i++)
        assert_same_heard(&(i % 2 ? &fast : &usual)->heard.at[i], &mixed.heard.at[i + 1]);
    run_free(&usual);
    run_free(&fast);
    run_free(&mixed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_length_is_exact),
        cmocka_unit_test(test_it_is_no_higher),
        cmocka_unit_test(test_every_syllable_is_there),
        cmocka_unit_test(test_the_same_bytes_whatever_the_jobs),
        cmocka_unit_test(test_a_speed_for_one_sentence),
    };
    if (!module_is_installed("speed"))
        return 77; /* it was built without libsonic */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
