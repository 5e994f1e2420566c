/*
 * Articles and feeds that cross from one process to another: what comes over is what was sent, and
 * no bytes, however they are changed, make an article that breaks the invariants.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "article/flat.h"
#include "article/format/feed_flat.h"
#include "article/read.h"
#include "base/utf8.h"
#include "documents.h"

static void append(void *to, struct sv bytes)
{
    buf_add_sv(to, bytes);
}

static void read_text(struct article *a, struct sv text)
{
    struct err e = ERR_INIT;
    const struct read_options options = {0};
    assert_int_equal(article_from_bytes(a, "thử", text, &options, &e), STATUS_OK);
    err_free(&e);
}

/* A copy of the article by way of `bytes`; false: they are refused. */
static bool unflatten(struct article *copy, const struct article *a, struct sv bytes)
{
    struct buf owned = BUF_INIT;
    article_begin(copy, a->name, &(struct read_options){0});
    copy->source_owned = mem_copy(a->source);
    copy->source = (struct sv){copy->source_owned, a->source.n};
    buf_add_sv(&owned, bytes);
    return article_from_flat(copy, &owned, 0);
}

static void flatten(const struct article *a, struct buf *out)
{
    const struct flat_writer w = {append, out};
    article_flatten(a, a->source, &w);
}

static const char page[] =
    "<!DOCTYPE html><html><head><title>Tin tức</title></head><body><nav><a href=/>Trang chủ</a>"
    "</nav><article><h1>Mưa to ở nhiều nơi</h1><p>Chiều 15/5/2016, trời mưa to ở nhiều nơi "
    "trong tỉnh, nước sông l&ecirc;n nhanh, người dân lo lắng.</p><img src=f/a.jpg>"
    "<img src=f/b.jpg><table><tr><td>Huyện</td>"
    "<td>Lượng mưa</td></tr><tr><td>Đông Xuân</td><td>120 mm</td></tr></table><p>Theo Báo "
    "Lam Giang, mưa còn kéo dài đến cuối tuần ở các huyện miền núi phía bắc.</p></article>"
    "<footer>© Báo Lam Giang</footer></body></html>";

static void an_article_crosses_unchanged(void **state)
{
    (void)state;
    const struct sv texts[] = {SV("Một dòng."),
                               SV("\xEF\xBB\xBF"
                                  "Ba\xCC\x81o\r\n\r\nTin."),
                               SV(page), SV("Tin c\xFF\xFEũ\n\nHôm nay trời mưa.")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct article a, copy;
        struct buf first = BUF_INIT, second = BUF_INIT;
        read_text(&a, texts[i]);
        flatten(&a, &first);
        assert_true(unflatten(&copy, &a, buf_sv(&first)));
        flatten(&copy, &second);
        assert_true(sv_eq(buf_sv(&first), buf_sv(&second)));
        assert_true(sv_eq(copy.text, a.text) && copy.blocks.n == a.blocks.n);
        assert_int_equal(copy.pictures.n, i == 2 ? 2 : 0);
        for (size_t k = 0; k < a.skipped.n; k++)
            assert_int_equal(copy.skipped.at[k].reason, a.skipped.at[k].reason);
        buf_free(&first);
        buf_free(&second);
        article_free(&a);
        article_free(&copy);
    }
}

static void expect_whole(const struct article *a, struct span span)
{
    assert_true(span.off <= a->text.n && span.len <= a->text.n - span.off);
    struct sv part = sv_at(a->text, span);
    assert_int_equal(utf8_valid_prefix(part), part.n);
    struct span source = article_source_span(a, span);
    assert_true(source.off <= a->source.n && source.len <= a->source.n - source.off);
}

static void expect_invariants(const struct article *a)
{
    assert_int_equal(utf8_valid_prefix(a->text), a->text.n);
    for (size_t i = 0; i < a->blocks.n; i++)
        expect_whole(a, a->blocks.at[i].text);
    for (size_t i = 0; i < a->skipped.n; i++)
        expect_whole(a, a->skipped.at[i].text);
    for (size_t i = 0; i < a->diagnostics.n; i++)
        expect_whole(a, a->diagnostics.at[i].text);
    expect_whole(a, a->paper_kind);
    expect_whole(a, a->paper_number);
}

/* Every byte, changed in several ways; every length. */
static void no_bytes_break_the_invariants(void **state)
{
    (void)state;
    static const unsigned char changes[] = {0x01, 0x80, 0xFF};
    struct article a;
    struct buf flat = BUF_INIT;
    size_t accepted = 0, refused = 0;
    read_text(&a, SV(page));
    flatten(&a, &flat);
    for (size_t i = 0; i < flat.n; i++)
        for (size_t k = 0; k <= sizeof changes; k++) {
            struct article copy;
            size_t length = k < sizeof changes ? flat.n : i;
            char before = flat.p[i];
            if (k < sizeof changes)
                flat.p[i] = (char)((unsigned char)before ^ changes[k]);
            bool good = unflatten(&copy, &a, (struct sv){flat.p, length});
            if (good)
                expect_invariants(&copy);
            *(good ? &accepted : &refused) += 1;
            flat.p[i] = before;
            article_free(&copy);
        }
    assert_true(refused > flat.n && accepted > 0); /* letters of the text may change */
    buf_free(&flat);
    article_free(&a);
}

static struct feed_item item(const char *title, const char *link)
{
    return (struct feed_item){title, link, "2024-11-21", "khóa", "<p>Nội dung</p>"};
}

static bool crosses(struct feed_item one)
{
    struct feed feed = {0}, copy = {0};
    struct buf flat = BUF_INIT;
    const struct flat_writer w = {append, &flat};
    *vec_push(&feed.items) = one;
    feed_flatten(&feed, &w);
    bool good = feed_from_flat(&copy, buf_sv(&flat));
    if (good) {
        assert_int_equal(copy.items.n, 1);
        assert_string_equal(copy.items.at[0].title, one.title);
        assert_string_equal(copy.items.at[0].link, one.link);
        assert_string_equal(copy.items.at[0].content, one.content);
        for (size_t n = 0; n < flat.n; n++) {
            struct feed cut = {0};
            assert_false(feed_from_flat(&cut, sv_sub(buf_sv(&flat), 0, n)));
            feed_free(&cut);
        }
    }
    buf_free(&flat);
    feed_free(&feed);
    feed_free(&copy);
    return good;
}

static void a_feed_crosses_if_it_is_harmless(void **state)
{
    (void)state;
    assert_true(crosses(item("Tin", "https://bao.example/1")));
    assert_true(crosses(item("", "")));
    assert_false(crosses(item("Tin", "file:///etc/passwd")));
    assert_false(crosses(item("Tin", "/etc/passwd")));
    assert_false(crosses(item("Tin\033]52;c;x\007", "https://bao.example/1")));
    assert_false(crosses(item("Tin\xE2\x80\xAE", "https://bao.example/1")));
    assert_false(crosses(item("Tin \xFF", "https://bao.example/1")));
    assert_false(crosses(item("Hai\ndòng", "https://bao.example/1")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_article_crosses_unchanged),
        cmocka_unit_test(no_bytes_break_the_invariants),
        cmocka_unit_test(a_feed_crosses_if_it_is_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
