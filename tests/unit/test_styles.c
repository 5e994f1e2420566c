/*
 * Styles: which one a sentence has, the pause after it, and what is heard of it: its melody (F0,
 * tests/pitch.h) and its length beside the same words in a paragraph.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pitch.h"

#include <math.h>

#include "article/read.h"
#include "rules/style.h"
#include "session/engine_words.h"
#include "session/feeder.h"
#include "synth/estimate.h"
#include "synth/voice.h"

/* ---- articles ---- */

struct reading {
    struct article a;
    struct rules *rules;
    struct reading_options options;
    bool given;
};

/* Each line is a block of the kind of the same place in `kinds`. */
static void read_lines(struct reading *r, const char *lines, const uint8_t *kinds, bool plain)
{
    struct err e = ERR_INIT;
    *r = (struct reading){.options = {.dialect = DIALECT_NORTH,
                                      .plain = plain,
                                      .sentence_pause_ms = 350,
                                      .block_pause_ms = 650,
                                      .title_pause_ms = 900}};
    assert_int_equal(rules_load(&r->rules, NULL, &e), STATUS_OK);
    assert_int_equal(article_from_text(&r->a, "lines", sv_of(lines), r->rules, &e), STATUS_OK);
    for (size_t i = 0; i < r->a.blocks.n; i++)
        r->a.blocks.at[i].kind = kinds[i];
    normalize_article(&r->a, r->rules, &r->options);
}

static void reading_free(struct reading *r)
{
    article_free(&r->a);
    rules_free(r->rules);
}

static const char *style_name(unsigned style)
{
    for (const struct kind_name *k = kind_names[KINDS_style]; k->name; k++)
        if (k->bit == style)
            return k->name;
    return "none";
}

static void expect_styles(const char *lines, const uint8_t *kinds, bool plain, const char *expected)
{
    struct reading r;
    struct buf got = BUF_INIT;
    read_lines(&r, lines, kinds, plain);
    for (size_t i = 0; i < r.a.sentences.n; i++)
        buf_addf(&got, "%s%s", i ? " " : "", style_name(r.a.sentences.at[i].style));
    assert_string_equal(got.p, expected);
    buf_free(&got);
    reading_free(&r);
}

static void test_the_block_decides(void **state)
{
    (void)state;
    static const uint8_t kinds[] = {BLOCK_TITLE,   BLOCK_SAPO, BLOCK_HEADING,
                                    BLOCK_LIST,    BLOCK_LIST, BLOCK_LIST,
                                    BLOCK_CAPTION, BLOCK_LIST, BLOCK_BYLINE};
    const char *lines = "Chợ mở\nMưa. Gió.\nMục một\nCá\nTôm. Cua.\nỐc\nẢnh chợ\nMột mục\nAn";
    expect_styles(lines, kinds, false,
                  "title text text heading list-first list list list-last caption text text");
    expect_styles(lines, kinds, true, "none none none none none none none none none none none");
}

static void test_a_quotation_is_a_whole_sentence(void **state)
{
    (void)state;
    static const uint8_t kinds[] = {BLOCK_PARAGRAPH, BLOCK_PARAGRAPH, BLOCK_TITLE};
    expect_styles("“Trời mưa to.” Ông về.", kinds, false, "quote text");
    expect_styles("«Trời mưa to.» Ông về.", kinds, false, "quote text");
    expect_styles("\"Trời mưa to.\" Ông về.", kinds, false, "quote text");
    expect_styles("“Trời mưa to. Gió lớn.” Ông về.", kinds, false, "quote quote text");
    expect_styles("Ông nói: “Trời mưa to.” Ông về.", kinds, false, "text text");
    expect_styles("“Trời mưa to”, ông nói. Ông về.", kinds, false, "text text");
    expect_styles("Chợ “cóc” họp. Ông về.", kinds, false, "text text");
    /* A mark too many changes nothing. */
    expect_styles("“Trời mưa to. Ông về.", kinds, false, "text text");
    expect_styles("Trời mưa to.” Ông về.", kinds, false, "text text");
    /* Nor does a quotation reach into the next paragraph. */
    expect_styles("“Trời mưa to.\nÔng về.”", kinds, false, "text text");
    expect_styles("Mưa.\nMưa.\n“Trời mưa to.”", kinds, false, "text text title");
}

/* ---- pauses ---- */

static uint32_t pause_after(uint32_t syllables, bool plain)
{
    static const uint8_t kinds[] = {BLOCK_PARAGRAPH};
    struct reading r;
    struct buf text = BUF_INIT;
    for (uint32_t i = 0; i < syllables; i++)
        buf_adds(&text, i ? " mưa" : "Mưa");
    buf_adds(&text, ". Gió.");
    read_lines(&r, text.p, kinds, plain);
    assert_int_equal(r.a.sentences.n, 2);
    assert_int_equal(r.a.sentences.at[1].pause_ms, 650);
    uint32_t pause = r.a.sentences.at[0].pause_ms;
    reading_free(&r);
    buf_free(&text);
    return pause;
}

static void test_the_breath_grows_with_the_sentence(void **state)
{
    (void)state;
    assert_int_equal(pause_after(25, false), 350);
    assert_int_equal(pause_after(26, false), 358);
    assert_int_equal(pause_after(15, false), 270);
    assert_int_equal(pause_after(43, false), 494);
    /* Within bounds. */
    assert_int_equal(pause_after(1, false), 245);
    assert_int_equal(pause_after(60, false), 525);
    assert_int_equal(pause_after(1, true), 350);
    assert_int_equal(pause_after(60, true), 350);
}

static void test_a_list_goes_on(void **state)
{
    (void)state;
    static const uint8_t kinds[] = {BLOCK_LIST, BLOCK_LIST, BLOCK_LIST};
    struct reading r;
    read_lines(&r, "Cá\nTôm\nCua", kinds, false);
    assert_int_equal(r.a.sentences.at[0].pause_ms, 520);
    assert_int_equal(r.a.sentences.at[1].pause_ms, 520);
    assert_int_equal(r.a.sentences.at[2].pause_ms, 650);
    reading_free(&r);
}

/* ---- what is heard ---- */

enum { RATE = 22050, MOST = 16 };

/* Of one sentence. */
struct melody {
    double hz;      /* the median */
    double seconds; /* without the silence at its ends */
};

static bool next_article(void *user, struct article *a, int step, struct article **out)
{
    struct reading *r = user;
    (void)a;
    (void)step;
    *out = r->given ? NULL : &r->a;
    r->given = true;
    return true;
}

static struct melody melody_of(const struct buf *sound)
{
    const int16_t *pcm = (const int16_t *)(const void *)sound->p;
    size_t n = sound->n / sizeof *pcm, first = 0, steps;
    double hz[4000];
    while (n && pcm[n - 1] > -100 && pcm[n - 1] < 100)
        n--;
    while (first < n && pcm[first] > -100 && pcm[first] < 100)
        first++;
    steps = pitch_track(pcm + first, n - first, RATE, hz, sizeof hz / sizeof *hz);
    return (struct melody){pitch_median(hz, steps), (double)(n - first) / RATE};
}

/* Speaks the article; returns the number of sentences. */
static size_t hear(struct reading *r, const char *voice_name, uint32_t percent, uint32_t jobs,
                   struct melody *heard, uint64_t *digest)
{
    struct voice voice;
    struct err e = ERR_INIT;
    struct feeder f = {0};
    struct feeder_event event;
    struct buf sound = BUF_INIT;
    size_t n = 0;
    assert_int_equal(voice_find(&voice, sv_of(voice_name), NULL, &e), STATUS_OK);
    const struct synth_settings settings = voice_settings(&voice, percent);
    const struct feeder_options options = {
        .engine = synth_engine_named(sv_of(voice.engine)), .settings = &settings, .jobs = jobs};
    const struct feeder_source source = {.neighbour = next_article, .user = r};
    assert_int_equal(feeder_open(&f, &options, &e), STATUS_OK);
    feeder_begin(&f, r->rules, &source);
    for (r->given = false, *digest = 0; !feeder_is_done(&f); feeder_feed(&f)) {
        assert_int_equal(feeder_next(&f, 100, &event, &e), STATUS_OK);
        if (event.kind == FEEDER_AUDIO)
            buf_add(&sound, event.pcm, event.frames * sizeof *event.pcm);
        assert_int_not_equal(event.kind, FEEDER_LOST);
        if (event.kind != FEEDER_COMPLETE)
            continue;
        *digest = *digest * 31 + sv_hash(buf_sv(&sound));
        assert_true(n < MOST);
        heard[n++] = melody_of(&sound);
        buf_clear(&sound);
        feeder_drop(&f, 1);
    }
    feeder_close(&f);
    buf_free(&sound);
    voice_free(&voice);
    return n;
}

#define WORDS "Bà con làng chài thức dậy từ lúc trời còn tối để kéo lưới"

static const uint8_t all_kinds[] = {BLOCK_TITLE, BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_CAPTION,
                                    BLOCK_LIST,  BLOCK_LIST,      BLOCK_LIST,    BLOCK_PARAGRAPH};
static const char all_lines[] = WORDS ".\n" WORDS ".\n" WORDS ".\n" WORDS ".\n" WORDS ".\n" WORDS
                                      ".\n" WORDS ".\n“" WORDS ".”\n";
enum { TITLE, TEXT, HEADING, CAPTION, FIRST, MIDDLE, LAST, QUOTE, ALL };

/* Semitones that the sentence is higher than the same words in a paragraph, and by what part it is
 * longer, each between two figures. */
static const struct {
    double least, most, shortest, longest;
} expected[ALL] = {
    [TITLE] = {0.9, 1.5, 1.04, 1.09},     [TEXT] = {0, 0, 1, 1},
    [HEADING] = {0.3, 1.0, 1.015, 1.055}, [CAPTION] = {-0.8, -0.1, 0.935, 0.98},
    [FIRST] = {0.05, 0.55, 0.99, 1.01},   [MIDDLE] = {0.4, 1.0, 0.99, 1.01},
    [LAST] = {-0.4, -0.02, 1.005, 1.04},  [QUOTE] = {0.3, 0.8, 1, 1.035},
};

static void check_voice(const char *voice)
{
    struct reading r, plain;
    struct melody heard[MOST], same[MOST];
    uint64_t digest, other;
    read_lines(&r, all_lines, all_kinds, false);
    read_lines(&plain, all_lines, all_kinds, true);
    assert_int_equal(hear(&r, voice, 100, 2, heard, &digest), ALL);
    assert_int_equal(hear(&plain, voice, 100, 2, same, &other), ALL);
    for (size_t i = 0; i < ALL; i++) {
        double up = pitch_semitones(heard[TEXT].hz, heard[i].hz);
        double longer = heard[i].seconds / heard[TEXT].seconds;
        if (up < expected[i].least || up > expected[i].most || longer < expected[i].shortest ||
            longer > expected[i].longest)
            fail_msg("%s, sentence %zu: %.2f semitones, %.3f times as long", voice, i, up, longer);
        assert_true(same[i].hz == heard[TEXT].hz && same[i].seconds == heard[TEXT].seconds);
    }
    reading_free(&r);
    reading_free(&plain);
}

static void test_each_style_is_heard(void **state)
{
    (void)state;
    check_voice("bac-nam");
    check_voice("bac-nu");
    check_voice("trung-nam");
    check_voice("trung-nu");
    check_voice("nam-nam");
    check_voice("nam-nu");
}

/* Sentences with a style are estimated by what they are longer or shorter. */
static void check_estimate(const char *voice_name, uint32_t percent, double most)
{
    struct reading r;
    struct melody heard[MOST];
    uint64_t digest;
    struct voice voice;
    struct err e = ERR_INIT;
    struct estimate estimate = {0};
    struct engine_words words = {0};
    read_lines(&r, all_lines, all_kinds, false);
    hear(&r, voice_name, percent, 2, heard, &digest);
    assert_int_equal(voice_find(&voice, sv_of(voice_name), NULL, &e), STATUS_OK);
    estimate_begin(&estimate, &voice, DIALECT_NORTH);
    for (uint32_t i = 0; i < ALL; i++) {
        const struct sentence *s = &r.a.sentences.at[i];
        engine_words_of(&r.a, s, &words);
        estimate_add(&estimate, words.at, words.n, (uint32_t)style_figures(r.rules, s->style).rate,
                     0);
    }
    double text = (double)estimate_ms(&estimate, TEXT, TEXT + 1, percent);
    for (uint32_t i = 0; i < ALL; i++) {
        double told = (double)estimate_ms(&estimate, i, i + 1, percent) / text;
        double real = heard[i].seconds / heard[TEXT].seconds;
        if (fabs(told / real - 1) > most)
            fail_msg("%s, %u percent, sentence %u: told %.3f, heard %.3f", voice_name, percent, i,
                     told, real);
    }
    estimate_free(&estimate);
    vec_free(&words);
    voice_free(&voice);
    reading_free(&r);
}

static void test_the_time_of_a_style_is_estimated(void **state)
{
    (void)state;
    check_estimate("bac-nu", 100, 0.02);
    check_estimate("bac-nam", 60, 0.02);
    check_estimate("bac-nu", 230, 0.04);
}

/* A style is no state that stays: the sound is the same with any number of workers, and in another
 * order. */
static void test_the_same_bytes_with_any_number_of_workers(void **state)
{
    (void)state;
    struct reading r;
    struct melody heard[MOST];
    uint64_t one, four;
    read_lines(&r, all_lines, all_kinds, false);
    hear(&r, "bac-nu", 150, 1, heard, &one);
    hear(&r, "bac-nu", 150, 4, heard, &four);
    assert_true(one == four);
    reading_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_block_decides),
        cmocka_unit_test(test_a_quotation_is_a_whole_sentence),
        cmocka_unit_test(test_the_breath_grows_with_the_sentence),
        cmocka_unit_test(test_a_list_goes_on),
        cmocka_unit_test(test_each_style_is_heard),
        cmocka_unit_test(test_the_time_of_a_style_is_estimated),
        cmocka_unit_test(test_the_same_bytes_with_any_number_of_workers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
