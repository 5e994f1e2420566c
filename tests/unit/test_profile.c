/* Profiles: the shipped ones, a user's own, and what is wrong with one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/decimal.h"
#include "docbao/docbao.h"

static char folder[] = "/tmp/docbao-profiles-XXXXXX";
static char own[64];

static int make_folder(void **unused)
{
    (void)unused;
    if (!mkdtemp(folder))
        return -1;
    snprintf(own, sizeof own, "%s/own.ini", folder);
    return 0;
}

static int remove_folder(void **unused)
{
    (void)unused;
    unlink(own);
    return rmdir(folder);
}

static struct docbao *new_docbao(void)
{
    static const struct docbao_options options;
    return docbao_new(&options);
}

static void the_shipped_ones_are_as_promised(void **unused)
{
    (void)unused;
    struct docbao *d = new_docbao();
    struct docbao_output o;
    assert_int_equal(docbao_profile(d, "loa", NULL, &o), DOCBAO_OK);
    assert_string_equal(o.format, "mp3");
    assert_true(o.bitrate == 128 && !o.variable_bitrate && o.channels == 1);
    assert_true(o.sample_rate == 44100 && o.has_loudness && o.loudness == -16);
    assert_true(o.has_peak && o.peak == -1.5 && o.tone.low_hz == 250 && o.tone.high_hz == 6000);
    assert_int_equal(docbao_profile(d, "podcast", NULL, &o), DOCBAO_OK);
    assert_true(strcmp(o.format, "mp3") == 0 && o.loudness == -19 && o.loudness_stereo == -16);
    assert_int_equal(docbao_profile(d, "phat-thanh", NULL, &o), DOCBAO_OK);
    assert_true(strcmp(o.format, "wav") == 0 && o.sample_rate == 48000 && o.channels == 2);
    assert_true(o.loudness_stereo == -23 && o.tone.low_hz == 0);
    assert_int_equal(docbao_profile(d, "luu-tru", NULL, &o), DOCBAO_OK);
    assert_true(strcmp(o.format, "flac") == 0 && !o.has_loudness && !o.has_peak);
    docbao_free(d);
}

static enum docbao_status load(struct docbao *d, const char *text, struct docbao_output *o)
{
    FILE *f = fopen(own, "w");
    fputs(text, f);
    fclose(f);
    return docbao_profile(d, "own", folder, o);
}

static void an_own_one_is_read(void **unused)
{
    (void)unused;
    struct docbao *d = new_docbao();
    struct docbao_output o;
    assert_int_equal(load(d, "[format]\ntype = opus\nbitrate=32\n[loudness]\nstereo = -18.5\n", &o),
                     DOCBAO_OK);
    assert_string_equal(o.format, "opus");
    assert_true(o.bitrate == 32 && o.has_loudness && !o.has_peak);
    assert_true(o.loudness == -18.5 && o.loudness_stereo == -18.5);
    docbao_free(d);
}

static void tags_of_every_file(void **unused)
{
    (void)unused;
    struct docbao *d = new_docbao();
    struct docbao_output o;
    char cover[sizeof own + sizeof "bia.png"];
    snprintf(cover, sizeof cover, "%s/bia.png", folder);
    assert_int_equal(load(d,
                          "[tags]\nauthor = Đài Cẩm Phả\ncomment = Bản tin; số 1\ncover = bia.png\n"
                          "rdxml = yes\n",
                          &o),
                     DOCBAO_OK);
    assert_string_equal(o.tags.author, "Đài Cẩm Phả");
    assert_string_equal(o.tags.cover, cover);
    assert_true(o.rdxml && !o.tags.none && !o.tags.title);
    assert_int_equal(load(d, "[tags]\nwrite = no\ncover = /a.png\n", &o), DOCBAO_OK);
    assert_string_equal(o.tags.cover, "/a.png");
    assert_true(o.tags.none && !o.rdxml && !o.tags.author);
    docbao_free(d);
}

static void a_fault_has_its_line_and_says_what_is_allowed(void **unused)
{
    static const struct {
        const char *text;
        uint32_t line;
        const char *says;
    } rows[] = {
        {"[format]\ntype = mp4\n", 2, "wav, flac, ogg, opus, mp3, m4a, m4b"},
        {"[format]\n\nrate = 7999\n", 3, "from 8000 to 192000"},
        {"[format]\nrate = 44100.5\n", 2, "whole number"},
        {"[format]\nchannels = 3\n", 2, "from 1 to 2"},
        {"[format]\nbitrate = viel\n", 2, "from 8 to 512"},
        {"[format]\nbitrate_mode = abr\n", 2, "constant, variable"},
        {"[loudness]\ntarget = -3\n", 2, "from -50 to -8"},
        {"[loudness]\npeak = 1\n", 2, "from -20 to 0"},
        {"[tone]\nlift = 40\n", 2, "from 0 to 12"},
        {"[tags]\nrdxml = perhaps\n", 2, "yes, no"},
        {"[tags]\ntitle = Tin\n", 2, "tags.author"},
        {"[tone]\nloud = 4\n", 2, "tone.lift_from"},
        {"[format]\nnonsense\n", 2, "name = value"},
        {"[tone]\nlift = 4\n", 0, "tone.lift_to"},
        {"[tone]\nlow = 2000\nhigh = 2000\n", 0, "above tone.low"},
    };
    (void)unused;
    struct docbao *d = new_docbao();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct docbao_output o;
        assert_int_equal(load(d, rows[i].text, &o), DOCBAO_USAGE);
        const struct docbao_error *e = docbao_last_error(d);
        assert_string_equal(e->file, own);
        assert_int_equal(e->line, rows[i].line);
        if (!strstr(e->message, rows[i].says))
            fail_msg("%s lacks %s", e->message, rows[i].says);
    }
    docbao_free(d);
}

static void an_unknown_one_names_the_known_ones(void **unused)
{
    static const char *const names[] = {"radio", "", "../loa", ".loa", "loa.ini"};
    (void)unused;
    struct docbao *d = new_docbao();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct docbao_output o;
        assert_int_equal(docbao_profile(d, names[i], folder, &o), DOCBAO_USAGE);
        assert_non_null(strstr(docbao_last_error(d)->message, "loa, luu-tru, phat-thanh, podcast"));
    }
    docbao_free(d);
}

static void the_ending_comes_before_the_profile(void **unused)
{
    (void)unused;
    const struct docbao_output o = {.format = "mp3"};
    assert_string_equal(docbao_format_of("a.WAV", &o), "wav");
    assert_string_equal(docbao_format_of("a", &o), "mp3");
    assert_string_equal(docbao_format_of("-", &o), "mp3");
    assert_null(docbao_format_of("a", NULL));
}

static void decimal_numbers(void **unused)
{
    static const char *const wrong[] = {"",    "-",    ".5",         "5.",  "1,5", " 1",
                                        "1e3", "0x10", "1234567890", "--1", "nan", "1.2.3"};
    (void)unused;
    double value = 7;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(decimal_parse(wrong[i], &value));
    assert_true(value == 7);
    assert_true(decimal_parse("-16", &value) && value == -16);
    assert_true(decimal_parse("+0.25", &value) && value == 0.25);
    assert_true(decimal_parse("-1.50", &value) && value == -1.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_ones_are_as_promised),
        cmocka_unit_test(an_own_one_is_read),
        cmocka_unit_test(tags_of_every_file),
        cmocka_unit_test(a_fault_has_its_line_and_says_what_is_allowed),
        cmocka_unit_test(an_unknown_one_names_the_known_ones),
        cmocka_unit_test(the_ending_comes_before_the_profile),
        cmocka_unit_test(decimal_numbers),
    };
    return cmocka_run_group_tests_name("profile", tests, make_folder, remove_folder);
}
