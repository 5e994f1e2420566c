/*
 * What was skipped before a text is read: it is not said, the words beside it are, and a number
 * behind it does not go on. The pauses after sentences, and the words of a sentence.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "documents.h"
#include "text/normalize.h"

static const struct reading_options options = {
    .plain = true, .sentence_pause_ms = 1, .block_pause_ms = 2, .title_pause_ms = 3};

/* Opens the text, each line a paragraph, and skips what stands between < and >, marks included. */
static void open_skipping(struct article *a, const char *text)
{
    open_document(a, "bài", sv_of(text), true);
    for (size_t i = 0, from = 0; i < a->text.n; i++) {
        if (a->text.p[i] == '<')
            from = i;
        if (a->text.p[i] == '>')
            article_skip(a, (struct span){(uint32_t)from, (uint32_t)(i + 1 - from)}, SKIP_NOTES);
    }
}

/* The sentences as they are said, with strokes between. */
static void expect_said(struct article *a, const char *name, const char *said)
{
    struct buf out = BUF_INIT;
    normalize_article(a, rules, &options);
    for (size_t i = 0; i < a->sentences.n; i++) {
        buf_adds(&out, i ? " / " : "");
        buf_add_sv(&out, article_spoken(a, a->sentences.at[i].spoken));
    }
    if (strcmp(out.p, said) != 0)
        fail_msg("%s: %s", name, out.p);
    buf_free(&out);
}

static void what_was_skipped_is_not_said(void **state)
{
    (void)state;
    static const struct {
        const char *text, *spoken;
    } cases[] = {
        {"Xã <của huyện> họp sáng nay.", "xã họp sáng nay."},
        {"<Tin> Xã họp.", "xã họp."},
        {"Xã họp <tin>", "xã họp"},
        {"Xã<x>họp.", "xã họp."},
        {"Năm 1930<3>.1 người đi.", "năm một nghìn chín trăm ba mươi. / một người đi."},
        {"Giá 2<a>,5 nghìn.", "giá hai, năm nghìn."},
        {"Giá 2,5 nghìn <a>.", "giá hai phẩy năm nghìn."},
        {"Họp <a> lúc <b> 5 giờ <c> sáng.", "họp lúc năm giờ sáng."},
        {"Dòng <một>.\nDòng hai.\nDòng <ba> bốn.", "dòng. / dòng hai. / dòng bốn."},
        {"Dòng một.\n<Dòng hai.>\nDòng ba.", "dòng một. / dòng ba."},
        {"<A> một.\nHai <B>.\n<C> ba <D>.\nBốn.\n<E> năm.", "một. / hai. / ba. / bốn. / năm."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct article a;
        open_skipping(&a, cases[i].text);
        expect_said(&a, cases[i].text, cases[i].spoken);
        article_free(&a);
    }
}

static void pauses_follow_sentences_and_blocks(void **state)
{
    (void)state;
    struct article a;
    open_document(&a, "bài", SV("Xã họp. Huyện họp. Tỉnh họp.\nDân vui."), true);
    a.blocks.at[1].kind = BLOCK_HEADING;
    normalize_article(&a, rules, &options);
    static const uint16_t pauses[] = {1, 1, 2, 3};
    assert_int_equal(a.sentences.n, 4);
    for (size_t i = 0; i < a.sentences.n; i++)
        assert_int_equal(a.sentences.at[i].pause_ms, pauses[i]);
    article_free(&a);
}

static void words_of_a_sentence(void **state)
{
    (void)state;
    struct article a;
    uint32_t first;
    open_document(&a, "bài", SV("Xã họp. Có 25 người đến. ***\nDân vui."), true);
    normalize_article(&a, rules, &options);
    static const uint32_t firsts[] = {0, 2, 8}, words[] = {2, 6, 2};
    assert_int_equal(a.sentences.n, 3);
    for (size_t i = 0; i < a.sentences.n; i++) {
        assert_int_equal(reading_sentence_words(&a, &a.sentences.at[i], &first), words[i]);
        assert_int_equal(first, firsts[i]);
    }
    assert_int_equal(reading_sentence_words(&a, &(struct sentence){.tok0 = 3}, &first), 0);
    assert_int_equal(first, 0);
    article_free(&a);
}

static void a_paper_number_knows_its_kind(void **state)
{
    (void)state;
    struct article a;
    open_document(&a, "bài", SV("QUYẾT ĐỊNH\nSố 12/QĐ-UBND\nTheo 13/QĐ-UBND"), true);
    struct span number = a.blocks.at[1].text;
    a.paper_kind = a.blocks.at[0].text;
    a.paper_number = number;
    expect_said(
        &a, "a decision",
        "quyết định / số mười hai, ủy ban nhân dân / theo mười ba, quyết định ủy ban nhân dân");
    article_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_skipped_is_not_said),
        cmocka_unit_test(pauses_follow_sentences_and_blocks),
        cmocka_unit_test(words_of_a_sentence),
        cmocka_unit_test(a_paper_number_knows_its_kind),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
