/* Finding words in an article, through the public header. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "docbao/docbao.h"

struct look {
    struct docbao *d;
    struct docbao_article *a;
};

static const char article[] = "Công ty nước mở cửa. Đồng chí Hoà   đến \t"
                              "muộn, ông nói: CHỜ một chút!\n"
                              "\n"
                              "Quý khách ở Thúy Kiều, Thuý Vân. Giá 15.000 đồng. Công an phường.\n";

static void open_look(struct look *l, const char *text, size_t n)
{
    l->d = docbao_new(&(struct docbao_options){0});
    assert_int_equal(docbao_open_bytes(l->d, "test", text, n, &l->a), DOCBAO_OK);
}

static void close_look(struct look *l)
{
    docbao_close(l->a);
    docbao_free(l->d);
}

static void finds(struct look *l, const char *wanted, uint32_t from, uint32_t sentence,
                  const char *token)
{
    uint32_t s = 99, t = 99;
    if (!docbao_find(l->a, wanted, from, &s, &t))
        fail_msg("“%s” is not found", wanted);
    struct docbao_text written = docbao_token_at(l->a, t).written;
    if (s != sentence || written.n != strlen(token) || memcmp(written.p, token, written.n) != 0)
        fail_msg("“%s” is found in sentence %u at “%.*s”", wanted, s, (int)written.n, written.p);
    struct docbao_sentence in = docbao_sentence_at(l->a, s);
    assert_in_range(t, in.token0, in.token0 + in.tokens - 1);
}

static void finds_nothing(struct look *l, const char *wanted)
{
    uint32_t s = 99, t = 99;
    if (docbao_find(l->a, wanted, 0, &s, &t))
        fail_msg("“%s” is found in sentence %u", wanted, s);
    assert_int_equal(s, 99);
    assert_int_equal(t, 99);
}

static void test_marks_and_capitals(void **state)
{
    (void)state;
    struct look l;
    open_look(&l, article, strlen(article));
    assert_int_equal(docbao_head_of(l.a).sentences, 5);
    finds(&l, "cong", 0, 0, "Công");
    finds(&l, "CONG TY NUOC", 0, 0, "Công");
    finds(&l, "công ty", 0, 0, "Công");
    finds(&l, "dong chi", 0, 1, "Đồng");
    finds(&l, "đồng CHÍ", 0, 1, "Đồng");
    finds(&l, "chờ", 0, 1, "CHỜ");
    finds(&l, "nước", 0, 0, "nước");
    finds_nothing(&l, "nươc");
    finds_nothing(&l, "cộng");
    finds_nothing(&l, "đong");
    finds_nothing(&l, "không có");
    close_look(&l);
}

static void test_white_space_marks_and_numbers(void **state)
{
    (void)state;
    struct look l;
    open_look(&l, article, strlen(article));
    finds(&l, "hoa den muon", 0, 1, "Hoà");
    finds(&l, "  Hoà \t đến  muộn,\n ông ", 0, 1, "Hoà");
    finds(&l, "muộn, ô", 0, 1, "muộn");
    finds(&l, ": ch", 0, 1, "CHỜ");
    finds(&l, "15.000", 0, 3, "15.000");
    finds(&l, ".000 Đ", 0, 3, "15.000");
    finds(&l, "c mở", 0, 0, "nước");
    finds_nothing(&l, "");
    finds_nothing(&l, " \t\n\xC2\xA0");
    finds_nothing(&l, "\xFF\xFE");
    finds_nothing(&l, "chút! Quý"); /* not across sentences */
    close_look(&l);
}

static void test_nfd_and_tone_places(void **state)
{
    (void)state;
    struct look l;
    open_look(&l, article, strlen(article));
    finds(&l, "co\xCC\x82ng ty", 0, 0, "Công");
    finds(&l, "muo\xCC\xA3\xCC\x82n", 0, 1, "muộn");
    finds(&l, "đồng chí hòa", 0, 1, "Đồng");
    finds(&l, "hoà", 0, 1, "Hoà");
    finds(&l, "thúy", 0, 2, "Thúy");
    finds(&l, "Thuý Kiều", 0, 2, "Thúy");
    finds(&l, "thúy vân", 0, 2, "Thuý");
    finds(&l, "qu\xC3\xBD", 0, 2, "Quý");
    finds_nothing(&l, "qúy");
    finds_nothing(&l, "hóa");
    close_look(&l);
}

static void test_goes_round(void **state)
{
    (void)state;
    struct look l;
    open_look(&l, article, strlen(article));
    finds(&l, "cong", 1, 4, "Công");
    finds(&l, "cong", 4, 4, "Công");
    finds(&l, "dong", 2, 3, "đồng");
    finds(&l, "dong", 4, 1, "Đồng");
    finds(&l, "cong", 5, 0, "Công");
    finds(&l, "cong", UINT32_MAX, 0, "Công");
    close_look(&l);
}

static void finds_back(struct look *l, const char *wanted, uint32_t before, uint32_t sentence)
{
    uint32_t s = 99, t = 99;
    if (!docbao_find_back(l->a, wanted, before, &s, &t))
        fail_msg("“%s” is not found", wanted);
    assert_int_equal(s, sentence);
    struct docbao_sentence in = docbao_sentence_at(l->a, s);
    assert_in_range(t, in.token0, in.token0 + in.tokens - 1);
}

static void test_backwards(void **state)
{
    (void)state;
    struct look l;
    open_look(&l, article, strlen(article));
    finds_back(&l, "dong", 4, 3);
    finds_back(&l, "dong", 3, 1); /* the sentence itself is not before it */
    finds_back(&l, "dong", 1, 3); /* round the start */
    finds_back(&l, "cong", 4, 0);
    finds_back(&l, "cong", 0, 4);
    finds_back(&l, "cong", 5, 4);
    finds_back(&l, "cong", UINT32_MAX, 4);
    finds_back(&l, "chờ", 1, 1); /* where it stands nowhere else */
    uint32_t s = 99, t = 99;
    assert_false(docbao_find_back(l.a, "xyz", 3, &s, &t));
    assert_false(docbao_find_back(l.a, " ", 3, &s, &t));
    assert_int_equal(s, 99);
    close_look(&l);
}

static void test_a_megabyte(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    struct look l;
    uint32_t s, t;
    while (text.n < 1000000)
        buf_adds(&text, "Người lái đò kể lại chuyện cũ cho khách nghe trong một chiều mưa.\n\n");
    buf_adds(&text, "Con nước lớn dần.\n");
    open_look(&l, text.p, text.n);
    clock_t begin = clock();
    assert_true(docbao_find(l.a, "nuoc lon", 0, &s, &t));
    assert_true(docbao_find(l.a, "nước lớn", 0, &s, &t));
    assert_false(docbao_find(l.a, "nước nhỏ", 0, &s, &t));
    double ms = (double)(clock() - begin) * 1000 / CLOCKS_PER_SEC / 3;
    print_message("a search of 1 MB: %.1f ms\n", ms);
    assert_true(ms < 500); /* 50 is the goal: room for sanitizers and slow machines */
    close_look(&l);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks_and_capitals),
        cmocka_unit_test(test_white_space_marks_and_numbers),
        cmocka_unit_test(test_nfd_and_tone_places),
        cmocka_unit_test(test_goes_round),
        cmocka_unit_test(test_backwards),
        cmocka_unit_test(test_a_megabyte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
