/* The sink that plays nothing: it counts, and it can keep a device's pace. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <sys/time.h>
#include <unistd.h>

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
    struct sink_format format = {22050, 1, NULL, NULL};
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
    struct sink_format format = {22050, 1, NULL, NULL};
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
    struct sink_format format = {22050, 1, NULL, NULL};
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
    struct sink_format format = {8000, 1, &stop, NULL};
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
    struct sink_format format = {2, 1, &stop, NULL}; /* so slow that 4 frames are 2 seconds */
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

/* ---- as it is listened to ---- */

static uint64_t heard_of(void *state)
{
    struct err e = ERR_INIT;
    uint64_t heard;
    assert_int_equal(sink_null.live->update(state, &heard, &e), STATUS_OK);
    err_free(&e);
    return heard;
}

static void without_a_pace_all_is_heard_at_once(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    struct sink_format format = {22050, 1, NULL, NULL};
    void *state;
    int timeout = -1;
    assert_int_equal(sink_null.open(&state, "", &format, &e), STATUS_OK);
    for (int i = 1; i <= 100; i++) {
        assert_true(sink_null.live->room(state) >= 1000);
        assert_int_equal(sink_null.write(state, silence, 1000, &e), STATUS_OK);
        assert_int_equal(heard_of(state), i * 1000);
    }
    sink_null.live->cut(state);
    assert_int_equal(heard_of(state), 0);
    assert_int_equal(sink_null_frames(state), 100 * 1000);
    assert_int_equal(sink_null.live->descriptor(state, &timeout), -1);
    assert_int_equal(timeout, -1);
    assert_int_equal(sink_null.live->underruns(state), 0);
    sink_null.close(state);
    err_free(&e);
}

/* Half a second, written whenever there is room, as an event loop does. */
static void with_a_pace_what_is_heard_follows_the_clock(void **unused)
{
    (void)unused;
    enum { FRAMES = 11025, MOST_AHEAD = 2205 };
    struct err e = ERR_INIT;
    struct sink_format format = {22050, 1, NULL, NULL};
    void *state;
    assert_int_equal(sink_null.open(&state, "realtime", &format, &e), STATUS_OK);
    uint64_t written = 0, heard = 0;
    while (heard < FRAMES) {
        uint32_t room = sink_null.live->room(state);
        room = room < FRAMES - written ? room : (uint32_t)(FRAMES - written);
        for (uint32_t piece; room; room -= piece, written += piece) {
            piece = room < 1000 ? room : 1000;
            assert_int_equal(sink_null.write(state, silence, piece, &e), STATUS_OK);
        }
        uint64_t now = heard_of(state);
        assert_true(now >= heard && now <= written && written - now <= MOST_AHEAD);
        heard = now;
        int timeout = 1000;
        sink_null.live->descriptor(state, &timeout);
        assert_true(timeout < 1000 || heard_of(state) == written);
        poll(NULL, 0, timeout < 1000 ? timeout : 1);
    }
    assert_int_equal(written, FRAMES);
    sink_null.close(state);
    err_free(&e);
}

static void a_cut_drops_what_is_not_heard(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    struct sink_format format = {2, 1, NULL, NULL}; /* so slow that nothing is heard meanwhile */
    void *state;
    assert_int_equal(sink_null.open(&state, "realtime", &format, &e), STATUS_OK);
    for (int i = 0; i < 20; i++) {
        assert_true(sink_null.live->room(state) >= 512);
        assert_int_equal(sink_null.write(state, silence, 512, &e), STATUS_OK);
        assert_int_equal(sink_null.live->room(state), 0);
        assert_true(heard_of(state) < 512);
        sink_null.live->cut(state);
        assert_int_equal(heard_of(state), 0);
    }
    assert_int_equal(sink_null.live->underruns(state), 0);
    assert_int_equal(sink_null_frames(state), 20 * 512);
    sink_null.close(state);
    err_free(&e);
}

/* So fast that all is heard long before the next comes. */
static void a_late_write_is_an_underrun(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    struct sink_format format = {10 * 1000 * 1000, 1, NULL, NULL};
    void *state;
    assert_int_equal(sink_null.open(&state, "realtime", &format, &e), STATUS_OK);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(sink_null.write(state, silence, 500, &e), STATUS_OK);
        assert_int_equal(sink_null.live->underruns(state), i);
        usleep(2000);
        assert_int_equal(sink_null.write(state, silence, 500, &e), STATUS_OK);
        assert_int_equal(sink_null.live->underruns(state), i + 1);
        usleep(2000);
        sink_null.live->cut(state);
    }
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
        cmocka_unit_test(without_a_pace_all_is_heard_at_once),
        cmocka_unit_test(with_a_pace_what_is_heard_follows_the_clock),
        cmocka_unit_test(a_cut_drops_what_is_not_heard),
        cmocka_unit_test(a_late_write_is_an_underrun),
    };
    return cmocka_run_group_tests_name("sink_null", tests, NULL, NULL);
}
