/*
 * The engine "sherpa", with a library that stands for sherpa-onnx (tests/sherpa_stand_in.c). The
 * true one is tried by tests/e2e/sherpa.sh.
 */
#include "engine_checks.h"

#include <unistd.h>

enum { RATE = 16000, WORD_FRAMES = RATE / 10, DEADLINE_MS = 1500, PATIENT_MS = 60000 };

static struct synth_settings settings_of(const char *voice)
{
    return (struct synth_settings){voice, 200, 50, 50, 100, 100, 0, 200};
}

/* A folder with the files that a voice names. */
struct files {
    char folder[32];
    struct buf voice;
};

static void make_file(const char *folder, const char *name)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/%s", folder, name);
    FILE *file = fopen(path.p, "w");
    assert_non_null(file);
    fclose(file);
    buf_free(&path);
}

static void make_voice(struct files *f, const char *model, const char *library, const char *more)
{
    *f = (struct files){"/tmp/docbao-sherpa-XXXXXX", BUF_INIT};
    assert_non_null(mkdtemp(f->folder));
    make_file(f->folder, model);
    make_file(f->folder, "tokens.txt");
    buf_addf(&f->voice, "model=%s/%s\ttokens=%s/tokens.txt\tdata=%s\tthreads=3\tlibrary=%s%s",
             f->folder, model, f->folder, f->folder, library, more);
}

static void remove_file(const char *folder, const char *name)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/%s", folder, name);
    unlink(path.p);
    buf_free(&path);
}

static void remove_voice(struct files *f, const char *model)
{
    remove_file(f->folder, model);
    remove_file(f->folder, "tokens.txt");
    rmdir(f->folder);
    buf_free(&f->voice);
}

static struct pool *start(const struct files *f, const struct synth_settings *settings)
{
    struct err e = ERR_INIT;
    struct pool *p = NULL;
    const struct pool_options options = {.jobs = 2, .deadline_ms = DEADLINE_MS};
    const struct synth_settings usual = settings_of(f->voice.p);
    assert_int_equal(pool_start(&p, &synth_sherpa, settings ? settings : &usual, &options, &e),
                     STATUS_OK);
    return p;
}

static int16_t first_sample(const struct heard *h)
{
    int16_t sample;
    assert_true(h->pcm.n >= sizeof sample);
    memcpy(&sample, h->pcm.p, sizeof sample);
    return sample;
}

static void test_a_model_speaks(void **state)
{
    (void)state;
    static const char *const texts[] = {"một hai ba.", "", "bốn loud", "năm nan"};
    struct files f;
    struct run r = {.engine = &synth_sherpa};
    make_voice(&f, "m.onnx", DOCBAO_SHERPA_STAND_IN, "");
    struct pool *p = start(&f, NULL);
    run_in(&r, p, texts, 4);
    pool_stop(p);
    for (size_t i = 0; i < 4; i++)
        assert_false(r.heard.at[i].lost);
    assert_int_equal(r.heard.at[0].pcm.n / 2, 3 * WORD_FRAMES);
    assert_int_equal(r.heard.at[0].words.n, 3);
    assert_int_equal(r.heard.at[0].words.at[2].position, 8);
    assert_in_range(first_sample(&r.heard.at[0]), 3275, 3278);
    assert_int_equal(r.heard.at[1].pcm.n, 0);
    assert_int_equal(first_sample(&r.heard.at[2]), -32767); /* no overflow */
    assert_int_equal(first_sample(&r.heard.at[3]), 0);
    run_free(&r);
    remove_voice(&f, "m.onnx");
}

static void test_speed_volume_and_speaker(void **state)
{
    (void)state;
    static const char *const texts[] = {"một hai"};
    struct files f;
    struct run r = {.engine = &synth_sherpa};
    make_voice(&f, "m.onnx", DOCBAO_SHERPA_STAND_IN, "\tspeaker=3");
    struct synth_settings settings = settings_of(f.voice.p);
    settings.rate = 400;
    settings.volume = 50;
    struct pool *p = start(&f, &settings);
    run_in(&r, p, texts, 1);
    pool_stop(p);
    assert_int_equal(r.heard.at[0].pcm.n / 2, WORD_FRAMES);
    assert_in_range(first_sample(&r.heard.at[0]), 4913, 4917); /* half of 0.3 */
    run_free(&r);
    remove_voice(&f, "m.onnx");
}

static void test_a_fault_costs_one_sentence(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
    } rows[] = {{"crash", "crashed"},
                {"hang", "did not finish within"},
                {"null", "could not say this"},
                {"empty", "gave no sound"},
                {"long", "more sound than any sentence has"}};
    for (size_t i = 0; i < 5; i++) {
        const char *const texts[] = {"một", rows[i].text, "hai ba"};
        struct files f;
        struct run r = {.engine = &synth_sherpa};
        struct synth_engine soon = synth_sherpa; /* it is given up after the start, too */
        soon.start_ms = 1000;
        make_voice(&f, "m.onnx", DOCBAO_SHERPA_STAND_IN, "");
        const struct synth_settings settings = settings_of(f.voice.p);
        bool hangs = strcmp(rows[i].text, "hang") == 0;
        const struct pool_options options = {.jobs = 1,
                                             .deadline_ms = hangs ? DEADLINE_MS : PATIENT_MS};
        struct pool *p = NULL;
        struct err e = ERR_INIT;
        assert_int_equal(pool_start(&p, &soon, &settings, &options, &e), STATUS_OK);
        run_in(&r, p, texts, 3);
        pool_stop(p);
        assert_false(r.heard.at[0].lost);
        assert_true(r.heard.at[1].lost);
        assert_false(r.heard.at[2].lost);
        if (!strstr(r.heard.at[1].why.p, rows[i].why))
            fail_msg("“%s” does not say “%s”", r.heard.at[1].why.p, rows[i].why);
        run_free(&r);
        remove_voice(&f, "m.onnx");
    }
}

static void check_refused(const char *model, const char *library, const char *more, const char *why)
{
    struct files f;
    make_voice(&f, model, library, more);
    check_not_started(start(&f, NULL), why);
    remove_voice(&f, model);
}

static void test_what_cannot_be_loaded_is_said(void **state)
{
    (void)state;
    check_refused("m.onnx", "/no/such.so", "", "\"/no/such.so\", which the section [sherpa] names");
    check_refused("m.onnx", "such.so", "", "is not there");
    check_refused("m.onnx", "/usr/bin/env", "", "cannot be loaded");
    check_refused("m.onnx", DOCBAO_SHERPA_NEWER, "",
                  "of version 1.14.0; docbao knows 1.10 to 1.13");
    check_refused("broken.onnx", DOCBAO_SHERPA_STAND_IN, "", "cannot use the model");
    check_refused("odd-rate.onnx", DOCBAO_SHERPA_STAND_IN, "", "a sample rate of 1000");
    check_refused("m.onnx", DOCBAO_SHERPA_STAND_IN, "\tspeaker=5", "has 4 speakers, no speaker 5");
    check_refused("exits.onnx", DOCBAO_SHERPA_STAND_IN, "",
                  "ended again and again while it loaded");
    check_refused("m.onnx", DOCBAO_SHERPA_STAND_IN, "\tdata=/no/data", "is not there");
}

static void test_the_section_is_checked(void **state)
{
    (void)state;
    static const struct checked_line lines[] = {
        {"model", "/a", true},    {"model", "", false},    {"threads", "64", true},
        {"threads", "65", false}, {"threads", "0", false}, {"processes", "x", false},
        {"speaker", "0", false},  {"speaker", "9", true},  {"program", "x", false}};
    static const struct checked_section sections[] = {
        {"model=/a\ttokens=/b\tdata=/c", true},
        {"model=/a\ttokens=/b\tlexicon=/c", true},
        {"model=/a\ttokens=/b", false},
        {"model=/a\tdata=/c", false},
        {"tokens=/b\tdata=/c", false},
        {"model=/a\ttokens=/b\tdata=/c\tlexicon=/d", false}};
    check_lines(&synth_sherpa, lines, sizeof lines / sizeof *lines);
    check_sections(&synth_sherpa, sections, sizeof sections / sizeof *sections);
}

/* Another model, or another library, makes other sound. */
static void test_another_model_is_another_build(void **state)
{
    (void)state;
    struct files f;
    struct buf before = BUF_INIT, after = BUF_INIT, path = BUF_INIT;
    make_voice(&f, "m.onnx", DOCBAO_SHERPA_STAND_IN, "");
    const struct synth_settings settings = settings_of(f.voice.p);
    synth_sherpa.identify(&settings, &before);
    buf_addf(&path, "%s/m.onnx", f.folder);
    FILE *file = fopen(path.p, "w");
    fputs("other", file);
    fclose(file);
    synth_sherpa.identify(&settings, &after);
    assert_false(sv_eq(buf_sv(&before), buf_sv(&after)));
    assert_non_null(strstr(before.p, " " DOCBAO_SHERPA_STAND_IN "\n"));
    assert_non_null(strstr(before.p, "/tokens.txt\n"));
    buf_free(&before);
    buf_free(&after);
    buf_free(&path);
    remove_voice(&f, "m.onnx");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_model_speaks),
        cmocka_unit_test(test_speed_volume_and_speaker),
        cmocka_unit_test(test_a_fault_costs_one_sentence),
        cmocka_unit_test(test_what_cannot_be_loaded_is_said),
        cmocka_unit_test(test_the_section_is_checked),
        cmocka_unit_test(test_another_model_is_another_build),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
