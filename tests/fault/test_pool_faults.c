#include "../unit/pool_run.h"

#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include "tone.h"

enum { COUNT = 16 };

/* Sixteen sentences: three units. */
static const char *const sound[COUNT] = {
    "một",     "hai ba", "bốn năm một", "hai", "ba bốn",  "năm",     "một hai", "ba",
    "bốn năm", "một",    "hai ba bốn",  "năm", "một một", "hai hai", "ba ba",   "bốn bốn"};

static struct run tone(uint32_t jobs)
{
    return (struct run){.engine = &synth_tone, .voice = "x", .jobs = jobs, .deadline_ms = 300};
}

/* Puts the fault into sentence `at`: that one is lost, the others are what they were. */
static void check_fault(const char *fault, size_t at, uint32_t jobs, const char *why)
{
    const char *texts[COUNT];
    memcpy(texts, sound, sizeof texts);
    texts[at] = fault;
    struct run good = tone(jobs), bad = tone(jobs);
    run_all(&good, sound, COUNT);
    run_all(&bad, texts, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        if (i != at)
            assert_same_heard(&good.heard.at[i], &bad.heard.at[i]);
        else if (!bad.heard.at[i].lost || !strstr(bad.heard.at[i].why.p, why))
            fail_msg("%s at %zu: lost %d, \"%s\"", fault, at, bad.heard.at[i].lost,
                     bad.heard.at[i].why.p);
    }
    run_free(&good);
    run_free(&bad);
}

static void test_a_crash_costs_its_own_sentence(void **state)
{
    (void)state;
    for (size_t at = 0; at < COUNT; at++)
        check_fault("một crash hai", at, 1 + at % 3, "signal 6");
}

static void test_an_exit_costs_its_own_sentence(void **state)
{
    (void)state;
    check_fault("exit", 0, 1, "code 3");
    check_fault("hai exit", 3, 2, "code 3");
    check_fault("exit", COUNT - 1, 4, "code 3");
}

static void test_an_error_costs_its_own_sentence(void **state)
{
    (void)state;
    for (size_t at = 0; at < COUNT; at += 3)
        check_fault("hai fail", at, 2, "asked to fail");
}

static void test_a_hang_costs_its_own_sentence(void **state)
{
    (void)state;
    check_fault("hang", 0, 1, "did not finish");
    check_fault("một hai hang", 4, 2, "did not finish");
}

static void test_a_stopped_child_costs_its_own_sentence(void **state)
{
    (void)state;
    check_fault("một stop", 4, 2, "did not answer");
    check_fault("stop", 0, 1, "did not answer");
}

static void test_what_was_heard_before_a_crash_stays(void **state)
{
    (void)state;
    const char *const texts[] = {"một", "hai ba crash", "bốn"};
    const char *const whole[] = {"hai ba"};
    struct run r = tone(1), other = tone(1);
    run_all(&r, texts, 3);
    run_all(&other, whole, 1);
    assert_int_equal(r.heard.at[1].words.n, 3 - 1);
    assert_int_equal(r.heard.at[1].pcm.n, other.heard.at[0].pcm.n);
    assert_memory_equal(r.heard.at[1].pcm.p, other.heard.at[0].pcm.p, r.heard.at[1].pcm.n);
    run_free(&r);
    run_free(&other);
}

static void test_only_faults_still_end(void **state)
{
    (void)state;
    const char *texts[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        texts[i] = i % 2 ? "crash" : "fail";
    struct run r = tone(2);
    run_all(&r, texts, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(r.heard.at[i].lost);
    run_free(&r);
}

/* ---- the zygote ---- */

static void kill_some_zygotes(struct pool *p, size_t event)
{
    if (event == 3 || event == 17 || event == 40)
        kill(pool_zygote_pid(p), SIGKILL);
}

static void stop_a_zygote(struct pool *p, size_t event)
{
    if (event == 5)
        kill(pool_zygote_pid(p), SIGSTOP);
}

/* ---- an engine with state that no worker can put back ---- */

/* Data of the program itself, which synth/restore.h leaves alone. */
static uint32_t spoken_before;

static enum status speak_well_once(const char *text, const struct synth_output *out, struct err *e)
{
    return synth_tone.speak(spoken_before++ ? "hai hai hai hai" : text, out, e);
}

/* Its workers notice, and each sentence gets a process of its own; also after a new zygote. */
static void test_an_engine_that_cannot_be_restored(void **state)
{
    (void)state;
    struct synth_engine engine = synth_tone;
    engine.speak = speak_well_once;
    struct run good = tone(1);
    run_all(&good, sound, COUNT);
    for (uint32_t jobs = 1; jobs <= 3; jobs++)
        for (int killed = 0; killed < 2; killed++) {
            struct run r = tone(jobs);
            r.engine = &engine;
            r.at_event = killed ? kill_some_zygotes : NULL;
            r.nap_us = killed ? 500 : 0;
            run_all(&r, sound, COUNT);
            assert_same_run(&good, &r);
            run_free(&r);
        }
    run_free(&good);
}

static void check_zygote_fault(void (*fault)(struct pool *, size_t), uint32_t jobs)
{
    struct run good = tone(jobs), bad = tone(jobs);
    run_all(&good, sound, COUNT);
    bad.at_event = fault;
    bad.nap_us = 500; /* so that it happens in the middle of the work */
    run_all(&bad, sound, COUNT);
    assert_same_run(&good, &bad);
    run_free(&good);
    run_free(&bad);
}

static void test_a_killed_zygote_costs_nothing(void **state)
{
    (void)state;
    for (uint32_t jobs = 1; jobs <= 4; jobs++)
        check_zygote_fault(kill_some_zygotes, jobs);
}

static void test_a_stopped_zygote_costs_nothing(void **state)
{
    (void)state;
    check_zygote_fault(stop_a_zygote, 2);
}

static void test_a_zygote_killed_in_a_long_sentence_costs_nothing(void **state)
{
    (void)state;
    const char *const texts[] = {"một hai", "ba long bốn", "năm"};
    struct run good = tone(2), bad = tone(2);
    good.deadline_ms = bad.deadline_ms = 20000; /* the machine may be busy */
    run_all(&good, texts, 3);
    bad.at_event = kill_some_zygotes;
    run_all(&bad, texts, 3);
    assert_same_run(&good, &bad);
    run_free(&good);
    run_free(&bad);
}

static void test_zygotes_that_die_at_start_are_given_up(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct run r = tone(1);
    r.voice = "dies";
    struct pool *p = run_start(&r);
    struct pool_event event;
    bool got;
    pool_add(p, 0, SV("một"));
    assert_int_equal(pool_next(p, -1, &event, &got, &e), STATUS_USAGE);
    assert_non_null(strstr(e.message.p, "again and again"));
    pool_stop(p);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    err_free(&e);
}

/* How often the engine was started, in memory that all processes share. */
static _Atomic uint32_t *starts;

static enum status hang_at_first_starts(const struct synth_settings *settings, uint32_t *rate,
                                        struct err *e)
{
    enum { HANGING = 2 };
    if (atomic_fetch_add(starts, 1) < HANGING)
        raise(SIGSTOP);
    return synth_tone.start(settings, rate, e);
}

static void test_a_start_that_hangs_is_tried_again(void **state)
{
    (void)state;
    enum { DEADLINE_MS = 3600000, START_MS = 100 };
    struct synth_engine engine = synth_tone;
    engine.start = hang_at_first_starts;
    struct run good = tone(2), r = tone(2);
    run_all(&good, sound, COUNT);
    starts = mmap(NULL, sizeof *starts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(starts != MAP_FAILED);
    r.engine = &engine;
    r.deadline_ms = DEADLINE_MS;
    r.start_ms = START_MS;
    run_all(&r, sound, COUNT);
    assert_true(atomic_load(starts) >= 3);
    assert_same_run(&good, &r);
    run_free(&good);
    run_free(&r);
    munmap(starts, sizeof *starts);
}

static void test_cancel_after_the_zygote_was_killed(void **state)
{
    (void)state;
    struct run good = tone(2), r = tone(2);
    run_all(&good, sound, COUNT);
    struct pool *p = run_start(&r);
    for (int round = 0; round < 3; round++) {
        for (uint32_t i = 0; i < COUNT; i++)
            pool_add(p, i, SV("long"));
        run_next(p);
        kill(pool_zygote_pid(p), SIGKILL);
        pool_cancel(p);
        run_in(&r, p, sound, COUNT);
        assert_same_run(&good, &r);
        run_free(&r);
        pool_cancel(p);
    }
    pool_stop(p);
    run_free(&good);
}

/* ---- the caller ---- */

/* A caller in the middle of its work, in every state a child can be in; never returns. */
static void be_a_caller(const char *text, int ready)
{
    struct run r = tone(3);
    struct pool *p = run_start(&r);
    for (uint32_t i = 0; i < 12; i++)
        pool_add(p, i, i ? sv_of(text) : SV("một hai"));
    run_next(p);
    if (write(ready, "", 1) == 1)
        pause();
    _exit(1);
}

static void check_caller_killed(const char *text)
{
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t caller = fork();
    if (caller == 0)
        be_a_caller(text, ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    kill(caller, SIGKILL);
    /* This process becomes the parent of all processes that the caller leaves, and each of them
     * ends. */
    int count = 0;
    while (waitpid(-1, NULL, 0) > 0)
        count++;
    assert_int_equal(errno, ECHILD);
    assert_true(count >= 2); /* the caller and the keeper; the others are the keeper's */
    close(ready[0]);
    close(ready[1]);
}

static void test_nothing_outlives_a_killed_caller(void **state)
{
    (void)state;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    check_caller_killed("hang");
    check_caller_killed("long");
    check_caller_killed("stop");
    check_caller_killed("slow slow slow slow slow slow slow slow slow slow slow slow");
}

static void test_signals_of_the_terminal_do_not_reach_the_pool(void **state)
{
    (void)state;
    struct run good = tone(2), r = tone(2);
    run_all(&good, sound, COUNT);
    struct pool *p = run_start(&r);
    uint32_t rate;
    struct err e = ERR_INIT;
    assert_int_equal(pool_rate(p, &rate, &e), STATUS_OK);
    pid_t zygote = pool_zygote_pid(p);
    const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        assert_int_equal(kill(-zygote, signals[i]), 0);
    run_in(&r, p, sound, COUNT);
    assert_int_equal(pool_zygote_pid(p), zygote);
    assert_same_run(&good, &r);
    pool_stop(p);
    run_free(&r);
    run_free(&good);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_crash_costs_its_own_sentence),
        cmocka_unit_test(test_an_exit_costs_its_own_sentence),
        cmocka_unit_test(test_an_error_costs_its_own_sentence),
        cmocka_unit_test(test_a_hang_costs_its_own_sentence),
        cmocka_unit_test(test_a_stopped_child_costs_its_own_sentence),
        cmocka_unit_test(test_what_was_heard_before_a_crash_stays),
        cmocka_unit_test(test_only_faults_still_end),
        cmocka_unit_test(test_a_killed_zygote_costs_nothing),
        cmocka_unit_test(test_a_stopped_zygote_costs_nothing),
        cmocka_unit_test(test_a_zygote_killed_in_a_long_sentence_costs_nothing),
        cmocka_unit_test(test_an_engine_that_cannot_be_restored),
        cmocka_unit_test(test_zygotes_that_die_at_start_are_given_up),
        cmocka_unit_test(test_a_start_that_hangs_is_tried_again),
        cmocka_unit_test(test_cancel_after_the_zygote_was_killed),
        cmocka_unit_test(test_nothing_outlives_a_killed_caller),
        cmocka_unit_test(test_signals_of_the_terminal_do_not_reach_the_pool),
    };
    alarm(120); /* a process that never ends must fail the test, not stall it */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
