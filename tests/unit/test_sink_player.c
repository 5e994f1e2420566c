/*
 * The player with no sound card: ALSA's file plugin writes down what a device would have heard.
 * It takes sound far faster than a device; so it shows what is played, never when.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <sndfile.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sink/player.h"
#include "alsa_folder.h"

enum { FRAMES = 60000, LONG = 2000 };

static volatile sig_atomic_t stop; /* a signal handler can set nothing else */

static const struct sink_format mono = {22050, 1, NULL, NULL};
static const struct sink_format stereo = {44100, 2, NULL, NULL};
static const struct sink_format stoppable = {22050, 1, &stop, NULL};

static const char full_device[] =
    "pcm.!default { type file slave.pcm null file \"/dev/full\" format \"raw\" perm 0644 }\n"
    "pcm.null { type null }\n";

/* Samples that are never 0: so the silence at both ends is told from them. */
static int16_t *make_sound(uint32_t samples)
{
    int16_t *pcm = malloc(samples * sizeof *pcm);
    for (uint32_t i = 0; i < samples; i++)
        pcm[i] = (int16_t)(1 + (i * 7919u) % 30000);
    return pcm;
}

/* Plays FRAMES frames in uneven pieces; the error stays in `e`. */
static enum status play(const char *device, const struct sink_format *format, struct err *e)
{
    void *state;
    enum status status = sink_player.open(&state, device, format, e);
    if (status)
        return status;
    int16_t *pcm = make_sound(FRAMES * format->channels);
    for (uint32_t at = 0, piece = 1; at < FRAMES && !status; at += piece, piece = piece * 3 + 1) {
        piece = piece < FRAMES - at ? piece : FRAMES - at;
        status = sink_player.write(state, pcm + (size_t)at * format->channels, piece, e);
    }
    if (!status)
        status = sink_player.finish(state, e);
    pid_t process = sink_player_process(state);
    sink_player.close(state);
    free(pcm);
    assert_true(!process || kill(process, 0) != 0);
    return status;
}

static bool says(const struct err *e, const char *text)
{
    return strstr(e->message.p, text) != NULL;
}

static void assert_heard(const struct sink_format *format)
{
    SF_INFO info;
    size_t n = 0, at = 0, wanted = FRAMES * format->channels;
    int16_t *heard = read_heard(&info, &n), *pcm = make_sound((uint32_t)wanted);
    assert_non_null(heard);
    assert_int_equal(info.channels, format->channels);
    assert_int_equal(info.samplerate, format->rate);
    while (at < n && !heard[at])
        at++;
    assert_true(n - at >= wanted);
    assert_memory_equal(heard + at, pcm, wanted * sizeof *pcm);
    for (at += wanted; at < n; at++)
        assert_int_equal(heard[at], 0);
    free(heard);
    free(pcm);
}

/* ---- what is heard ---- */

static void all_is_heard_and_nothing_else(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    configure(alsa_capture);
    assert_int_equal(play("", &mono, &e), STATUS_OK);
    assert_heard(&mono);
    assert_int_equal(play("", &stereo, &e), STATUS_OK);
    assert_heard(&stereo);
    err_free(&e);
}

static void nothing_written_is_no_error(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    void *state;
    configure(alsa_capture);
    assert_int_equal(sink_player.open(&state, "", &mono, &e), STATUS_OK);
    assert_int_equal(sink_player.finish(state, &e), STATUS_OK);
    sink_player.close(state);
    assert_int_equal(sink_player.open(&state, "", &mono, &e), STATUS_OK);
    sink_player.close(state);
    err_free(&e);
}

static void a_device_is_named_in_several_ways(void **unused)
{
    (void)unused;
    static const char *const names[] = {"kitchen_left", "LEFT"};
    struct err e = ERR_INIT;
    configure(alsa_several);
    for (size_t i = 0; i < 2; i++) {
        unlink("heard.wav");
        assert_int_equal(play(names[i], &mono, &e), STATUS_OK);
        assert_heard(&mono);
    }
    assert_int_equal(sink_player_probe("1", &mono, &e), STATUS_OK);
    err_free(&e);
}

static void an_unknown_device_lists_the_known(void **unused)
{
    (void)unused;
    static const char *const names[] = {"garden", "kitchen", "99", "-1", "1x"};
    struct err e = ERR_INIT;
    configure(alsa_several);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(play(names[i], &mono, &e), STATUS_DEVICE);
        assert_true(says(&e, names[i]) && says(&e, "kitchen_left") && says(&e, "kitchen_right"));
    }
    err_free(&e);
}

struct listing {
    size_t count, defaults, kitchens;
    bool numbered; /* each number opens its device */
};

static void note_device(void *user, uint32_t number, const char *name, bool is_default,
                        uint32_t rate)
{
    struct listing *l = user;
    struct err e = ERR_INIT;
    struct buf text = BUF_INIT;
    buf_addf(&text, "%u", number);
    l->numbered = l->numbered && sink_player_probe(text.p, &mono, &e) == STATUS_OK;
    l->count++;
    l->defaults += is_default && strcmp(name, "default") == 0;
    l->kitchens += strncmp(name, "kitchen_", 8) == 0 && rate >= 8000;
    buf_free(&text);
    err_free(&e);
}

static void devices_are_listed(void **unused)
{
    (void)unused;
    static const char *const none[] = {alsa_no_card, alsa_no_pcm};
    struct listing l = {.numbered = true};
    struct err e = ERR_INIT;
    configure(alsa_several);
    assert_int_equal(sink_player_devices(note_device, &l, &e), STATUS_OK);
    assert_true(l.count >= 3 && l.defaults == 1 && l.kitchens == 2 && l.numbered);
    for (size_t i = 0; i < 2; i++) {
        configure(none[i]);
        l.count = 0;
        assert_int_equal(sink_player_devices(note_device, &l, &e), STATUS_DEVICE);
        assert_int_equal(l.count, 0);
        assert_true(says(&e, "docbao save FILE -o OUT.wav"));
    }
    err_free(&e);
}

/* ---- what goes wrong ---- */

static void no_device_says_how_to_save_instead(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    configure(alsa_no_card);
    assert_int_equal(play("", &mono, &e), STATUS_DEVICE);
    assert_true(says(&e, "No sound device was found") && says(&e, "docbao save FILE -o OUT.wav"));
    assert_int_equal(play("speaker", &mono, &e), STATUS_DEVICE);
    assert_true(says(&e, "No sound device was found"));
    assert_int_equal(sink_player_probe("", &mono, &e), STATUS_DEVICE);
    err_free(&e);
}

/* PortAudio aborts on an ALSA configuration without any PCM: only its process may end. */
static void an_abort_inside_the_library_is_survived(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    configure(alsa_no_pcm);
    assert_int_equal(play("", &mono, &e), STATUS_DEVICE);
    assert_true(says(&e, "docbao save FILE -o OUT.wav"));
    assert_int_equal(sink_player_probe("", &mono, &e), STATUS_DEVICE);
    err_free(&e);
}

static void a_lost_device_is_told(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    configure(full_device);
    assert_int_equal(play("", &mono, &e), STATUS_DEVICE);
    assert_true(says(&e, "was lost"));
    configure(alsa_lost_device);
    assert_int_equal(play("", &mono, &e), STATUS_DEVICE);
    assert_true(says(&e, "was lost"));
    err_free(&e);
}

static void a_player_that_is_killed_is_told(void **unused)
{
    (void)unused;
    static const int16_t pcm[512] = {1};
    struct err e = ERR_INIT;
    void *state;
    configure(alsa_capture);
    assert_int_equal(sink_player.open(&state, "", &mono, &e), STATUS_OK);
    assert_int_equal(sink_player.write(state, pcm, 512, &e), STATUS_OK);
    kill(sink_player_process(state), SIGKILL);
    enum status status = STATUS_OK;
    for (int i = 0; i < LONG && !status; i++)
        status = sink_player.write(state, pcm, 512, &e);
    assert_int_equal(status, STATUS_DEVICE);
    assert_true(says(&e, strsignal(SIGKILL)));
    sink_player.close(state);
    err_free(&e);
}

/* A screen reader would read aloud what the sound libraries print. */
static void nothing_reaches_the_terminal(void **unused)
{
    (void)unused;
    static const char *const configurations[] = {alsa_capture, alsa_no_card, alsa_no_pcm,
                                                 full_device};
    for (size_t i = 0; i < sizeof configurations / sizeof *configurations; i++) {
        configure(configurations[i]);
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0) {
            struct err e = ERR_INIT;
            dup2(ends[1], STDOUT_FILENO);
            dup2(ends[1], STDERR_FILENO);
            play("", &mono, &e);
            err_free(&e);
            _exit(0);
        }
        close(ends[1]);
        char byte;
        assert_int_equal(read(ends[0], &byte, 1), 0);
        close(ends[0]);
        int how;
        waitpid(child, &how, 0);
        assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    }
}

/* ---- stops and ends ---- */

static void on_alarm(int signal_number)
{
    (void)signal_number;
    stop = 1;
}

static enum status write_until_it_fails(void *state, struct err *e)
{
    static const int16_t pcm[512] = {1};
    enum status status = STATUS_OK;
    while (!status)
        status = sink_player.write(state, pcm, 512, e);
    return status;
}

/* A hung sound server looks like this: the player takes nothing and says nothing. */
static void a_player_that_hangs_is_left_at_a_stop(void **unused)
{
    (void)unused;
    static const int16_t pcm[512] = {1};
    struct err e = ERR_INIT;
    void *state;
    configure(alsa_capture);
    stop = 0;
    signal(SIGALRM, on_alarm);
    assert_int_equal(sink_player.open(&state, "", &stoppable, &e), STATUS_OK);
    assert_int_equal(sink_player.write(state, pcm, 512, &e), STATUS_OK);
    pid_t process = sink_player_process(state);
    kill(process, SIGSTOP);
    alarm(1);
    assert_int_equal(write_until_it_fails(state, &e), STATUS_STOPPED);
    sink_player.close(state);
    assert_true(kill(process, 0) != 0 && errno == ESRCH);
    err_free(&e);
}

static void a_stop_ends_the_start_and_the_end(void **unused)
{
    (void)unused;
    static const int16_t pcm[512] = {1};
    struct err e = ERR_INIT;
    void *state;
    configure(alsa_capture);
    stop = 1;
    assert_int_equal(sink_player.open(&state, "", &stoppable, &e), STATUS_OK);
    assert_int_equal(sink_player.write(state, pcm, 512, &e), STATUS_STOPPED);
    sink_player.close(state);
    assert_int_equal(sink_player.open(&state, "", &stoppable, &e), STATUS_OK);
    assert_int_equal(sink_player.finish(state, &e), STATUS_STOPPED);
    sink_player.close(state);
    err_free(&e);
}

/* Ctrl-C and `kill` reach the whole group of processes; what to do then is the caller's to say. */
static void signals_to_the_group_do_not_end_the_player(void **unused)
{
    (void)unused;
    static const int16_t pcm[512] = {1};
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct err e = ERR_INIT;
    void *state;
    configure(alsa_capture);
    assert_int_equal(sink_player.open(&state, "", &mono, &e), STATUS_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(sink_player.write(state, pcm, 512, &e), STATUS_OK);
        kill(sink_player_process(state), signals[i]);
    }
    assert_int_equal(sink_player.finish(state, &e), STATUS_OK);
    sink_player.close(state);
    err_free(&e);
}

static void the_player_holds_nothing_of_its_caller(void **unused)
{
    (void)unused;
    struct err e = ERR_INIT;
    void *state;
    int ends[2];
    configure(alsa_capture);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(sink_player.open(&state, "", &mono, &e), STATUS_OK);
    close(ends[1]);
    char byte;
    assert_int_equal(read(ends[0], &byte, 1), 0); /* the end, though the player still runs */
    close(ends[0]);
    assert_int_equal(kill(sink_player_process(state), 0), 0);
    sink_player.close(state);
    err_free(&e);
}

static void a_player_ends_with_its_caller(void **unused)
{
    (void)unused;
    int ends[2];
    configure(alsa_capture);
    assert_int_equal(pipe(ends), 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* the orphan, if any, becomes ours */
    pid_t caller = fork();
    if (caller == 0) {
        static const int16_t pcm[512] = {1};
        struct err e = ERR_INIT;
        void *state;
        sink_player.open(&state, "", &mono, &e);
        sink_player.write(state, pcm, 512, &e);
        pid_t process = sink_player_process(state);
        _exit(write(ends[1], &process, sizeof process) != sizeof process ||
              kill(getpid(), SIGKILL));
    }
    pid_t process;
    assert_int_equal(read(ends[0], &process, sizeof process), sizeof process);
    close(ends[0]);
    close(ends[1]);
    int how;
    assert_int_equal(waitpid(caller, &how, 0), caller);
    assert_int_equal(waitpid(process, &how, 0), process);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_folder(all_is_heard_and_nothing_else),
        in_folder(nothing_written_is_no_error),
        in_folder(a_device_is_named_in_several_ways),
        in_folder(an_unknown_device_lists_the_known),
        in_folder(devices_are_listed),
        in_folder(no_device_says_how_to_save_instead),
        in_folder(an_abort_inside_the_library_is_survived),
        in_folder(a_lost_device_is_told),
        in_folder(a_player_that_is_killed_is_told),
        in_folder(nothing_reaches_the_terminal),
        in_folder(a_player_that_hangs_is_left_at_a_stop),
        in_folder(a_stop_ends_the_start_and_the_end),
        in_folder(signals_to_the_group_do_not_end_the_player),
        in_folder(the_player_holds_nothing_of_its_caller),
        in_folder(a_player_ends_with_its_caller),
    };
    return cmocka_run_group_tests_name("sink_player", tests, NULL, NULL);
}
