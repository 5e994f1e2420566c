/* The parts of the screen: cells, lines, the ranges of words, scrolling, the status line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <glob.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cells.h"
#include "cli/layout.h"
#include "cli/reading.h"
#include "cli/statusline.h"
#include "docbao/docbao.h"

/* ---- cells ---- */

static unsigned cells(const char *text)
{
    return cells_of(text, strlen(text));
}

static void test_cells(void **state)
{
    (void)state;
    assert_int_equal(cells("Đông Xuân"), 9);
    assert_int_equal(cells("ngươ\u0300i"), 5);
    assert_int_equal(cells("漢字"), 4);
    assert_int_equal(cells("가\u11a8"), 2);
    assert_int_equal(cells("😀!"), 3);
    assert_int_equal(cells("“…”"), 3);
    assert_int_equal(cells(""), 0);
}

static void test_cells_of_what_is_never_shown(void **state)
{
    (void)state;
    wchar_t show[CLUSTER_MOST + 1];
    assert_int_equal(cells("\033[2J"), 3); /* the ESC is gone */
    assert_int_equal(cells("a\u200b\u202eb\u00ad\ufeff\xc2\x85"), 2);
    assert_int_equal(cells("❤\ufe0f"), cells("❤"));
    assert_int_equal(cells("👍\U0001f3fd"), 2);
    assert_int_equal(cells("a\tb"), 3);
    assert_int_equal(cells("a\xff\xe1\xba"), 4);
    struct cluster c = cluster_show("\033x", 2, show);
    assert_int_equal(c.cells, 0);
    assert_int_equal(show[0], 0);
    assert_int_equal(c.bytes, 1);
}

static void test_clusters_are_never_parted(void **state)
{
    (void)state;
    wchar_t show[CLUSTER_MOST + 1];
    const char *text = "x\u0301\u0323\u0300\u0302\u0303\u0304y";
    struct cluster c = cluster_show(text, strlen(text), show);
    assert_int_equal(c.bytes, strlen(text) - 1);
    assert_int_equal(c.cells, 1);
    assert_int_equal(wcslen(show), CLUSTER_MOST);
    c = cluster_show("\u0301x", 3, show); /* a mark without a base */
    assert_int_equal(c.cells, 1);
    assert_int_equal(show[0], ' ');
    assert_int_equal(cells_fit("漢字", 6, 3), 3);
    assert_int_equal(cells_fit("ax\u0301b", 5, 2), 4);
    assert_int_equal(cells_fit("abc", 3, 9), 3);
    assert_int_equal(cells_fit("漢", 3, 1), 0);
}

/* ---- lines ---- */

static struct layout laid(const char *text, unsigned width)
{
    struct layout l = {0};
    layout_add(&l, sv_of(text), LAYOUT_TEXT);
    layout_wrap(&l, width, true);
    return l;
}

/* The lines, each ended by |. */
static void expect_lines(const char *text, unsigned width, const char *want)
{
    struct layout l = laid(text, width);
    char *got = NULL;
    size_t n;
    FILE *out = open_memstream(&got, &n);
    for (size_t i = 0; i < l.lines.n; i++)
        fprintf(out, "%.*s|", (int)(l.lines.at[i].to - l.lines.at[i].from),
                l.text.p + l.lines.at[i].from);
    fclose(out);
    assert_string_equal(got, want);
    free(got);
    layout_free(&l);
}

static void test_lines(void **state)
{
    (void)state;
    expect_lines("", 10, "|");
    expect_lines("một hai ba", 10, "một hai ba|");
    expect_lines("một hai ba", 9, "một hai|ba|");
    expect_lines("một hai ba", 7, "một hai|ba|");
    expect_lines("một hai ba", 3, "một|hai|ba|");
    expect_lines("một hai", 2, "mộ|t|ha|i|");
    expect_lines("a  b  c", 4, "a  b|c|");
    expect_lines("đi ngoằn-ngoèo-mãi", 6, "đi|ngoằn-|ngoèo-|mãi|");
    expect_lines("一二三四", 5, "一二|三四|");
    expect_lines("ở 一二三", 5, "ở 一|二三|");
    expect_lines("一二", 1, "一|二|");
    expect_lines("ax\u0301bx\u0301", 2, "ax\u0301|bx\u0301|");
}

static void test_line_of(void **state)
{
    (void)state;
    struct layout l = {0};
    layout_add(&l, SV("một hai"), LAYOUT_TEXT);
    layout_add(&l, SV(""), LAYOUT_TEXT);
    layout_add(&l, SV("ba"), LAYOUT_TEXT);
    layout_wrap(&l, 3, true);
    assert_int_equal(l.lines.n, 6); /* một, hai, gap, nothing, gap, ba */
    assert_int_equal(layout_line_of(&l, 0), 0);
    assert_int_equal(layout_line_of(&l, 5), 0); /* the space that was left out */
    assert_int_equal(layout_line_of(&l, 6), 1);
    assert_int_equal(layout_line_of(&l, 9), 5);
    layout_free(&l);
}

/* ---- ranges ---- */

static void check_range(const struct reading *r, struct text_range range, struct docbao_text text)
{
    assert_int_equal(range.to - range.from, text.n);
    assert_memory_equal(r->text.text.p + range.from, text.p, text.n);
}

static void check_article(struct docbao_article *a)
{
    struct reading r = {.article = NULL};
    uint32_t before = 0, count = docbao_head_of(a).sentences;
    for (uint32_t i = 0; i < count; i++) {
        struct docbao_sentence s = docbao_sentence_at(a, i);
        assert_true(reading_go(&r, a, i, DOCBAO_NO_TOKEN) || i == 0);
        check_range(&r, r.heard, s.written);
        for (uint32_t j = s.token0; j < s.token0 + s.tokens; j++) {
            assert_true(reading_go(&r, a, i, j));
            check_range(&r, r.word, docbao_token_at(a, j).written);
            assert_true(r.word.from >= r.heard.from && r.word.to <= r.heard.to);
            assert_true(r.word.from >= before);
            before = r.word.to;
        }
    }
    /* A leap backwards finds the same as reading on. */
    struct text_range last = r.heard;
    reading_go(&r, a, 0, DOCBAO_NO_TOKEN);
    reading_go(&r, a, count - 1, DOCBAO_NO_TOKEN);
    assert_memory_equal(&last, &r.heard, sizeof last);
    assert_false(reading_go(&r, a, count - 1, DOCBAO_NO_TOKEN));
    reading_again(&r);
    assert_memory_equal(&last, &r.heard, sizeof last);
    reading_free(&r);
}

static void test_text_ranges_of_all_samples(void **state)
{
    (void)state;
    glob_t samples;
    assert_int_equal(glob(DOCBAO_SOURCE "/assets/samples/*.[thm][xtd]*", 0, NULL, &samples), 0);
    assert_true(samples.gl_pathc >= 5);
    struct docbao *d = docbao_new(&(struct docbao_options){.jobs = 1});
    for (size_t i = 0; i < samples.gl_pathc; i++) {
        struct docbao_article *a;
        assert_int_equal(docbao_open_file(d, samples.gl_pathv[i], &a), DOCBAO_OK);
        check_article(a);
        docbao_close(a);
    }
    docbao_free(d);
    globfree(&samples);
}

/* A place that is not there must not break anything: the article may have been read anew. */
static void test_place_that_is_not_there(void **state)
{
    (void)state;
    struct docbao *d = docbao_new(&(struct docbao_options){.jobs = 1});
    struct docbao_article *a;
    assert_int_equal(docbao_open_bytes(d, "bai.txt", "Một. Hai. Ba.", 13, &a), DOCBAO_OK);
    struct reading r = {.article = NULL};
    assert_true(reading_go(&r, a, 99, 5));
    assert_int_equal(r.heard.to, 0);
    assert_true(reading_go(&r, a, 0, 99));
    assert_int_equal(r.word.to, r.word.from);
    reading_fit(&r, 0, 0);
    reading_fit(&r, 1, 1);
    reading_fit(&r, 80, 1000);
    assert_int_equal(r.top, 0);
    reading_free(&r);
    docbao_close(a);
    docbao_free(d);
}

/* ---- scrolling ---- */

static void test_scrolling(void **state)
{
    (void)state;
    enum { HEIGHT = 18, THIRD = HEIGHT / 3 };
    struct docbao *d = docbao_new(&(struct docbao_options){.jobs = 1});
    struct docbao_article *a;
    assert_int_equal(docbao_open_file(d, DOCBAO_SOURCE "/assets/samples/dong-xuan.txt", &a),
                     DOCBAO_OK);
    struct reading r = {.article = NULL};
    uint32_t sentences = docbao_head_of(a).sentences, moves = 0, top = 0;
    for (uint32_t i = 0; i < sentences; i++) {
        reading_go(&r, a, i, docbao_sentence_at(a, i).token0);
        reading_fit(&r, 76, HEIGHT);
        uint32_t lines = (uint32_t)r.text.lines.n;
        uint32_t first = layout_line_of(&r.text, r.heard.from);
        assert_true(first >= r.top && first < r.top + HEIGHT);
        assert_true(first >= r.top + THIRD || r.top == 0 || r.top + HEIGHT == lines);
        assert_true(first < r.top + HEIGHT - THIRD || r.top + HEIGHT == lines);
        assert_true(r.top >= top);
        moves += r.top != top;
        top = r.top;
    }
    assert_true(moves > 1 && moves < sentences / 2);
    assert_true(reading_title_is_away(&r));
    reading_go(&r, a, 0, DOCBAO_NO_TOKEN);
    reading_fit(&r, 76, HEIGHT);
    assert_int_equal(r.top, 0);
    assert_false(reading_title_is_away(&r));
    reading_free(&r);
    docbao_close(a);
    docbao_free(d);
}

/* ---- the status line ---- */

static void expect_words(const struct ui_status *status, bool times, unsigned width,
                         const char *want)
{
    char *words = status_words(status, times, width);
    assert_string_equal(words, want);
    free(words);
}

static void test_status(void **state)
{
    (void)state;
    struct ui_status s = {.player = {.voice = "nam", .speed_percent = 100, .volume_percent = 100}};
    expect_words(&s, true, 80, "playing · nam · speed 100 %");
    s.player.article = (struct docbao_article *)&s; /* never looked into */
    s.player.elapsed_ms = 185900;
    s.player.total_ms = 754300;
    s.player.playing = DOCBAO_PAUSED;
    s.player.volume_percent = 95;
    s.sleep_minutes = 30;
    char *times = status_times(&s);
    assert_string_equal(times, "3:05 / 12:34 · 9:29 left");
    free(times);
    expect_words(&s, true, 80,
                 "paused · 3:05 · 9:29 left · nam · speed 100 % · volume 95 % · sleep in 30 min");
    expect_words(&s, true, 65, "paused · 3:05 · 9:29 left · speed 100 % · sleep in 30 min");
    expect_words(&s, true, 40, "paused · 3:05 · 9:29 left · speed 100 %");
    expect_words(&s, true, 5, "paused");
    s.player.elapsed_ms = 4000000;
    s.player.total_ms = 3600000;
    s.player.playing = DOCBAO_AWAY;
    s.player.trouble = "unplugged";
    s.player.paused_while_away = true;
    expect_words(&s, true, 65, "paused, sound device away: unplugged · 1:00:00 · 0:00 left");
}

static int take_locale(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_cells_of_what_is_never_shown),
        cmocka_unit_test(test_clusters_are_never_parted),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_line_of),
        cmocka_unit_test(test_text_ranges_of_all_samples),
        cmocka_unit_test(test_place_that_is_not_there),
        cmocka_unit_test(test_scrolling),
        cmocka_unit_test(test_status),
    };
    return cmocka_run_group_tests(tests, take_locale, NULL);
}
