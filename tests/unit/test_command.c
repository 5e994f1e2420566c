/*
 * The engine "command": programs that behave, and programs that die, hang, lie or never end. The
 * program is tests/engine_program.c, which does what the words of a sentence tell it.
 */
#include "engine_checks.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/module.h"
#include "base/sandbox.h"
#include "base/sanitizer.h"

/* A program that sends sound without end reaches the limit of a sentence before the deadline. */
enum { RATE = 22050, WORD_FRAMES = RATE / 10, DEADLINE_MS = 4000 };

static struct synth_settings settings_of(const char *voice)
{
    return (struct synth_settings){voice, 170, 50, 50, 100, 100, 0, 170};
}

static struct pool *start(const char *arguments, uint32_t jobs, struct buf *voice)
{
    struct err e = ERR_INIT;
    struct pool *p = NULL;
    const struct pool_options options = {.jobs = jobs, .deadline_ms = DEADLINE_MS};
    *voice = BUF_INIT;
    buf_addf(voice, "program=%s %s\tprocesses=%u", DOCBAO_ENGINE_PROGRAM, arguments, jobs);
    const struct synth_settings settings = settings_of(voice->p);
    if (pool_start(&p, &synth_command, &settings, &options, &e) != STATUS_OK)
        fail_msg("%s", e.message.p);
    return p;
}

static void speak(struct run *r, const char *arguments, uint32_t jobs, const char *const *texts,
                  size_t n)
{
    struct buf voice;
    struct pool *p = start(arguments, jobs, &voice);
    *r = (struct run){.engine = &synth_command};
    run_in(r, p, texts, n);
    pool_stop(p);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    buf_free(&voice);
}

static uint32_t frames_of(const struct heard *h)
{
    return (uint32_t)(h->pcm.n / sizeof(int16_t));
}

/* The number of the sentence that the process was speaking: it is started once, and kept. */
static int spoken_before(const struct heard *h)
{
    int16_t level;
    assert_true(h->pcm.n >= sizeof level);
    memcpy(&level, h->pcm.p + h->pcm.n - sizeof level, sizeof level);
    return level / 100 - 1;
}

static void check_said(const struct heard *h, uint32_t words)
{
    if (h->lost)
        fail_msg("lost: %s", h->why.p);
    assert_int_equal(frames_of(h), words * WORD_FRAMES);
    assert_int_equal(h->words.n, words);
}

static void test_a_program_speaks_and_is_kept(void **state)
{
    (void)state;
    static const char *const texts[] = {"một hai ba.", "bốn, năm", "", "sáu", "bảy tám chín mười"};
    static const uint32_t words[] = {3, 2, 0, 1, 4};
    struct run r;
    speak(&r, "22050 3", 1, texts, 5);
    for (size_t i = 0; i < 5; i++)
        check_said(&r.heard.at[i], words[i]);
    assert_int_equal(r.heard.at[0].words.at[1].position, 4);
    assert_int_equal(r.heard.at[0].words.at[2].position, 8);
    assert_int_equal(r.heard.at[0].words.at[2].frame, 2 * WORD_FRAMES);
    assert_int_equal(spoken_before(&r.heard.at[4]), 3); /* the empty one was not given to it */
    run_free(&r);
}

/* Times are made up where the program tells none; they come before the sound, and in order. */
static void test_words_without_times_get_some(void **state)
{
    (void)state;
    static const char *const texts[] = {"một hai ba bốn, năm sáu."};
    struct run r;
    speak(&r, "22050 1", 1, texts, 1);
    const struct heard *h = &r.heard.at[0];
    check_said(h, 6);
    for (size_t i = 1; i < 6; i++)
        assert_true(h->words.at[i].frame > h->words.at[i - 1].frame);
    assert_true(h->words.at[5].frame < frames_of(h));
    run_free(&r);
}

static void test_several_programs_share_the_work_in_order(void **state)
{
    (void)state;
    const char *texts[20];
    for (size_t i = 0; i < 20; i++)
        texts[i] = i % 3 ? "một slow" : "một slow hai slow ba";
    struct run r;
    speak(&r, "22050 3", 3, texts, 20);
    for (size_t i = 0; i < 20; i++)
        check_said(&r.heard.at[i], i % 3 ? 2 : 5);
    run_free(&r);
}

static void test_each_fault_costs_one_sentence(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
    } rows[] = {
        {"một crash", "signal 6"},
        {"một exit", "the program left with code 3; it printed: the model is broken"},
        {"một hang", "did not answer within"},
        {"hang", "did not answer within"},
        {"noise", "did not answer within"}, /* on standard error */
        {"một endless", "more sound than any sentence has"},
        {"noend", "did not answer within"},
        {"wrongend", "ends a sentence that it was not given"},
        {"hello", "says hello a second time"},
        {"backwards", "out of order"},
        {"beyond", "words that are not there"},
        {"past", "out of order"},
        {"huge", "no frame of sound"},
        {"một odd", "no frame of sound"},
        {"empty", "no frame of sound"},
        {"kind", "no frame of sound (kind 113, 4 bytes)"},
        {"longword", "no frame of sound"},
        {"longerror", "no frame of sound"},
        {"shortend", "no frame of sound"},
        {"garbage", "no frame of sound"},
        {"error", "the program says: no"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const texts[] = {"một hai", rows[i].text, "ba bốn năm"};
        struct run r;
        speak(&r, "22050 3", 1, texts, 3);
        check_said(&r.heard.at[0], 2);
        check_said(&r.heard.at[2], 3);
        assert_true(r.heard.at[1].lost);
        if (!strstr(r.heard.at[1].why.p, rows[i].why))
            fail_msg("%s: “%s” does not say “%s”", rows[i].text, r.heard.at[1].why.p, rows[i].why);
        run_free(&r);
    }
}

/* One that only had an error to report goes on; one that misbehaved was started again. */
static void test_only_a_bad_program_is_started_again(void **state)
{
    (void)state;
    static const char *const texts[] = {"một", "error", "hai", "kind", "ba"};
    struct run r;
    speak(&r, "22050 3", 1, texts, 5);
    assert_int_equal(spoken_before(&r.heard.at[2]), 1);
    assert_int_equal(spoken_before(&r.heard.at[4]), 0);
    run_free(&r);
}

/* A program that leaves between two sentences is started again, and nothing is lost. */
static void test_a_program_that_leaves_is_started_again(void **state)
{
    (void)state;
    static const char *const texts[] = {"một leave", "hai", "ba leave", "bốn"};
    struct run r;
    speak(&r, "22050 3", 1, texts, 4);
    for (size_t i = 0; i < 4; i++)
        assert_false(r.heard.at[i].lost);
    assert_int_equal(spoken_before(&r.heard.at[1]), 0);
    run_free(&r);
}

static void test_a_program_that_fails_again_and_again_is_given_up(void **state)
{
    (void)state;
    static const char *const texts[] = {"kind", "odd", "huge", "một", "hai"};
    struct run r;
    speak(&r, "22050 3", 1, texts, 5);
    for (size_t i = 0; i < 5; i++)
        assert_true(r.heard.at[i].lost);
    assert_non_null(strstr(r.heard.at[4].why.p, "is not started again"));
    run_free(&r);
}

static void check_refused(const char *voice, uint32_t rate, const char *why)
{
    struct err e = ERR_INIT;
    struct pool *p = NULL;
    struct synth_settings settings = settings_of(voice);
    settings.rate = rate;
    const struct pool_options options = {.jobs = 1};
    assert_int_equal(pool_start(&p, &synth_command, &settings, &options, &e), STATUS_OK);
    check_not_started(p, why);
    err_free(&e);
}

static void test_what_cannot_start_is_said(void **state)
{
    (void)state;
    check_refused("program=/no/such", 170, "there is no program \"/no/such\"");
    check_refused("program=./engine", 170, "by its whole path");
    check_refused("program=/etc", 170, "there is no program");
    check_refused("program=" DOCBAO_ENGINE_PROGRAM "\tread=/no/folder", 170, "is not there");
    check_refused("program=" DOCBAO_ENGINE_PROGRAM " 22050 3 chatty", 170, "no frame of sound");
    check_refused("program=" DOCBAO_ENGINE_PROGRAM " 22050 3 broken", 170,
                  "left with code 1; it printed: ImportError: no such thing");
    check_refused("program=" DOCBAO_ENGINE_PROGRAM " 1000 3", 170, "a sample rate from 8000");
    check_refused("program=/usr/bin/true", 170, "left with code 0");
}

/* At twice the speed; by the program, and, where it cannot, by docbao. */
static void check_speed(const char *arguments, bool by_docbao)
{
    static const char *const texts[] = {"một hai ba bốn"};
    enum { FAST = 340, NEAR = 150 };
    struct buf voice;
    struct pool *p = start(arguments, 1, &voice);
    struct synth_settings fast = settings_of(voice.p);
    fast.rate = FAST;
    struct run r = {.engine = &synth_command};
    pool_adjust(p, &fast);
    run_in(&r, p, texts, 1);
    const struct heard *h = &r.heard.at[0];
    assert_int_equal(h->lost, by_docbao && !module_is_installed("speed"));
    if (!h->lost) {
        assert_in_range(frames_of(h), 2 * WORD_FRAMES - NEAR, 2 * WORD_FRAMES + NEAR);
        assert_int_equal(h->words.n, 4);
        for (size_t i = 0; i < 4; i++)
            assert_in_range(h->words.at[i].frame, i * (WORD_FRAMES / 2),
                            i * (WORD_FRAMES / 2) + NEAR);
    } else {
        assert_non_null(strstr(h->why.p, "has one speed only"));
    }
    pool_stop(p);
    run_free(&r);
    buf_free(&voice);
}

static void test_any_speed_is_the_programs_part_or_docbaos(void **state)
{
    (void)state;
    check_speed("22050 3", false);
    check_speed("22050 2", true);
}

/* What is cancelled is not heard, and the program, which is still busy with it, is kept. */
static void test_cancelling_keeps_the_program(void **state)
{
    (void)state;
    struct buf voice;
    struct pool *p = start("22050 3", 1, &voice);
    pool_add(p, 1, SV("một"));
    for (struct pool_event event = run_next(p); event.kind != POOL_SENTENCE;)
        event = run_next(p);
    pool_add(p, 2, SV("hai slow slow slow slow"));
    pool_add(p, 3, SV("ba"));
    while (run_next(p).kind != POOL_AUDIO)
        ;
    pool_cancel(p);
    for (unsigned again = 0; again < 2; again++) {
        struct run r = {.engine = &synth_command};
        static const char *const texts[] = {"bốn năm"};
        if (again)
            pool_renew(p);
        run_in(&r, p, texts, 1);
        check_said(&r.heard.at[0], 2);
        /* "ba" was not begun. */
        assert_int_equal(spoken_before(&r.heard.at[0]), 2 + (int)again);
        run_free(&r);
    }
    pool_stop(p);
    buf_free(&voice);
}

/* Settings go to the program that runs: it is not started again for them. */
static void test_volume_changes_in_the_middle(void **state)
{
    (void)state;
    struct buf voice;
    struct pool *p = start("22050 3", 1, &voice);
    struct synth_settings quiet = settings_of(voice.p);
    quiet.volume = 50;
    pool_add(p, 0, SV("một"));
    pool_adjust(p, &quiet);
    pool_add(p, 1, SV("hai"));
    int16_t levels[2] = {0};
    for (unsigned done = 0; done < 2;) {
        struct pool_event event = run_next(p);
        if (event.kind == POOL_AUDIO)
            levels[event.id] = event.pcm[0];
        done += event.kind == POOL_SENTENCE;
        assert_int_not_equal(event.kind, POOL_LOST);
    }
    assert_int_equal(levels[0], 100);
    assert_int_equal(levels[1], 100); /* half of 200: the second sentence of the same process */
    pool_stop(p);
    buf_free(&voice);
}

static void kill_a_zygote(struct pool *p, size_t event)
{
    if (event == 6)
        kill(pool_zygote_pid(p), SIGKILL);
}

static void test_a_zygote_that_dies_takes_no_sentence_with_it(void **state)
{
    (void)state;
    static const char *const texts[] = {"một hai", "ba slow bốn", "năm", "sáu bảy"};
    struct buf voice;
    struct pool *p = start("22050 3", 1, &voice);
    struct run r = {.engine = &synth_command, .at_event = kill_a_zygote};
    run_in(&r, p, texts, 4);
    for (size_t i = 0; i < 4; i++)
        assert_false(r.heard.at[i].lost);
    assert_int_equal(frames_of(&r.heard.at[1]), 3 * WORD_FRAMES);
    pool_stop(p);
    run_free(&r);
    buf_free(&voice);
}

static void test_the_program_is_confined(void **state)
{
    (void)state;
    static const char *const texts[] = {"deeds"};
    struct sandbox_support support = sandbox_support();
    struct run r;
    if (!support.calls || !support.landlock)
        skip();
    speak(&r, "22050 3", 1, texts, 1);
    assert_non_null(strstr(r.heard.at[0].why.p, "file 0, secret 0, network 0, local 0, group 0"));
    run_free(&r);
}

/* ---- a program for each sentence ---- */

static void check_each(const char *program, const char *lost_why, uint32_t frames)
{
    static const char *const texts[] = {"một hai", "ba"};
    struct err e = ERR_INIT;
    struct pool *p = NULL;
    struct buf voice = BUF_INIT;
    const struct pool_options options = {.jobs = 2, .deadline_ms = DEADLINE_MS};
    buf_addf(&voice, "program=%s\trun=each\tsample_rate=22050", program);
    const struct synth_settings settings = settings_of(voice.p);
    assert_int_equal(pool_start(&p, &synth_command, &settings, &options, &e), STATUS_OK);
    struct run r = {.engine = &synth_command};
    run_in(&r, p, texts, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct heard *h = &r.heard.at[i];
        if (lost_why && !(h->lost && strstr(h->why.p, lost_why)))
            fail_msg("%s: “%s” does not say “%s”", program, h->why.p, lost_why);
        if (!lost_why && h->lost)
            fail_msg("%s: %s", program, h->why.p);
        if (frames)
            assert_int_equal(frames_of(h), frames);
        assert_true(lost_why || h->words.n == 2 - i);
    }
    pool_stop(p);
    run_free(&r);
    buf_free(&voice);
    err_free(&e);
}

static void test_programs_that_run_once_a_sentence(void **state)
{
    (void)state;
    check_each("head -c 2000 /dev/zero", NULL, 1000);
    check_each("head -c 2001 /dev/zero", NULL, 1000); /* half a sample is left over */
    check_each("espeak-ng -v vi --stdin --stdout", NULL, 0);
    check_each("espeak-ng -v vi -s {words} --stdin --stdout", NULL, 0);
    check_each("true", "gave no sound: the program left with code 0", 0);
    check_each("sh -c \"echo bad >&2; exit 4\"", "left with code 4; it printed: bad", 0);
    check_each("cat /dev/zero", "more sound than any sentence has", 0);
    check_each("sleep 100", "did not answer within", 0);
    check_each("printf RIFF....WAVEfmt.____", "not of one channel", 0);
    check_each("printf RIFF", "gave no sound", 0);
}

static void test_the_configuration_is_checked(void **state)
{
    (void)state;
    static const struct checked_line lines[] = {
        {"program", "x y", true},       {"run", "kept", true},
        {"run", "each", true},          {"run", "often", false},
        {"sample_rate", "7999", false}, {"sample_rate", "8000", true},
        {"sample_rate", "96000", true}, {"sample_rate", "96001", false},
        {"sample_rate", "22k", false},  {"sample_rate", "", false},
        {"processes", "0", false},      {"processes", "64", true},
        {"processes", "65", false},     {"processes", "99999999999999999999999", false},
        {"shell", "sh", false},         {"read", "/usr", true},
    };
    static const struct checked_section sections[] = {
        {"program=x", true},
        {"program=x\trun=kept\tread=/a", true},
        {"", false},
        {"read=/a", false},
        {"program= \tread=/a", false},
        {"program=x\trun=each", false},
        {"program=x\trun=each\tsample_rate=22050", true},
        {"program=x\tsample_rate=22050", false},
    };
    check_lines(&synth_command, lines, sizeof lines / sizeof *lines);
    check_sections(&synth_command, sections, sizeof sections / sizeof *sections);
}

/* What the sound is kept under in the cache changes with the program and the files it is given. */
static void test_other_files_are_another_build(void **state)
{
    (void)state;
    char file[] = "/tmp/docbao-model-XXXXXX";
    int fd = mkstemp(file);
    struct buf voice = BUF_INIT, builds[3] = {BUF_INIT, BUF_INIT, BUF_INIT};
    buf_addf(&voice, "program=%s --model=%s", DOCBAO_ENGINE_PROGRAM, file);
    const struct synth_settings settings = settings_of(voice.p);
    synth_command.identify(&settings, &builds[0]);
    synth_command.identify(&settings, &builds[1]);
    assert_int_equal(write(fd, "x", 1), 1);
    synth_command.identify(&settings, &builds[2]);
    assert_true(sv_eq(buf_sv(&builds[0]), buf_sv(&builds[1])));
    assert_false(sv_eq(buf_sv(&builds[0]), buf_sv(&builds[2])));
    assert_non_null(strstr(builds[0].p, " " DOCBAO_ENGINE_PROGRAM "\n"));
    assert_non_null(strstr(builds[0].p, file));
    close(fd);
    unlink(file);
    for (size_t i = 0; i < 3; i++)
        buf_free(&builds[i]);
    buf_free(&voice);
}

/* A program that never says hello is not waited for longer than the start may take. */
static void test_a_silent_start_ends(void **state)
{
    (void)state;
    if (SANITIZER)
        skip(); /* it takes its 20 s in any build */
    int64_t before = clock_now_ns();
    check_refused("program=" DOCBAO_ENGINE_PROGRAM " 22050 3 silent", 170,
                  "did not answer within 20000 ms");
    assert_true((clock_now_ns() - before) / CLOCK_NS_PER_MS >= 19000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_program_speaks_and_is_kept),
        cmocka_unit_test(test_words_without_times_get_some),
        cmocka_unit_test(test_several_programs_share_the_work_in_order),
        cmocka_unit_test(test_each_fault_costs_one_sentence),
        cmocka_unit_test(test_only_a_bad_program_is_started_again),
        cmocka_unit_test(test_a_program_that_leaves_is_started_again),
        cmocka_unit_test(test_a_program_that_fails_again_and_again_is_given_up),
        cmocka_unit_test(test_what_cannot_start_is_said),
        cmocka_unit_test(test_any_speed_is_the_programs_part_or_docbaos),
        cmocka_unit_test(test_cancelling_keeps_the_program),
        cmocka_unit_test(test_volume_changes_in_the_middle),
        cmocka_unit_test(test_a_zygote_that_dies_takes_no_sentence_with_it),
        cmocka_unit_test(test_the_program_is_confined),
        cmocka_unit_test(test_programs_that_run_once_a_sentence),
        cmocka_unit_test(test_the_configuration_is_checked),
        cmocka_unit_test(test_other_files_are_another_build),
        cmocka_unit_test(test_a_silent_start_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
