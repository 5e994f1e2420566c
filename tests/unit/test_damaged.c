/*
 * Documents of one file, damaged anywhere: whatever is read of them keeps the promises. Those of
 * several files are in test_archives.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "article/format/feed.h"
#include "base/ascii.h"
#include "documents.h"

enum { ROUNDS = 300 };

static const char noise[] = "<>&;'\"/!?[]-#x0\xff\xe1\x01 :\n*`|";

static const char page[] =
    "<!DOCTYPE html><html><head><title>Chợ quê</title><meta property='article:published_time' "
    "content='2024-11-21T10:00:00+07:00'><style>p { color: red }</style></head><body><nav><a "
    "href='/'>Trang chủ</a></nav><article><h1>Chợ quê</h1><p class='sapo'>Sáng nay chợ họp từ rất "
    "sớm ở ven sông.</p><p>Gi&aacute; c&#225; 5 đồng, năm 1930<sup>3</sup> và 10<sup>6</sup> con; "
    "ai "
    "cũng vui <span hidden>ẩn</span> và mua "
    "nhiều.</p><table><tr><td>Cá<td>80</table><ul><li>Một<li>"
    "Hai</ul><p>Lê Thị Sáu</p></article><footer>© Báo mẫu</footer></body></html>";

static const char markdown[] =
    "---\ntitle: Chợ quê\nauthor: Lê Thị Sáu\n---\n# Mục\n\nMột **hai** [ba](http://vi.vn) &amp; "
    "10^6^[^1].\n\n- cá\n  1. rau\n\n|A|B|\n|---|---|\n|một|hai|\n\n<div><p>Khối "
    "<b>html</b></div>\n\n"
    "[^1]: Chú\n    thêm\n\n```\nmã\n```\n![Ảnh](a.png) <u>gạch</u><br>hết\n";

static const char captions[] =
    "WEBVTT\n\nNOTE Dịch\n\n1\n00:00:01.000 --> 00:00:03.500\n<v Lan>Sáng nay <i>chợ</i>\nhọp "
    "sớm,\n\n2\n00:00:03.600 --> 00:00:05.000\nai cũng vui &amp; khỏe.\n\n00:09.000 --> "
    "00:10.000\n- "
    "Chào bác.\n- Chào cháu.\n";

static const char rss[] =
    "<?xml version='1.0'?><rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
    "<item><title>Một &amp;#8220;hai&amp;#x201D; &lt; b</title><link>https://bao.example/1</link>"
    "<content:encoded><![CDATA[<p>Đủ <b>cả</b> bài về chợ quê ở ven sông.</p>]]></content:encoded>"
    "</item><item><title>Hai</title><description>&lt;p&gt;Tóm tắt&lt;/p&gt;</description></item>"
    "<item><link>/2?a=1&amp;b=2</link><pubDate>Tue, 24 Nov 2026 08:30:05 +0700</pubDate></item>"
    "</channel></rss>";

static void expect_kept(const char *name, struct sv bytes, bool raw)
{
    struct article a;
    struct err e = ERR_INIT;
    struct read_options options = {.raw = raw};
    if (article_from_bytes(&a, name, bytes, &options, &e))
        assert_true(e.message.n > 10);
    else
        expect_promises(&a);
    err_free(&e);
    article_free(&a);
}

static void expect_damaged_kept(const char *name, const char *document)
{
    uint32_t seed = 11;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct buf bytes = BUF_INIT;
        buf_adds(&bytes, document);
        damage(&bytes, noise, &seed, 1 + round % 6);
        expect_kept(name, buf_sv(&bytes), round % 4 == 0);
        buf_free(&bytes);
    }
}

static void documents_of_one_file(void **state)
{
    (void)state;
    expect_damaged_kept("a.html", page);
    expect_damaged_kept("a.md", markdown);
    expect_damaged_kept("a.vtt", captions);
}

static void check_item(const struct feed_item *item)
{
    struct buf bytes = BUF_INIT;
    assert_true(!*item->link || fetch_is_web(sv_of(item->link)));
    assert_true(*item->link || *item->content);
    assert_null(strpbrk(item->title, "\t\n\x01"));
    feed_page(item, &bytes);
    expect_kept("a.html", buf_sv(&bytes), false);
    buf_free(&bytes);
}

static void feeds(void **state)
{
    (void)state;
    uint32_t seed = 5;
    size_t items = 0;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct buf bytes = BUF_INIT;
        struct feed feed;
        struct err e = ERR_INIT;
        buf_adds(&bytes, rss);
        damage(&bytes, noise, &seed, 1 + round % 6);
        enum status status =
            feed_from_bytes(&feed, "https://bao.example/", buf_sv(&bytes), NULL, &e);
        assert_true(status == STATUS_OK || status == STATUS_INPUT);
        for (size_t i = 0; i < feed.items.n; i++)
            check_item(&feed.items.at[i]);
        items += feed.items.n;
        feed_free(&feed);
        err_free(&e);
        buf_free(&bytes);
    }
    assert_true(items > 2 * ROUNDS);
}

/* Captions without tags hold nothing but text: each letter of the file is read or listed. */
static void letters_of_captions(void **state)
{
    (void)state;
    static const char plain[] =
        "1\n00:00:01,000 --> 00:00:03,500\nSang nay cho\nhop som,\n\n2\n00:00:03,600 --> "
        "00:00:05,000\nai cung vui.\n\n3\n00:00:09,000 --> 00:00:10,000\n- Chao bac.\n- Chao "
        "chau.\n";
    uint32_t seed = 9;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct buf bytes = BUF_INIT;
        struct article a;
        buf_adds(&bytes, plain);
        damage(&bytes, "-->0:, \n1x.!", &seed, 1 + round % 6);
        open_document(&a, "a.srt", buf_sv(&bytes), false);
        expect_promises(&a);
        unsigned char *covered = covered_bytes(&a);
        for (size_t i = 0; i < bytes.n; i++)
            if ((ascii_is_letter(bytes.p[i]) || ascii_is_digit(bytes.p[i])) && !covered[i] &&
                !memchr(bytes.p, '<', bytes.n) && !memchr(bytes.p, '{', bytes.n))
                fail_msg("byte %zu is lost of:\n%s", i, bytes.p);
        free(covered);
        article_free(&a);
        buf_free(&bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_of_one_file),
        cmocka_unit_test(feeds),
        cmocka_unit_test(letters_of_captions),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
