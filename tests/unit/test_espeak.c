#include "pool_run.h"

#include "base/module.h"
#include "synth/espeak/library.h"

static const char *const article[] = {
    "mùa này, bà con làng chài thức dậy từ lúc trời còn tối để kéo lưới.",
    "theo lời người già, năm nào gió về sớm thì cá cũng về nhiều.",
    "đó là điều rất đáng mừng!",
    "chợ phiên họp sáu ngày một lần, mỗi lần một trăm gian hàng.",
    "bạn có biết không?",
    "trời hôm nay đẹp; gió nhẹ, nắng vàng.",
    "ngày mười tháng năm năm hai nghìn không trăm hai mươi lăm.",
    "xe chạy trên đường.",
    "hoạ sĩ toạ đàm về hội hoạ.",
    "mưa lớn gây ngập nhiều tuyến phố.",
    "chiếc [[v'Ew]] và chiếc rơ [[m'O3k]] đỗ bên đường.",
    "hết.",
};
enum { ARTICLE = sizeof article / sizeof *article };

static struct run espeak(uint32_t jobs)
{
    return (struct run){.engine = &synth_espeak, .voice = "vi", .jobs = jobs};
}

static void test_every_sentence_is_heard(void **state)
{
    (void)state;
    struct run r = espeak(2);
    run_all(&r, article, ARTICLE);
    for (size_t i = 0; i < ARTICLE; i++) {
        assert_false(r.heard.at[i].lost);
        /* At least a tenth of a second of audio. */
        assert_true(r.heard.at[i].pcm.n > 2205 * 2);
        assert_true(r.heard.at[i].words.n > 0);
    }
    run_free(&r);
}

static void check_repeatable(const char *voice)
{
    static const struct {
        uint32_t jobs, nap_us;
    } ways[] = {{1, 0}, {2, 0}, {4, 0}, {2, 1000}, {1, 500}};
    struct run first = espeak(1);
    first.voice = voice;
    run_all(&first, article, ARTICLE);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct run r = espeak(ways[i].jobs);
        r.voice = voice;
        r.nap_us = ways[i].nap_us;
        run_all(&r, article, ARTICLE);
        assert_same_run(&first, &r);
        run_free(&r);
    }
    run_free(&first);
}

static void test_the_same_bytes_whatever_the_jobs_and_the_speed(void **state)
{
    (void)state;
    check_repeatable("vi");
    check_repeatable("docbao-south+Annie");
}

static void kill_a_zygote(struct pool *p, size_t event)
{
    if (event == 30)
        kill(pool_zygote_pid(p), SIGKILL);
}

/* A sentence's sound does not depend on the sentences around it. */
static void test_the_same_bytes_in_any_order(void **state)
{
    (void)state;
    const char *backwards[ARTICLE];
    for (size_t i = 0; i < ARTICLE; i++)
        backwards[i] = article[ARTICLE - 1 - i];
    struct run first = espeak(1), r = espeak(2), alone = espeak(1);
    run_all(&first, article, ARTICLE);
    run_all(&r, backwards, ARTICLE);
    run_all(&alone, &article[ARTICLE / 2], 1);
    for (size_t i = 0; i < ARTICLE; i++)
        assert_same_heard(&first.heard.at[i], &r.heard.at[ARTICLE - 1 - i]);
    assert_same_heard(&first.heard.at[ARTICLE / 2], &alone.heard.at[0]);
    run_free(&first);
    run_free(&r);
    run_free(&alone);
}

static void test_the_same_bytes_after_a_zygote_was_killed(void **state)
{
    (void)state;
    struct run first = espeak(2), r = espeak(2);
    run_all(&first, article, ARTICLE);
    r.at_event = kill_a_zygote;
    r.nap_us = 200;
    run_all(&r, article, ARTICLE);
    assert_same_run(&first, &r);
    run_free(&first);
    run_free(&r);
}

static void test_words_are_told_one_by_one(void **state)
{
    (void)state;
    static const char *const thirty[] = {
        "một hai ba bốn năm sáu bảy tám chín mười, nhà cửa ruộng vườn sông núi trời mây gió "
        "mưa, xanh đỏ tím vàng trắng đen nâu hồng cam xám."};
    struct run r = espeak(1);
    run_all(&r, thirty, 1);
    const struct heard *h = &r.heard.at[0];
    assert_int_equal(h->words.n, 30);
    assert_int_equal(h->words.at[0].position, 0);
    assert_int_equal(h->words.at[1].position, 4);
    assert_int_equal(h->words.at[2].position, 8);
    for (size_t i = 1; i < 30; i++) {
        assert_true(h->words.at[i].position > h->words.at[i - 1].position);
        assert_true(h->words.at[i].frame > h->words.at[i - 1].frame);
    }
    assert_true(h->words.at[29].frame < h->pcm.n / 2);
    run_free(&r);
}

/* espeak-ng's own library for sound would load them, and one of them starts a thread. */
static void test_no_library_of_a_sound_server_is_loaded(void **state)
{
    (void)state;
    const struct run r = espeak(1);
    struct pool *p = run_start(&r);
    struct err e = ERR_INIT;
    uint32_t rate;
    assert_int_equal(pool_rate(p, &rate, &e), STATUS_OK); /* the engine has started */
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/maps", pool_zygote_pid(p));
    struct buf maps = BUF_INIT;
    FILE *f = fopen(path, "r");
    for (int c; f && (c = getc(f)) != EOF;)
        buf_putc(&maps, (char)c);
    if (f)
        fclose(f);
    pool_stop(p);
    bool known = sv_find(buf_sv(&maps), SV("libespeak-ng")) >= 0;
    bool loaded = sv_find(buf_sv(&maps), SV("libpulse")) >= 0 ||
                  sv_find(buf_sv(&maps), SV("libpcaudio.so")) >= 0;
    buf_free(&maps);
    if (!known)
        skip(); /* this system does not show what a process has loaded */
    assert_false(loaded);
}

static void check_lost_alone(const struct synth_engine *engine, const char *bad)
{
    const char *texts[ARTICLE];
    memcpy(texts, article, sizeof texts);
    texts[4] = bad;
    struct run r = espeak(2);
    r.engine = engine;
    run_all(&r, texts, ARTICLE);
    for (size_t i = 0; i < ARTICLE; i++) {
        assert_int_equal(r.heard.at[i].lost, i == 4);
        assert_true(i == 4 || r.heard.at[i].pcm.n > 2205 * 2);
    }
    run_free(&r);
}

static void test_the_driver_refuses_what_is_no_vietnamese(void **state)
{
    (void)state;
    static const char *const bad[] = {"\001V",
                                      "một \x1b hai",
                                      "một\nhai",
                                      "\xc2\x85",
                                      "क",
                                      "một \xff",
                                      "s's's'",
                                      "\"-ông",
                                      "[\x02"
                                      "a]]",
                                      "<speak>",
                                      "[[a\x01]]",
                                      "một\x7f",
                                      "ngườingườingườingườingườingườingườing"
                                      "ườingườingườingười"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check_lost_alone(&synth_espeak, bad[i]);
}

/* An engine without the driver's checks: what the library does, the library's child suffers. */
static enum status speak_unchecked(const char *text, const struct synth_output *out, struct err *e)
{
    if (strstr(text, "s's'") || strstr(text, "क")) {
        const void *found;
        if (module_find("espeak", ESPEAK_LIBRARY_SYMBOL, &found, e))
            return e->status;
        const struct espeak_library *library = found;
        library->synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, NULL);
        return err_set(e, STATUS_PARTIAL, "the library survived");
    }
    return synth_espeak.speak(text, out, e);
}

static void test_a_crash_of_the_library_costs_its_own_sentence(void **state)
{
    (void)state;
    struct synth_engine unchecked = synth_espeak;
    unchecked.speak = speak_unchecked;
    struct buf run_of_apostrophes = BUF_INIT;
    for (int i = 0; i < 68; i++)
        buf_adds(&run_of_apostrophes, "s'");
    check_lost_alone(&unchecked, run_of_apostrophes.p);
    check_lost_alone(&unchecked, "क");
    buf_free(&run_of_apostrophes);
}

static void test_a_missing_voice_is_said(void **state)
{
    (void)state;
    static const char *const missing[] = {"vi+no-such", "xx-none", "", "vi+"};
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        struct buf why = BUF_INIT;
        struct err e = ERR_INIT;
        uint32_t rate;
        struct run r = espeak(1);
        r.voice = missing[i];
        bool has = synth_espeak.has_voice(missing[i], &why);
        assert_false(has);
        assert_true(why.n > 0);
        struct pool *p = run_start(&r);
        assert_int_equal(pool_rate(p, &rate, &e), STATUS_USAGE);
        assert_non_null(strstr(e.message.p, why.p));
        pool_stop(p);
        buf_free(&why);
        err_free(&e);
    }
}

static void test_each_dialect_sounds_different(void **state)
{
    (void)state;
    static const char *const voices[] = {"vi", "vi-vn-x-central", "vi-vn-x-south", "vi+f2",
                                         "vi-vn-x-south+f2"};
    enum { VOICES = sizeof voices / sizeof *voices };
    struct run runs[VOICES];
    for (size_t i = 0; i < VOICES; i++) {
        runs[i] = espeak(1);
        runs[i].voice = voices[i];
        run_all(&runs[i], article, 1);
        for (size_t k = 0; k < i; k++) {
            const struct buf *a = &runs[i].heard.at[0].pcm, *b = &runs[k].heard.at[0].pcm;
            assert_false(sv_eq(buf_sv(a), buf_sv(b)));
        }
    }
    for (size_t i = 0; i < VOICES; i++)
        run_free(&runs[i]);
}

/* Whether a voice and its speed were set at the start or later cannot be heard. */
static void test_settings_sound_the_same_whenever_they_are_set(void **state)
{
    (void)state;
    const struct synth_settings others[] = {{"vi", 300, 50, 50, 90, 100, 0, 0},
                                            {"docbao-south+f2", 170, 60, 80, 90, 100, 0, 0},
                                            {"docbao-central", 170, 60, 80, 90, 100, 0, 0},
                                            {"vi", 600, 50, 50, 90, 100, 0, 0},
                                            {"vi", 170, 50, 50, 40, 100, 0, 0}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct run r[2] = {espeak(1), espeak(1)};
        struct err e = ERR_INIT;
        const struct pool_options options = {.jobs = 1};
        const struct synth_settings usual = {"vi", 170, 50, 50, 90, 100, 0, 0};
        for (int late = 0; late < 2; late++) {
            struct pool *p;
            assert_int_equal(
                pool_start(&p, &synth_espeak, late ? &usual : &others[i], &options, &e), STATUS_OK);
            if (late)
                pool_adjust(p, &others[i]);
            run_in(&r[late], p, article, 2);
            pool_stop(p);
        }
        assert_same_run(&r[0], &r[1]);
        run_free(&r[0]);
        run_free(&r[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_sentence_is_heard),
        cmocka_unit_test(test_the_same_bytes_whatever_the_jobs_and_the_speed),
        cmocka_unit_test(test_the_same_bytes_in_any_order),
        cmocka_unit_test(test_the_same_bytes_after_a_zygote_was_killed),
        cmocka_unit_test(test_words_are_told_one_by_one),
        cmocka_unit_test(test_no_library_of_a_sound_server_is_loaded),
        cmocka_unit_test(test_the_driver_refuses_what_is_no_vietnamese),
        cmocka_unit_test(test_a_crash_of_the_library_costs_its_own_sentence),
        cmocka_unit_test(test_a_missing_voice_is_said),
        cmocka_unit_test(test_each_dialect_sounds_different),
        cmocka_unit_test(test_settings_sound_the_same_whenever_they_are_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
