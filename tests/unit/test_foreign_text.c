/* Text in another language: which words the engine is given, where they come from, and the pauses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "article/read.h"
#include "docbao/foreign_text.h"
#include "session/engine_words.h"
#include "synth/espeak/engine_text.h"

static const struct reading_options options = {.sentence_pause_ms = 1, .block_pause_ms = 2};

/* The sentences as espeak-ng is given them, with the pause in milliseconds. */
static void assert_given(const char *text, const char *wanted)
{
    struct article a;
    struct err e = ERR_INIT;
    struct engine_words words = {0};
    struct buf seen = BUF_INIT;
    uint32_t positions[100];
    assert_int_equal(article_from_text(&a, "", sv_of(text), NULL, &e), STATUS_OK);
    foreign_text_read(&a, &options);
    for (size_t i = 0; i < a.sentences.n; i++) {
        struct buf given = BUF_INIT;
        engine_words_of(&a, &a.sentences.at[i], &words);
        assert_true(words.n <= 100);
        engine_text_prepare_foreign(words.at, words.n, &given, positions);
        buf_addf(&seen, "%s%s|%u", i ? " " : "", given.p, a.sentences.at[i].pause_ms);
        buf_free(&given);
    }
    assert_string_equal(seen.p, wanted);
    vec_free(&words);
    buf_free(&seen);
    article_free(&a);
}

static void test_words_and_pauses(void **state)
{
    (void)state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"", ""},
        {"?!", ""},
        {"Good morning.", "Good morning.|2"},
        {"Yes. I don't (know), Bob?\nC’est l’été", "Yes.|1 I don't, know, Bob?|2 C'est l'été|2"},
        {"It costs 3.50, or 1,000!", "It costs 3.50, or 1,000!|2"},
        {"well-known a/b @x", "well known a b x|2"},
        {"[[a]] \\x01V s's's", "a x01V s'ss|2"},
        {"''' 'quoted' x''y", "quoted x y|2"},
        {"Привет नमस्ते ok", "ok|2"},
        {"ñandú Größe", "ñandú Größe|2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_given(cases[i].text, cases[i].wanted);
}

static void test_long_words_are_cut(void **state)
{
    (void)state;
    char text[3001];
    struct article a;
    struct err e = ERR_INIT;
    struct engine_words words = {0};
    struct buf given = BUF_INIT;
    uint32_t position;
    memset(text, 'x', 3000);
    text[3000] = '\0';
    assert_int_equal(article_from_text(&a, "", sv_of(text), NULL, &e), STATUS_OK);
    foreign_text_read(&a, &options);
    engine_words_of(&a, &a.sentences.at[0], &words);
    engine_text_prepare_foreign(words.at, words.n, &given, &position);
    assert_int_equal(given.n, ENGINE_WORD_BYTES);
    buf_free(&given);
    vec_free(&words);
    article_free(&a);
}

static void test_places(void **state)
{
    (void)state;
    struct article a;
    struct err e = ERR_INIT;
    assert_int_equal(article_from_text(&a, "", SV("  One, (two)"), NULL, &e), STATUS_OK);
    foreign_text_read(&a, &options);
    assert_int_equal(a.tokens.n, 2);
    assert_int_equal(a.tokens.at[0].text.off, 2);
    assert_int_equal(a.tokens.at[1].text.off, 8);
    assert_int_equal(a.tokens.at[1].text.len, 3);
    article_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_and_pauses),
        cmocka_unit_test(test_long_words_are_cut),
        cmocka_unit_test(test_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
