#include "pool_run.h"

#include <unistd.h>
#include "synth/pool_inside.h"
#include "synth/restore.h"
#include "tone.h"

enum { MANY = 60, WORD_FRAMES = 2205, LONG_FRAMES = 300 * 22050 };

static const char *const words[] = {"một", "hai", "ba", "bốn", "năm"};

/* Sentences of 1 to 9 words. */
struct texts {
    char *at[MANY];
};

static void texts_make(struct texts *t)
{
    for (size_t i = 0; i < MANY; i++) {
        struct buf b = BUF_INIT;
        for (size_t k = 0; k < 1 + i * 7 % 9; k++)
            buf_addf(&b, "%s%s", k ? " " : "", words[(i + k) % 5]);
        t->at[i] = buf_detach(&b);
    }
}

static void texts_free(struct texts *t)
{
    for (size_t i = 0; i < MANY; i++)
        free(t->at[i]);
}

static struct run tone(uint32_t jobs)
{
    return (struct run){.engine = &synth_tone, .voice = "x", .jobs = jobs};
}

static void test_sentences_come_in_order_and_whole(void **state)
{
    (void)state;
    struct texts t;
    texts_make(&t);
    struct run r = tone(2);
    run_all(&r, (const char *const *)t.at, MANY);
    for (size_t i = 0; i < MANY; i++) {
        const struct heard *h = &r.heard.at[i];
        size_t n = 1 + i * 7 % 9;
        assert_int_equal(h->id, i);
        assert_false(h->lost);
        assert_int_equal(h->words.n, n);
        assert_int_equal(h->pcm.n, n * WORD_FRAMES * 2);
        for (size_t k = 0; k < n; k++)
            assert_int_equal(h->words.at[k].frame, k * WORD_FRAMES);
    }
    run_free(&r);
    texts_free(&t);
}

static void test_word_positions_count_code_points(void **state)
{
    (void)state;
    const char *const text[] = {"bốn năm một"};
    struct run r = tone(1);
    run_all(&r, text, 1);
    assert_int_equal(r.heard.at[0].words.at[1].position, 4);
    assert_int_equal(r.heard.at[0].words.at[2].position, 8);
    run_free(&r);
}

static void test_jobs_and_speed_change_nothing(void **state)
{
    (void)state;
    static const struct {
        uint32_t jobs, nap_us;
        bool batch;
    } ways[] = {{1, 0, false}, {2, 0, false}, {4, 0, false},  {9, 0, true},
                {1, 0, true},  {2, 0, true},  {1, 300, true}, {3, 300, false}};
    struct texts t;
    texts_make(&t);
    struct run first = tone(1);
    run_all(&first, (const char *const *)t.at, MANY);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct run r = tone(ways[i].jobs);
        r.nap_us = ways[i].nap_us;
        r.batch = ways[i].batch;
        run_all(&r, (const char *const *)t.at, MANY);
        assert_same_run(&first, &r);
        run_free(&r);
    }
    run_free(&first);
    texts_free(&t);
}

static void test_an_empty_sentence_makes_no_audio(void **state)
{
    (void)state;
    const char *const text[] = {"", "một", "", "", "hai", ""};
    struct run r = tone(2);
    run_all(&r, text, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_false(r.heard.at[i].lost);
        assert_int_equal(r.heard.at[i].pcm.n, *text[i] ? WORD_FRAMES * 2 : 0);
    }
    run_free(&r);
}

static void test_a_sentence_longer_than_the_ring_streams(void **state)
{
    (void)state;
    const char *const text[] = {"một", "hai long ba", "bốn"};
    struct run fast = tone(2), slow = tone(1);
    /* Far less than the caller takes: time in which it takes no audio does not count. */
    slow.deadline_ms = 1000;
    slow.nap_us = 250;
    run_all(&fast, text, 3);
    run_all(&slow, text, 3);
    assert_int_equal(fast.heard.at[1].pcm.n, (LONG_FRAMES + 2 * WORD_FRAMES) * 2);
    assert_same_run(&fast, &slow);
    run_free(&fast);
    run_free(&slow);
}

static void test_a_very_long_text_arrives_whole(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    for (size_t i = 0; i < 100000; i++)
        buf_adds(&b, " một  ");
    const char *const text[] = {b.p, "hai", b.p};
    size_t heard[3] = {0}, count = 0;
    struct run r = tone(2);
    struct pool *p = run_start(&r);
    for (uint32_t i = 0; i < 3; i++)
        pool_add(p, i, sv_of(text[i]));
    pool_finish(p);
    for (struct pool_event event; (event = run_next(p)).kind != POOL_IDLE;) {
        heard[event.id] += event.kind == POOL_WORD;
        count += event.kind == POOL_SENTENCE;
    }
    pool_stop(p);
    assert_int_equal(count, 3);
    assert_int_equal(heard[0], 100000);
    assert_int_equal(heard[1], 1);
    assert_int_equal(heard[2], 100000);
    buf_free(&b);
}

static void test_idle_means_nothing_is_left(void **state)
{
    (void)state;
    struct run r = tone(1);
    struct pool *p = run_start(&r);
    assert_int_equal(run_next(p).kind, POOL_IDLE);
    for (uint32_t i = 0; i < 10; i++) {
        /* Without pool_finish too, what was added is given. */
        pool_add(p, i, SV("một"));
        assert_int_equal(run_next(p).kind, POOL_WORD);
        while (run_next(p).kind == POOL_AUDIO)
            ;
        assert_int_equal(run_next(p).kind, POOL_IDLE);
    }
    pool_finish(p);
    assert_int_equal(run_next(p).kind, POOL_IDLE);
    assert_false(pool_wants(p));
    pool_stop(p);
}

static void test_the_pool_does_not_want_without_end(void **state)
{
    (void)state;
    struct run r = tone(2);
    struct pool *p = run_start(&r);
    uint32_t n = 0;
    while (pool_wants(p) && n < 10000)
        pool_add(p, n++, SV("một hai ba"));
    assert_in_range(n, 10, 200);
    pool_stop(p);
}

static void test_the_rate_is_told(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct run r = tone(1);
    struct pool *p = run_start(&r);
    uint32_t rate = 0;
    assert_int_equal(pool_rate(p, &rate, &e), STATUS_OK);
    assert_int_equal(rate, 22050);
    assert_int_equal(pool_rate(p, &rate, &e), STATUS_OK);
    pool_stop(p);
}

static void test_a_failed_start_is_told(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct pool_event event;
    bool got;
    uint32_t rate;
    struct run r = tone(1);
    r.voice = "none";
    struct pool *p = run_start(&r);
    pool_add(p, 1, SV("một"));
    assert_int_equal(pool_next(p, -1, &event, &got, &e), STATUS_USAGE);
    assert_non_null(strstr(e.message.p, "no voice \"none\""));
    assert_int_equal(pool_rate(p, &rate, &e), STATUS_USAGE);
    pool_add(p, 2, SV("hai"));
    pool_cancel(p);
    pool_stop(p);
    err_free(&e);
}

static void test_a_wait_has_a_limit(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct pool_event event;
    bool got = true;
    struct run r = tone(1);
    struct pool *p = run_start(&r);
    pool_add(p, 1, SV("hang"));
    assert_int_equal(pool_next(p, 0, &event, &got, &e), STATUS_OK);
    assert_int_equal(pool_next(p, 30, &event, &got, &e), STATUS_OK);
    assert_false(got);
    pool_stop(p);
}

static void note_signal(int number)
{
    (void)number;
}

static void test_a_signal_ends_the_wait(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct pool_event event;
    bool got = true;
    struct sigaction action = {.sa_handler = note_signal}, before;
    sigaction(SIGALRM, &action, &before);
    struct run r = tone(1);
    struct pool *p = run_start(&r);
    pool_add(p, 1, SV("hang"));
    alarm(1);
    assert_int_equal(pool_next(p, -1, &event, &got, &e), STATUS_OK);
    assert_false(got);
    sigaction(SIGALRM, &before, NULL);
    pool_stop(p);
}

static void check_cancel(bool spare)
{
    const char *const text[] = {"một hai ba", "bốn", "năm hai một"};
    struct run first = tone(2), r = tone(2);
    r.spare = spare;
    run_all(&first, text, 3);
    struct pool *p = run_start(&r);
    for (uint32_t round = 0; round < 40; round++) {
        for (uint32_t i = 0; i < 20 && pool_wants(p); i++)
            pool_add(p, 1000 + i, i % 3 ? SV("hang long") : SV("một long hai"));
        for (uint32_t k = 0; k < round % 7; k++)
            assert_true(run_next(p).id >= 1000);
        if (round % 2)
            pool_finish(p);
        pool_cancel(p);
        assert_int_equal(run_next(p).kind, POOL_IDLE);
        assert_true(pool_wants(p));
        if (round % 4)
            continue;
        run_in(&r, p, text, 3);
        assert_same_run(&first, &r);
        run_free(&r);
        pool_cancel(p); /* after pool_finish: sentences may be added again */
    }
    pool_stop(p);
    run_free(&first);
}

static void test_cancel_drops_all_and_the_pool_goes_on(void **state)
{
    (void)state;
    check_cancel(false);
    check_cancel(true);
}

static void test_two_pools_at_once(void **state)
{
    (void)state;
    const char *const text[] = {"một hai ba", "bốn"};
    struct run a = tone(2), b = tone(1);
    struct pool *pa = run_start(&a), *pb = run_start(&b);
    run_in(&a, pa, text, 2);
    pool_stop(pa); /* does not wait for what the other one holds */
    run_in(&b, pb, text, 2);
    pool_stop(pb);
    assert_same_run(&a, &b);
    run_free(&a);
    run_free(&b);
}

static void test_stop_ends_what_is_under_way(void **state)
{
    (void)state;
    for (uint32_t events = 0; events < 6; events++) {
        struct run r = tone(3);
        struct pool *p = run_start(&r);
        for (uint32_t i = 0; i < 20; i++)
            pool_add(p, i, i ? SV("hang") : SV("long"));
        for (uint32_t i = 0; i < events; i++)
            run_next(p);
        pool_stop(p);
        assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    }
    pool_stop(NULL);
}

/* Puts one sentence through, with an id of its own. */
static struct pool_event speak_one(struct run *r, struct pool *p, uint32_t id, const char *text)
{
    bool fresh = true;
    pool_add(p, id, sv_of(text));
    for (;;) {
        struct pool_event event = run_next(p);
        run_note(r, &fresh, &event);
        if (event.kind == POOL_SENTENCE || event.kind == POOL_LOST)
            return event;
    }
}

/* Workers that are told to end a sentence speak the next one as a fresh one would, also if it was
 * their first. */
static void test_a_cancel_keeps_the_workers(void **state)
{
    (void)state;
    enum { ROUNDS = 30 };
    struct run r = tone(2), whole = tone(1);
    const char *const text[] = {"một hai ba"};
    r.spare = true;
    run_all(&whole, text, 1);
    struct pool *p = run_start(&r);
    for (uint32_t i = 0; i < ROUNDS; i++) {
        pool_add(p, 1000, i % 3 ? SV("một long hai") : SV("hai slow slow long"));
        for (uint32_t k = 0; k < i % 4; k++)
            assert_int_equal(run_next(p).id, 1000);
        pool_cancel(p);
        assert_int_equal(speak_one(&r, p, i, text[0]).kind, POOL_SENTENCE);
        assert_same_heard(&whole.heard.at[0], &r.heard.at[i]);
    }
    if (restore_is_possible())
        assert_in_range(p->last_worker, 1, ROUNDS / 2);
    pool_stop(p);
    run_free(&r);
    run_free(&whole);
}

/* One that does not end it is ended itself at the next cancel, and nobody waits for it. */
static void test_a_worker_that_hangs_is_ended(void **state)
{
    (void)state;
    struct run r = tone(2);
    r.spare = true;
    struct pool *p = run_start(&r);
    for (uint32_t i = 0; i < 12; i++) {
        pool_add(p, 1000, i % 2 ? SV("một stop") : SV("một hang"));
        for (bool heard = false; !heard;)
            heard = run_next(p).kind == POOL_AUDIO;
        pool_cancel(p);
        assert_int_equal(speak_one(&r, p, i, "bốn").kind, POOL_SENTENCE);
    }
    assert_in_range(p->last_worker, 12, 40);
    pool_stop(p);
    run_free(&r);
}

static void test_other_settings_are_for_what_comes_after(void **state)
{
    (void)state;
    enum { WORD_BYTES = 2205 * sizeof(int16_t) };
    struct synth_settings fast = {"any", 340, 50, 50, 90, 100, 0, 0},
                          none = {"none", 170, 50, 50, 90, 100, 0, 0};
    const struct synth_settings usual = {"any", 170, 50, 50, 90, 100, 0, 0};
    struct run r = tone(2);
    r.voice = "any";
    struct pool *p = run_start(&r);
    speak_one(&r, p, 0, "một hai");
    pool_adjust(p, &fast);
    speak_one(&r, p, 1, "một hai");
    kill(pool_zygote_pid(p), SIGKILL); /* a new zygote knows only how it was started */
    speak_one(&r, p, 2, "một hai");
    pool_adjust(p, &none);
    assert_int_equal(speak_one(&r, p, 3, "một").kind, POOL_LOST);
    pool_adjust(p, &usual);
    speak_one(&r, p, 4, "một hai");
    static const size_t thirds[] = {6, 2, 2, 0, 6};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(r.heard.at[i].pcm.n, thirds[i] * WORD_BYTES / 3);
    assert_non_null(strstr(r.heard.at[3].why.p, "no voice \"none\""));
    assert_same_heard(&r.heard.at[0], &r.heard.at[4]);
    pool_stop(p);
    run_free(&r);
}

static void test_waiting_elsewhere(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct pollfd fds[POOL_MOST_DESCRIPTORS];
    struct run r = tone(2);
    struct pool *p = run_start(&r);
    for (uint32_t i = 0; i < 40 && pool_wants(p); i++)
        pool_add(p, i, SV("một slow hai"));
    struct pool_event event;
    uint32_t sentences = 0, waits = 0;
    for (bool got;; waits += !got) {
        assert_int_equal(pool_next(p, 0, &event, &got, &e), STATUS_OK);
        sentences += got && event.kind == POOL_SENTENCE;
        if (got && event.kind == POOL_IDLE)
            break;
        /* A descriptor says when there is something to do; time does not count. */
        if (!got)
            assert_true(poll(fds, pool_descriptors(p, fds), 20000) > 0);
    }
    assert_true(sentences > 5);
    assert_true(waits > 0);
    pool_stop(p);
}

static struct sv build_of(const char *voice, struct buf *out, bool identify)
{
    struct err e = ERR_INIT;
    struct pool *p;
    const struct synth_settings settings = {voice, 170, 50, 50, 90, 100, 0, 0};
    const struct pool_options options = {.jobs = 1, .identify = identify};
    assert_int_equal(pool_start(&p, &synth_tone, &settings, &options, &e), STATUS_OK);
    buf_clear(out);
    buf_add_sv(out, pool_build(p));
    pool_stop(p);
    return buf_sv(out);
}

/* The program and the C library at least; the same each time. */
static void test_the_build_is_known(void **state)
{
    (void)state;
    struct buf one = BUF_INIT, two = BUF_INIT;
    assert_int_equal(build_of("any", &one, false).n, 0);
    struct sv build = build_of("any", &one, true);
    assert_true(sv_find(build, SV(" /proc/self/exe\n")) > 0);
    assert_true(sv_find(build, SV("/libc.so.6\n")) > 0);
    assert_true(sv_eq(build, build_of("any", &two, true)));
    assert_int_equal(build_of("none", &two, true).n, 0); /* it does not start */
    buf_free(&one);
    buf_free(&two);
}

/* Another zygote may be another build, and tells it anew. */
static void test_another_zygote_tells_its_build(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct pool *p;
    const struct synth_settings settings = {"any", 170, 50, 50, 90, 100, 0, 0};
    const struct pool_options options = {.jobs = 1, .identify = true};
    struct buf first = BUF_INIT;
    assert_int_equal(pool_start(&p, &synth_tone, &settings, &options, &e), STATUS_OK);
    buf_add_sv(&first, pool_build(p));
    assert_true(first.n > 0);
    kill(pool_zygote_pid(p), SIGKILL);
    pool_add(p, 0, SV("một"));
    pool_finish(p);
    struct pool_event event = {.kind = POOL_AUDIO};
    bool got;
    while (event.kind != POOL_IDLE)
        assert_int_equal(pool_next(p, -1, &event, &got, &e), STATUS_OK);
    assert_true(pool_build(p).n == 0 || sv_eq(pool_build(p), buf_sv(&first)));
    buf_free(&first);
    pool_stop(p);
    err_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        /* Before the others: a worker can be kept only while the heap is small (STATE_MAX). */
        cmocka_unit_test(test_a_cancel_keeps_the_workers),
        cmocka_unit_test(test_sentences_come_in_order_and_whole),
        cmocka_unit_test(test_word_positions_count_code_points),
        cmocka_unit_test(test_jobs_and_speed_change_nothing),
        cmocka_unit_test(test_an_empty_sentence_makes_no_audio),
        cmocka_unit_test(test_a_sentence_longer_than_the_ring_streams),
        cmocka_unit_test(test_a_very_long_text_arrives_whole),
        cmocka_unit_test(test_idle_means_nothing_is_left),
        cmocka_unit_test(test_the_pool_does_not_want_without_end),
        cmocka_unit_test(test_the_rate_is_told),
        cmocka_unit_test(test_a_failed_start_is_told),
        cmocka_unit_test(test_a_wait_has_a_limit),
        cmocka_unit_test(test_a_signal_ends_the_wait),
        cmocka_unit_test(test_cancel_drops_all_and_the_pool_goes_on),
        cmocka_unit_test(test_a_worker_that_hangs_is_ended),
        cmocka_unit_test(test_other_settings_are_for_what_comes_after),
        cmocka_unit_test(test_waiting_elsewhere),
        cmocka_unit_test(test_two_pools_at_once),
        cmocka_unit_test(test_stop_ends_what_is_under_way),
        cmocka_unit_test(test_the_build_is_known),
        cmocka_unit_test(test_another_zygote_tells_its_build),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
