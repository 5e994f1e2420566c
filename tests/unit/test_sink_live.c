/*
 * The player as an event loop uses it: nothing waits, what is heard is told, a cut makes silence
 * without a click. ALSA's file plugin writes down what a device would have heard.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "sink/player.h"
#include "alsa_folder.h"

enum {
    RATE = 22050,
    FADE = RATE * 5 / 1000 + 1,
    LEVEL = 10000,
    HERTZ = 100,
    PIECE = 512,
    FIRST = 8192, /* so much that the player trusts the device with all it may queue */
    PLAYED = 256, /* of them, once any were heard */
    QUEUED = 4096,
    TRIES = 5,
};

static const struct sink_format mono = {RATE, 1, NULL, NULL};
static const struct sink_live *live;

static struct err e;
static void *player;

static int enter(void **state)
{
    live = sink_player.live;
    e = ERR_INIT;
    return enter_folder(state);
}

static int leave(void **state)
{
    err_free(&e);
    return leave_folder(state);
}

/* A tone whose first frame is its peak: what is not faded in is told from what is. */
static int16_t tone(uint32_t i)
{
    return (int16_t)lrint(LEVEL * cos(2 * M_PI * HERTZ * i / RATE));
}

/* The most that two frames of it may differ by, where it also fades. */
static int most_step(void)
{
    return (int)(LEVEL * 2 * M_PI * HERTZ / RATE) + LEVEL / FADE + 2;
}

static uint64_t heard_now(void)
{
    uint64_t heard = 0;
    assert_int_equal(live->update(player, &heard, &e), STATUS_OK);
    return heard;
}

static void wait_for_news(void)
{
    int timeout = 10;
    int fd = live->descriptor(player, &timeout);
    poll(&(struct pollfd){fd, POLLIN, 0}, 1, timeout);
}

static void open_player(const char *configuration)
{
    configure(configuration);
    assert_int_equal(sink_player.open(&player, "", &mono, &e), STATUS_OK);
    while (!live->room(player)) {
        wait_for_news();
        heard_now();
    }
}

/* Writes the tone from frame `at` on, never more than there is room for. */
static void write_tone(uint32_t at, uint32_t frames)
{
    int16_t pcm[PIECE];
    for (uint32_t end = at + frames, piece; at < end; at += piece) {
        for (;;) {
            heard_now();
            piece = live->room(player);
            if (piece)
                break;
            wait_for_news();
        }
        piece = piece < PIECE ? piece : PIECE;
        piece = piece < end - at ? piece : end - at;
        for (uint32_t i = 0; i < piece; i++)
            pcm[i] = tone(at + i);
        assert_int_equal(sink_player.write(player, pcm, piece, &e), STATUS_OK);
    }
}

static void wait_until_heard(uint64_t frames)
{
    for (uint64_t before = 0; before < frames;) {
        uint64_t heard = heard_now();
        assert_true(heard >= before && heard <= frames);
        before = heard;
        wait_for_news();
    }
}

static void finish_and_close(void)
{
    assert_int_equal(sink_player.finish(player, &e), STATUS_OK);
    sink_player.close(player);
}

/* ---- what is heard ---- */

static void what_is_heard_reaches_what_was_written(void **unused)
{
    (void)unused;
    open_player(alsa_capture);
    assert_int_equal(heard_now(), 0);
    for (int i = 0; i < 3; i++) {
        write_tone(0, FIRST);
        wait_until_heard(FIRST);
        int timeout = -1;
        live->descriptor(player, &timeout);
        assert_int_equal(timeout, -1); /* nothing is under way */
        write_tone(FIRST, QUEUED);
        live->descriptor(player, &timeout);
        assert_in_range(timeout, 1, 100);
        wait_until_heard(FIRST + QUEUED);
        live->cut(player);
        assert_int_equal(heard_now(), 0);
    }
    assert_int_equal(live->underruns(player), 0);
    finish_and_close();
}

/* ---- cuts ---- */

static size_t skip_silence(const int16_t *heard, size_t at, size_t n)
{
    while (at < n && !heard[at])
        at++;
    return at;
}

/* To the first of two zeros: a fade out ends with one, a fade in begins with one, and the tone
 * passes through none or one. */
static size_t skip_sound(const int16_t *heard, size_t at, size_t n)
{
    while (at + 1 < n && (heard[at] || heard[at + 1]))
        at++;
    return at;
}

static int largest_step(const int16_t *heard, size_t from, size_t to)
{
    int most = 0;
    for (size_t i = from + 1; i < to; i++)
        most = abs(heard[i] - heard[i - 1]) > most ? abs(heard[i] - heard[i - 1]) : most;
    return most;
}

/* `least` to FIRST frames of the tone whole, from its peak on; at most one fade of what comes next;
 * silence; then `second` frames of the tone that fade in and are whole from there. Gives whether
 * there was no click. */
static bool check_cut(uint32_t least, uint32_t second)
{
    SF_INFO info;
    size_t n = 0;
    int16_t *heard = read_heard(&info, &n);
    assert_non_null(heard);
    size_t start = skip_silence(heard, 0, n), end = skip_sound(heard, start, n);
    size_t again = skip_silence(heard, end, n) - 1;
    size_t whole = 0;
    while (start + whole < end && heard[start + whole] == tone((uint32_t)whole))
        whole++;
    assert_true(whole >= least && end - start <= FIRST + FADE && end - start - whole <= FADE);
    assert_true(again + second <= n);
    for (uint32_t i = FADE; i < second; i++)
        assert_int_equal(heard[again + i], tone(i));
    int step = largest_step(heard, start, again + second);
    print_message("largest step %d of %d allowed; %zu frames of fade\n", step, most_step(),
                  end - start - whole);
    assert_true(largest_step(heard, end - 1, again + second) <= most_step());
    free(heard);
    return step <= most_step();
}

/* Nothing is queued: the last frame fades. A test that is not run for a quarter of a second finds
 * that a device would have played all, and nothing left to fade: so it tries again. */
static void a_cut_fades_what_sounds(void **unused)
{
    (void)unused;
    bool smooth = false;
    for (int i = 0; i < TRIES && !smooth; i++) {
        open_player(alsa_capture);
        write_tone(0, FIRST);
        while (heard_now() == 0)
            wait_for_news();
        live->cut(player);
        assert_int_equal(heard_now(), 0);
        write_tone(0, FIRST);
        wait_until_heard(FIRST);
        finish_and_close();
        smooth = check_cut(PLAYED, FIRST);
    }
    assert_true(smooth);
}

/* Queued sound is dropped, except for the frames that fade. */
static void a_cut_overtakes_what_is_queued(void **unused)
{
    (void)unused;
    open_player(alsa_capture);
    write_tone(0, FIRST);
    wait_until_heard(FIRST);
    kill(sink_player_process(player), SIGSTOP);
    write_tone(FIRST, QUEUED);
    live->cut(player);
    write_tone(0, PIECE);
    live->cut(player);
    write_tone(0, PIECE);
    kill(sink_player_process(player), SIGCONT);
    write_tone(PIECE, FIRST - PIECE);
    wait_until_heard(FIRST);
    finish_and_close();
    assert_true(check_cut(FIRST, FIRST));
}

/* Far more cuts than the socket has room for orders. */
static void many_cuts_at_once_are_survived(void **unused)
{
    (void)unused;
    static const int16_t pcm[1] = {LEVEL};
    open_player(alsa_capture);
    write_tone(0, FIRST);
    wait_until_heard(FIRST);
    kill(sink_player_process(player), SIGSTOP);
    for (int i = 0; i < 20000; i++) {
        if (live->room(player))
            assert_int_equal(sink_player.write(player, pcm, 1, &e), STATUS_OK);
        live->cut(player);
        heard_now();
    }
    kill(sink_player_process(player), SIGCONT);
    write_tone(0, FIRST);
    wait_until_heard(FIRST);
    finish_and_close();
    check_cut(FIRST, FIRST);
}

/* Someone leans on a key: cuts come at any moment, and what follows the last is whole. */
static void cuts_come_at_any_moment(void **unused)
{
    (void)unused;
    uint32_t noise = 1;
    open_player(alsa_capture);
    for (int i = 0; i < 300; i++) {
        noise = noise * 1664525u + 1013904223u;
        write_tone(0, (noise >> 16) % 2000);
        live->cut(player);
        assert_int_equal(heard_now(), 0);
    }
    write_tone(0, FIRST);
    wait_until_heard(FIRST);
    assert_int_equal(live->underruns(player), 0);
    finish_and_close();
    SF_INFO info;
    size_t n = 0;
    int16_t *heard = read_heard(&info, &n);
    assert_non_null(heard);
    print_message("largest step %d of %d allowed\n",
                  largest_step(heard, skip_silence(heard, 0, n), n - FIRST), most_step());
    while (n && !heard[n - 1])
        n--;
    assert_true(n >= FIRST);
    for (uint32_t i = FADE; i < FIRST; i++)
        assert_int_equal(heard[n - FIRST + i], tone(i));
    free(heard);
}

/* ---- what goes wrong ---- */

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void a_player_that_hangs_is_left(void **unused)
{
    (void)unused;
    open_player(alsa_capture);
    write_tone(0, FIRST);
    wait_until_heard(FIRST);
    pid_t process = sink_player_process(player);
    kill(process, SIGSTOP);
    write_tone(FIRST, QUEUED);
    live->cut(player);
    assert_int_equal(heard_now(), 0);
    double start = seconds();
    sink_player.close(player);
    assert_true(seconds() - start < 5);
    assert_true(kill(process, 0) != 0 && errno == ESRCH);
}

static bool fails(const char *text)
{
    uint64_t heard;
    return live->update(player, &heard, &e) == STATUS_DEVICE && strstr(e.message.p, text);
}

static void a_player_that_takes_nothing_is_told(void **unused)
{
    (void)unused;
    open_player(alsa_capture);
    kill(sink_player_process(player), SIGSTOP);
    write_tone(0, PIECE);
    double start = seconds();
    while (!fails("has taken no sound"))
        wait_for_news();
    assert_true(seconds() - start > 5);
    sink_player.close(player);
}

static void a_lost_device_is_told_by_a_look(void **unused)
{
    (void)unused;
    static const int16_t pcm[PIECE] = {1};
    open_player(alsa_lost_device);
    while (!fails("was lost")) {
        assert_int_equal(e.status, STATUS_OK);
        uint32_t room = live->room(player);
        if (room)
            assert_true(sink_player.write(player, pcm, room < PIECE ? room : PIECE, &e) ==
                            STATUS_OK ||
                        strstr(e.message.p, "was lost"));
        if (e.status)
            break;
        wait_for_news();
    }
    sink_player.close(player);
}

static void no_device_is_told_by_a_look(void **unused)
{
    (void)unused;
    configure(alsa_no_card);
    assert_int_equal(sink_player.open(&player, "", &mono, &e), STATUS_OK);
    while (!fails("No sound device was found")) {
        assert_int_equal(e.status, STATUS_OK);
        assert_int_equal(live->room(player), 0);
        wait_for_news();
    }
    sink_player.close(player);
}

#define alone(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        alone(what_is_heard_reaches_what_was_written),
        alone(a_cut_fades_what_sounds),
        alone(a_cut_overtakes_what_is_queued),
        alone(many_cuts_at_once_are_survived),
        alone(cuts_come_at_any_moment),
        alone(a_player_that_hangs_is_left),
        alone(a_player_that_takes_nothing_is_told),
        alone(a_lost_device_is_told_by_a_look),
        alone(no_device_is_told_by_a_look),
    };
    return cmocka_run_group_tests_name("sink_live", tests, NULL, NULL);
}
