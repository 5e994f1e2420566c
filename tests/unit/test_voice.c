#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>

#include "synth/voice.h"

static const char good[] = "[voice]\ndescription = thử\nengine = espeak\nengine_voice = vi\n"
                           "dialect = south\ngender = male\n[speech]\nrate = 165\npitch = 40\n"
                           "range = 60\nvolume = 80\n[pause]\nsentence = 1\nblock = 2\ntitle = 3\n";

static const char *const shipped[] = {"bac-nam", "bac-nu",    "nam-nam",
                                      "nam-nu",  "trung-nam", "trung-nu"};

struct folder {
    char path[32];
    struct buf file;
};

static void folder_make(struct folder *f, const char *name, const char *text)
{
    *f = (struct folder){"/tmp/docbao-voices-XXXXXX", BUF_INIT};
    assert_non_null(mkdtemp(f->path));
    buf_addf(&f->file, "%s/%s", f->path, name);
    FILE *file = fopen(f->file.p, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void folder_remove(struct folder *f)
{
    unlink(f->file.p);
    rmdir(f->path);
    buf_free(&f->file);
}

static void test_shipped_voices_are_complete(void **state)
{
    (void)state;
    struct voice_list list;
    voice_list(&list, NULL);
    assert_int_equal(list.voices.n, sizeof shipped / sizeof *shipped);
    for (size_t i = 0; i < list.voices.n; i++) {
        const struct voice *v = &list.voices.at[i].voice;
        assert_string_equal(v->name, shipped[i]);
        assert_string_equal(v->engine, "espeak");
        assert_in_range(v->rate, 160, 179);
        assert_true(v->sentence_pause_ms < v->block_pause_ms);
        assert_true(v->block_pause_ms < v->title_pause_ms);
    }
    voice_list_free(&list);
}

static void test_shipped_voices_name_their_dialect(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
        struct voice v;
        struct sv name = sv_of(shipped[i]);
        assert_int_equal(voice_find(&v, name, NULL, &e), STATUS_OK);
        struct sv region = sv_starts(name, SV("bac"))     ? SV("north")
                           : sv_starts(name, SV("trung")) ? SV("central")
                                                          : SV("south");
        assert_true(sv_is(region, voice_dialect_name(v.dialect)));
        assert_true(sv_is(sv_ends(name, SV("-nu")) ? SV("female") : SV("male"),
                          v.gender == VOICE_MALE ? "male" : "female"));
        voice_free(&v);
    }
    err_free(&e);
}

static void test_an_unknown_name_lists_the_known_ones(void **state)
{
    (void)state;
    const char *names[] = {"no-such", "", "../bac-nam", ".", "bac-nam/"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct err e = ERR_INIT;
        struct voice v;
        assert_int_equal(voice_find(&v, sv_of(names[i]), "/nowhere", &e), STATUS_USAGE);
        assert_non_null(strstr(e.message.p, "bac-nam, bac-nu, nam-nam"));
        err_free(&e);
    }
}

static void test_a_folder_adds_and_hides(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct folder f;
    struct voice v;
    struct voice_list list;
    folder_make(&f, "bac-nam.voice", good);
    assert_int_equal(voice_find(&v, SV("bac-nam"), f.path, &e), STATUS_OK);
    assert_int_equal(v.dialect, DIALECT_SOUTH);
    assert_int_equal(v.pitch, 40);
    assert_int_equal(v.title_pause_ms, 3);
    voice_free(&v);
    folder_remove(&f);

    folder_make(&f, "aa.voice", good);
    voice_list(&list, f.path);
    assert_int_equal(list.voices.n, 1 + sizeof shipped / sizeof *shipped);
    assert_string_equal(list.voices.at[0].voice.name, "aa");
    assert_string_equal(list.voices.at[0].voice.description, "thử");
    voice_list_free(&list);
    folder_remove(&f);
    err_free(&e);
}

static void check_bad(const char *from, const char *to, uint32_t line, const char *says)
{
    struct buf text = BUF_INIT;
    struct folder f;
    struct voice v;
    struct err e = ERR_INIT;
    ptrdiff_t at = sv_find(sv_of(good), sv_of(from));
    assert_true(at >= 0);
    buf_addf(&text, "%.*s%s%s", (int)at, good, to, good + at + strlen(from));
    folder_make(&f, "x.voice", text.p);
    assert_int_equal(voice_find(&v, SV("x"), f.path, &e), STATUS_USAGE);
    assert_string_equal(e.file.p, f.file.p);
    assert_int_equal(e.line, line);
    if (!strstr(e.message.p, says))
        fail_msg("\"%s\" does not say \"%s\"", e.message.p, says);
    folder_remove(&f);
    buf_free(&text);
    err_free(&e);
}

static void test_a_bad_value_is_named_with_its_line(void **state)
{
    (void)state;
    check_bad("rate = 165", "rate = 500", 8, "500");
    check_bad("rate = 165", "rate = fast", 8, "160 to 179");
    check_bad("rate = 165", "rate = -165", 8, "-165");
    check_bad("rate = 165", "rate = 165x", 8, "165x");
    check_bad("pitch = 40", "pitch = 100", 9, "0 to 99");
    check_bad("dialect = south", "dialect = west", 5, "north, central, south");
    check_bad("engine = espeak", "engine = festival", 3, "festival");
    check_bad("engine_voice = vi", "engine_voice =", 4, "empty");
    check_bad("volume = 80", "loudness = 80", 11, "loudness");
    check_bad("volume = 80", "volume", 11, "neither");
    check_bad("block = 2\n", "", 0, "\"block\" in [pause]");
}

/* A broken file takes nothing from the other voices, not even the hidden one of its name. */
static void test_a_broken_file_hides_no_other_voice(void **state)
{
    (void)state;
    struct folder f;
    struct voice_list list;
    folder_make(&f, "bac-nu.voice", "[voice]\nrate\n");
    voice_list(&list, f.path);
    assert_int_equal(list.voices.n, sizeof shipped / sizeof *shipped);
    for (size_t i = 0; i < list.voices.n; i++) {
        const struct voice_entry *entry = &list.voices.at[i];
        assert_string_equal(entry->voice.name, shipped[i]);
        if (strcmp(shipped[i], "bac-nu") != 0)
            assert_null(entry->problem);
        else
            assert_non_null(strstr(entry->problem, "bac-nu.voice:2: The voice cannot be read"));
    }
    voice_list_free(&list);
    folder_remove(&f);
}

static void test_settings_stay_within_the_engine(void **state)
{
    (void)state;
    struct voice_list list;
    voice_list(&list, NULL);
    for (size_t i = 0; i < list.voices.n; i++) {
        const struct voice *v = &list.voices.at[i].voice;
        assert_int_equal(voice_settings(v, 100).rate, v->rate);
        assert_in_range(voice_settings(v, 50).rate, 80, 449);
        assert_in_range(voice_settings(v, 250).rate, 80, 449);
        assert_in_range(voice_settings(v, 400).rate, 640, 720);
        assert_ptr_equal(voice_settings(v, 100).voice, v->engine_voice);
        assert_int_equal(voice_settings(v, 50).pause_percent, 100);
        assert_int_equal(voice_settings(v, 100).pause_percent, 100);
        assert_int_equal(voice_settings(v, 250).pause_percent, 40);
        assert_int_equal(voice_settings(v, 400).pause_percent, 25);
    }
    voice_list_free(&list);
}

static void test_shipped_voices_exist_in_the_engine(void **state)
{
    (void)state;
    struct voice_list list;
    voice_list(&list, NULL);
    for (size_t i = 0; i < list.voices.n; i++) {
        const struct voice *v = &list.voices.at[i].voice;
        struct buf why = BUF_INIT;
        if (!synth_engine_named(sv_of(v->engine))->has_voice(v->engine_voice, &why))
            fail_msg("%s: %s", v->name, why.p);
        buf_free(&why);
    }
    voice_list_free(&list);
}

/* ---- voices that run a program ---- */

static const char program[] = "[voice]\ndescription = thử\nengine = command\nlicence = CC BY 4.0\n"
                              "dialect = south\ngender = male\n[speech]\nrate = 250\n[pause]\n"
                              "sentence = 1\nblock = 2\ntitle = 3\n[command]\n"
                              "program = /usr/bin/env x\n  --model y\nread = /usr\n";

static enum status find_program_voice(struct folder *f, struct voice *v, struct err *e)
{
    *e = ERR_INIT;
    return voice_find(v, SV("x"), f->path, e);
}

static void test_a_voice_may_name_a_program(void **state)
{
    (void)state;
    struct folder f;
    struct voice v, copy;
    struct err e;
    folder_make(&f, "x.voice", program);
    assert_int_equal(find_program_voice(&f, &v, &e), STATUS_OK);
    voice_copy(&copy, &v);
    voice_free(&v);
    assert_string_equal(copy.engine_voice, "program=/usr/bin/env x --model y\tread=/usr");
    assert_string_equal(copy.licence, "CC BY 4.0");
    assert_string_equal(copy.path, f.file.p);
    assert_int_equal(copy.rate, 250);
    assert_int_equal(copy.volume, 100);
    struct synth_settings settings = voice_settings(&copy, 50);
    assert_int_equal(settings.rate, 125);
    assert_int_equal(settings.own_rate, 250);
    voice_free(&copy);
    folder_remove(&f);
}

static void check_bad_program(const char *from, const char *to, uint32_t line, const char *says)
{
    struct buf text = BUF_INIT;
    struct folder f;
    struct voice v;
    struct err e;
    ptrdiff_t at = sv_find(sv_of(program), sv_of(from));
    assert_true(at >= 0);
    buf_addf(&text, "%.*s%s%s", (int)at, program, to, program + at + strlen(from));
    folder_make(&f, "x.voice", text.p);
    assert_int_equal(find_program_voice(&f, &v, &e), STATUS_USAGE);
    assert_int_equal(e.line, line);
    if (!strstr(e.message.p, says))
        fail_msg("\"%s\" does not say \"%s\"", e.message.p, says);
    folder_remove(&f);
    buf_free(&text);
    err_free(&e);
}

static void test_what_a_program_cannot_do_is_refused(void **state)
{
    (void)state;
    char longer[300] = "program = ";
    memset(longer + strlen(longer), 'x', 200);
    check_bad_program("rate = 250", "rate = 401", 8, "80 to 400");
    check_bad_program("rate = 250", "rate = 250\npitch = 50", 0, "has no “pitch”");
    check_bad_program("rate = 250", "rate = 250\nrange = 50", 0, "has no “range”");
    check_bad_program("dialect", "engine_voice = vi\ndialect", 0, "has no “engine_voice”");
    check_bad_program("read = /usr", "sample_rate = 16000", 0, "remove “sample_rate”");
    check_bad_program("read = /usr", "run = always", 16, "kept, each");
    check_bad_program("read = /usr", "shell = sh", 16, "\"shell\" in [command]");
    check_bad_program("program = /usr/bin/env x\n  --model y\n", "", 0, "no “program”");
    check_bad_program("engine = command", "engine = espeak", 8, "160 to 179");
    check_bad_program("program = /usr/bin/env x", longer, 14, "longer than 197 bytes");
    check_bad_program("engine = command\n", "", 7, "160 to 179");
    check_bad("[pause]", "[command]\nprogram = x\n[pause]", 0, "is for voices of that engine only");
}

/* Another user could have written it, and would run a program with the rights of this one. */
static void test_a_program_of_others_is_not_run(void **state)
{
    (void)state;
    struct folder f;
    struct voice v;
    struct err e;
    folder_make(&f, "x.voice", program);
    chmod(f.file.p, 0666);
    assert_int_equal(find_program_voice(&f, &v, &e), STATUS_USAGE);
    assert_non_null(strstr(e.message.p, "The voice names a program, and is not used"));
    assert_string_equal(e.file.p, f.file.p);
    err_free(&e);
    chmod(f.file.p, 0600);
    chmod(f.path, 0777);
    assert_int_equal(find_program_voice(&f, &v, &e), STATUS_USAGE);
    err_free(&e);
    chmod(f.path, 0700);
    assert_int_equal(find_program_voice(&f, &v, &e), STATUS_OK);
    voice_free(&v);
    folder_remove(&f);
    folder_make(&f, "x.voice", good); /* names no program */
    chmod(f.file.p, 0666);
    assert_int_equal(find_program_voice(&f, &v, &e), STATUS_OK);
    voice_free(&v);
    folder_remove(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped_voices_are_complete),
        cmocka_unit_test(test_shipped_voices_name_their_dialect),
        cmocka_unit_test(test_an_unknown_name_lists_the_known_ones),
        cmocka_unit_test(test_a_folder_adds_and_hides),
        cmocka_unit_test(test_a_bad_value_is_named_with_its_line),
        cmocka_unit_test(test_a_broken_file_hides_no_other_voice),
        cmocka_unit_test(test_settings_stay_within_the_engine),
        cmocka_unit_test(test_shipped_voices_exist_in_the_engine),
        cmocka_unit_test(test_a_voice_may_name_a_program),
        cmocka_unit_test(test_what_a_program_cannot_do_is_refused),
        cmocka_unit_test(test_a_program_of_others_is_not_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
