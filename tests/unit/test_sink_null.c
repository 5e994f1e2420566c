/* The sink that plays nothing: it counts, and it can keep a device's pace. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/time.h>

#include "sink/null.h"

static const int16_t silence[1000];

static volatile sig_atomic_t stop; /* a signal handler can set nothing else */

static void on_alarm(int signal_number)
{
    (void)signal_number;
    stop = 1;
}

static void counts_and_discards(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    struct sink_format format = {22050, 1, NULL};
    void *state;
    assert_int_equal(sink_null.open(&state, "", &format, &e), STATUS_OK);
    for (int i = 0; i < 5000; i++)
        assert_int_equal(sink_null.write(state, silence, 1000, &e), STATUS_OK);
    assert_int_equal(sink_null.finish(state, &e), STATUS_OK);
    assert_int_equal(sink_null_frames(state), 5000 * 1000);
    sink_null.close(state);
    err_free(&e);
}

static void refuses_an_unknown_target(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    struct sink_format format = {22050, 1, NULL};
    void *state = &e;
    assert_int_equal(sink_null.open(&state, "fast", &format, &e), STATUS_USAGE);
    assert_null(state);
    assert_non_null(strstr(e.message.p, "fast"));
    err_free(&e);
}

static void a_paced_sink_takes_and_hears_all(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    struct sink_format format = {22050, 1, NULL};
    void *state;
    assert_int_equal(sink_null.open(&state, "realtime", &format, &e), STATUS_OK);
    for (int i = 0; i < 5; i++)
        assert_int_equal(sink_null.write(state, silence, 1000, &e), STATUS_OK);
    assert_int_equal(sink_null.finish(state, &e), STATUS_OK);
    assert_int_equal(sink_null_frames(state), 5000);
    sink_null.close(state);
    err_free(&e);
}

/* Without a pace this loop of an hour of sound would end before the signal. */
static void a_signal_ends_a_paced_write(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    struct sink_format format = {8000, 1, &stop};
    void *state;
    stop = 0;
    signal(SIGALRM, on_alarm);
    setitimer(ITIMER_REAL, &(struct itimerval){.it_value = {0, 30000}}, NULL);
    assert_int_equal(sink_null.open(&state, "realtime", &format, &e), STATUS_OK);
    enum status status = STATUS_OK;
    for (int i = 0; i < 8 * 3600 && !status; i++)
        status = sink_null.write(state, silence, 1000, &e);
    assert_int_equal(status, STATUS_STOPPED);
    sink_null.close(state);
    err_free(&e);
}

static void a_stop_ends_finish(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    struct sink_format format = {2, 1, &stop}; /* so slow that 4 frames are 2 seconds */
    void *state;
    stop = 0;
    assert_int_equal(sink_null.open(&state, "realtime", &format, &e), STATUS_OK);
    signal(SIGALRM, on_alarm);
    setitimer(ITIMER_REAL, &(struct itimerval){.it_value = {0, 30000}}, NULL);
    enum status status = sink_null.write(state, silence, 4, &e);
    if (!status)
        status = sink_null.finish(state, &e);
    assert_int_equal(status, STATUS_STOPPED);
    sink_null.close(state);
    err_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_and_discards),
        cmocka_unit_test(refuses_an_unknown_target),
        cmocka_unit_test(a_paced_sink_takes_and_hears_all),
        cmocka_unit_test(a_signal_ends_a_paced_write),
        cmocka_unit_test(a_stop_ends_finish),
    };
    return cmocka_run_group_tests_name("sink_null", tests, NULL, NULL);
}
