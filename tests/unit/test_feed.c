#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sys/wait.h>
#include <unistd.h>

#include "article/format/feed_date.h"
#include "article/format/feed_flat.h"
#include "article/parser.h"
#include "library/heard.h"
#include "base/file.h"
#include "base/replacement.h"
#include "base/sanitizer.h"

static void expect_date(const char *written, const char *iso)
{
    struct buf out = BUF_INIT;
    feed_date_append(&out, sv_of(written));
    assert_string_equal(out.p, iso);
    buf_free(&out);
}

static void dates_become_iso(void **state)
{
    (void)state;
    expect_date("Tue, 24 Nov 2026 08:30:05 +0700", "2026-11-24T08:30:05+07:00");
    expect_date("Tue,24 Nov 2026 08:30 GMT", "2026-11-24T08:30Z");
    expect_date(" 4 november 2026 08:30:05 EST\n", "2026-11-04T08:30:05-05:00");
    expect_date("1 Jan 99", "1999-01-01");
    expect_date("1 Jan 26 00:00", "2026-01-01T00:00");
    expect_date("2026-11-24T08:30:00+07:00", "2026-11-24T08:30:00+07:00");
    expect_date("2026-11-24 08:30:00", "2026-11-24T08:30:00");
    expect_date("24/11/2026 8:30:00 AM", "2026-11-24T08:30:00");
    expect_date("11/24/2026 8:30:00 PM", "2026-11-24T20:30:00");
    expect_date("5/6/2026 12:05 AM", "2026-05-06T00:05");
    expect_date("5/6/2026 12:05", "2026-06-05T12:05");
    expect_date("11/24/2026", "2026-11-24");
    expect_date("13/13/2026", "13/13/2026");
    expect_date("24-11-2026", "24-11-2026");
    expect_date("2026/11/24", "2026/11/24");
    expect_date("24/11/2026 13:30 PM", "24/11/2026 13:30 PM");
    expect_date("Tue, 24 Nov 2026 08:30:05 GMT+7", "2026-11-24T08:30:05+07:00");
    expect_date("Tue, 24 Nov 2026 08:30:05 +07:00", "2026-11-24T08:30:05+07:00");
    expect_date("24 Nov 2026 08:30 UTC-0930", "2026-11-24T08:30-09:30");
    expect_date("24 Nov 2026 08:30 +70000", "2026-11-24T08:30");
    expect_date("Thứ Năm, 21 Tháng 11 2024 10:00:00 +0700", "2024-11-21T10:00:00+07:00");
    expect_date("Chủ nhật, 24 thg 11 2024 10:00 GMT+7", "2024-11-24T10:00+07:00");
    expect_date("Thứ 5, 21/11/2024 10:00", "2024-11-21T10:00");
    expect_date("21 Th11 2024", "2024-11-21");
    expect_date("21 Tháng 13 2024", "21 Tháng 13 2024");
    expect_date("Hôm nay, lúc 5 giờ", "Hôm nay, lúc 5 giờ");
    expect_date("Tue, 24 Nov", "Tue, 24 Nov");
    expect_date("32 Nov 2026", "32 Nov 2026");
    expect_date("0 Nov 2026", "0 Nov 2026");
    expect_date("24 Nov 2026 25:00", "24 Nov 2026 25:00");
    expect_date("24 Nov 2026 08:30 +0700 x", "24 Nov 2026 08:30 +0700 x");
    expect_date("24 Nov 99999", "24 Nov 99999");
    expect_date("24 Nov", "24 Nov");
    expect_date(",", ",");
    expect_date("", "");
}

static void urls_are_told_from_files(void **state)
{
    (void)state;
    assert_true(fetch_is_url("https://example.org/a"));
    assert_true(fetch_is_url("HTTP://x"));
    assert_true(fetch_is_url("file:///x"));
    assert_false(fetch_is_url("bài.txt"));
    assert_false(fetch_is_url("-"));
    assert_false(fetch_is_url("://x"));
    assert_false(fetch_is_url("a/http://x"));
    assert_false(fetch_is_url("http:/x"));
    assert_true(fetch_is_web(SV("HttpS://x")));
    assert_false(fetch_is_web(SV("http://")));
    assert_false(fetch_is_web(SV("file:///x")));
}

/* ---- feeds from a file, every cut of it too ---- */

static const char rss[] =
    "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' "
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
    "xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>Báo &amp; mẫu</title>"
    "<atom:link href='https://bao.example/rss'/>"
    "<item><title>Một &amp;#8220;hai&amp;#x201D; &amp;nbsp; &amp;hellip; &amp;la; a &lt; b</title>"
    "<link>https://bao.example/1</link><content:encoded><![CDATA[<p>Đủ</p>]]></content:encoded>"
    "</item><item><title/><link>javascript:alert(1)</link></item>"
    "<item><link>https://bao.example/2?a=1&amp;b=2</link><guid isPermaLink='false'>2</guid>"
    "<pubDate>Tue, 24 Nov 2026 08:30:05 +0700</pubDate></item></channel></rss>";

struct folder {
    struct buf path, file;
};

static void make_folder(struct folder *f, const char *name)
{
    char template[] = "/tmp/docbao-feed-XXXXXX";
    assert_non_null(mkdtemp(template));
    f->path = f->file = BUF_INIT;
    buf_adds(&f->path, template);
    buf_addf(&f->file, "%s/%s", template, name);
}

static void remove_folder(struct folder *f)
{
    unlink(f->file.p);
    rmdir(f->path.p);
    buf_free(&f->path);
    buf_free(&f->file);
}

static void read_text(struct feed *feed, const char *text)
{
    struct folder folder;
    struct err e = ERR_INIT;
    struct load_options options = {0};
    make_folder(&folder, "feed");
    assert_true(file_replace(folder.file.p, sv_of(text)));
    assert_int_equal(parser_read_feed(feed, folder.file.p, &options, &e), STATUS_OK);
    remove_folder(&folder);
    err_free(&e);
}

static void items_are_read(void **state)
{
    (void)state;
    struct folder folder;
    struct feed feed;
    struct err e = ERR_INIT;
    struct load_options options = {0};
    make_folder(&folder, "rss");
    assert_true(file_replace(folder.file.p, sv_of(rss)));
    assert_int_equal(parser_read_feed(&feed, folder.file.p, &options, &e), STATUS_OK);
    assert_int_equal(feed.items.n, 2);
    const struct feed_item *i = feed.items.at;
    assert_string_equal(i[0].title, "Một “hai” … &la; a < b");
    assert_string_equal(i[0].key, "https://bao.example/1");
    assert_string_equal(i[0].content, "<p>Đủ</p>");
    assert_string_equal(i[0].date, "");
    assert_string_equal(i[1].title, "");
    assert_string_equal(i[1].link, "https://bao.example/2?a=1&b=2");
    assert_string_equal(i[1].date, "2026-11-24T08:30:05+07:00");
    assert_int_equal(strncmp(i[1].key, folder.file.p, folder.file.n), 0);
    struct buf page = BUF_INIT;
    feed_page(&i[0], &page);
    assert_non_null(strstr(page.p, "<h1>Một “hai” … &amp;la; a &lt; b</h1>\n<p>Đủ</p>"));
    buf_free(&page);
    feed_free(&feed);
    remove_folder(&folder);
    err_free(&e);
}

/* Feeds are often not legal XML, and of other kinds than they say. */
/* Each would take minutes if time grew with the square of the length. */
static void floods_hide_no_title(void **state)
{
    (void)state;
    static const char *const pieces[] = {"&lt;a ", "<b>",           "<a a=\"", "a=\"<a \" ",
                                         "&amp;",  "<![CDATA[<]]>", "x"};
    enum { PIECES = SANITIZER ? 5000 : 200000 };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct buf text = BUF_INIT;
        struct feed feed;
        buf_adds(&text, "<rss><channel><item><title>");
        for (int n = 0; n < PIECES; n++)
            buf_adds(&text, pieces[i]);
        buf_adds(&text, "Tin</title><link>http://a.example/1</link></item></channel></rss>");
        read_text(&feed, text.p);
        if (feed.items.n != 1 || !strstr(feed.items.at[0].title, "Tin"))
            fail_msg("“%s” over and over hides the title", pieces[i]);
        feed_free(&feed);
        buf_free(&text);
    }
}

static void feeds_as_they_come(void **state)
{
    (void)state;
    static const char damaged[] =
        "<rss><channel><item><title>S&aacute;ng nay AT&T mở cửa; gi&aacute; <5 đồng</title>"
        "<link>https://bao.example/?id=3&amp;cat=4&b=5</link></item>"
        "<item><title>Hai &amp;amp; ba\x01</title><dc:title>Không</dc:title>"
        "<link>https://bao.example/2</link></item></channel>";
    static const char old_atom[] =
        "<feed xmlns='http://purl.org/atom/ns#' xml:base='https://bao.example/a/'>"
        "<entry><title mode='base64'>QsOgaSBt4buZdA==</title><link rel='alternate' "
        "href='mot.html'/>"
        "<issued>2026-11-24T08:30:00Z</issued><modified>2026-11-25</modified>"
        "<content mode='escaped'>&lt;p>Một&lt;/p></content></entry>"
        "<entry xml:base='/b/'><link href='../hai tư'/><content type='xhtml'><div "
        "class='a \"b\"'>Hai<br/>ba &amp; bốn</div></content></entry>"
        "<entry><link rel='self' href='/x'/><content>1 &lt; 2</content></entry></feed>";
    static const char rdf[] =
        "<rdf:RDF xmlns:rdf='r' xmlns='http://purl.org/rss/1.0/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Báo</title></channel>"
        "<item rdf:about='https://bao.example/1'><dc:title>Một</dc:title>"
        "<dc:date>2026-11-24</dc:date><link>https://bao.example/1</link></item></rdf:RDF>";
    struct feed feed;
    read_text(&feed, damaged);
    assert_int_equal(feed.items.n, 2);
    assert_string_equal(feed.items.at[0].title, "Sáng nay AT&T mở cửa; giá <5 đồng");
    assert_string_equal(feed.items.at[0].link, "https://bao.example/?id=3&cat=4&b=5");
    assert_string_equal(feed.items.at[1].title, "Hai & ba");
    feed_free(&feed);
    read_text(&feed, old_atom);
    assert_int_equal(feed.items.n, 3);
    assert_string_equal(feed.items.at[0].title, "Bài một");
    assert_string_equal(feed.items.at[0].link, "https://bao.example/a/mot.html");
    assert_string_equal(feed.items.at[0].date, "2026-11-24T08:30:00Z");
    assert_string_equal(feed.items.at[0].content, "<p>Một</p>");
    assert_string_equal(feed.items.at[1].link, "https://bao.example/hai%20t%c6%b0");
    assert_string_equal(feed.items.at[1].content,
                        "<div class='a \"b\"'>Hai<br/>ba &amp; bốn</div>");
    assert_string_equal(feed.items.at[2].content, "1 &lt; 2");
    feed_free(&feed);
    read_text(&feed, rdf);
    assert_int_equal(feed.items.n, 1);
    assert_string_equal(feed.items.at[0].title, "Một");
    assert_string_equal(feed.items.at[0].date, "2026-11-24");
    feed_free(&feed);
}

static void parts_of_items(void **state)
{
    (void)state;
    static const char text[] =
        "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/' "
        "xmlns:media='http://search.yahoo.com/mrss/'><channel xml:base='https://bao.example/a/'>"
        "<item><title><![CDATA[Giá &lt;5 đồng & <b>cá</b>]]></title><link>mot.html</link>"
        "<description>Tóm tắt</description><content:encoded>&lt;p&gt;Đủ&lt;/p&gt;</content:encoded>"
        "<enclosure url='https://bao.example/1.mp3' "
        "type='audio/mpeg'/><media:title>Ảnh</media:title>"
        "</item><item><title>C&eacute;cile &amp;eacute;m &amp;amp; &Agrave; &yuml; &euro;</title>"
        "<link>/hai.html</link><description>Tóm tắt</description></item>"
        "<item><title>Ba</title><description>&lt;p&gt;Chỉ có tóm "
        "tắt.&lt;/p&gt;</description></item>"
        "</channel></rss>";
    struct feed feed;
    read_text(&feed, text);
    assert_int_equal(feed.items.n, 3);
    const struct feed_item *i = feed.items.at;
    assert_string_equal(i[0].title, "Giá <5 đồng & cá");
    assert_string_equal(i[0].link, "https://bao.example/a/mot.html");
    assert_string_equal(i[0].content, "<p>Đủ</p>");
    assert_string_equal(i[1].title, "Cécile ém & À ÿ €");
    assert_string_equal(i[1].link, "https://bao.example/hai.html");
    assert_string_equal(i[1].content, "");
    assert_string_equal(i[2].content, "<p>Chỉ có tóm tắt.</p>");
    feed_free(&feed);
}

static void a_cut_feed_is_read_as_far_as_it_goes(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    size_t most = 0;
    for (size_t n = 1; n < sizeof rss; n++) {
        struct feed feed;
        enum status status = feed_from_bytes(&feed, "rss", (struct sv){rss, n}, NULL, &e);
        assert_true(status == STATUS_OK || status == STATUS_INPUT);
        most = feed.items.n > most ? feed.items.n : most;
        feed_free(&feed);
    }
    assert_int_equal(most, 2);
    err_free(&e);
}

static void append(void *to, struct sv bytes)
{
    buf_add_sv(to, bytes);
}

/* Damage of any kind ends in a feed or an error, and nothing leaves the promises of the header. */
static const char json[] =
    "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Báo mẫu\", "
    "\"authors\": [{\"name\": \"Lan\", \"url\": \"https://bao.example/lan\"}], \"items\": [\n"
    "{\"id\": \"1\", \"url\": \"https://bao.example/1\", \"title\": \"Giá < 5 &amp; \\u00e1\", "
    "\"content_text\": \"Dòng\", \"content_html\": \"<p>Chợ</p>\", \"_x\": {\"title\": \"khác\"},"
    "\"date_modified\": \"2026-11-25T08:30:00Z\", \"date_published\": "
    "\"2026-11-24T08:30:05+07:00\", \"tags\": [\"a\"]},\n"
    "{\"id\": 2, \"content_text\": \"Một <b>.\\n\\nHai\\u0000& ba.\", \"title\": null},\n"
    "{\"id\": \"https://bao.example/3\", \"summary\": \"Tóm tắt\"},\n"
    "{\"id\": \"4\", \"external_url\": \"https://khac.example/4\", \"attachments\": [{\"url\": "
    "\"https://bao.example/a.mp3\"}]},\n{\"id\": \"5\", \"title\": \"Không có gì\"}]}";

static void json_feeds(void **state)
{
    (void)state;
    struct feed feed;
    read_text(&feed, json);
    assert_int_equal(feed.items.n, 4);
    assert_false(feed.cut_short);
    const struct feed_item *i = feed.items.at;
    assert_string_equal(i[0].title, "Giá < 5 &amp; á");
    assert_string_equal(i[0].link, "https://bao.example/1");
    assert_string_equal(i[0].content, "<p>Chợ</p>");
    assert_string_equal(i[0].date, "2026-11-24T08:30:05+07:00");
    assert_string_equal(i[1].title, "");
    assert_string_equal(i[1].link, "");
    assert_string_equal(i[1].content, "<p>Một &lt;b>.</p>\n<p>Hai &amp; ba.</p>\n");
    assert_non_null(strstr(i[1].key, " 2"));
    assert_string_equal(i[2].link, "https://bao.example/3");
    assert_string_equal(i[2].key, "https://bao.example/3");
    assert_string_equal(i[3].link, "https://khac.example/4");
    feed_free(&feed);
    /* The end is missing; a byte that is not UTF-8. */
    read_text(&feed,
              "\xEF\xBB\xBF {\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"url\":"
              "\"https://bao.example/1\",\"title\":\"a\xFF\"},{\"url\":\"https://b");
    assert_int_equal(feed.items.n, 1);
    assert_string_equal(feed.items.at[0].title, "a\xEF\xBF\xBD");
    assert_true(feed.cut_short);
    feed_free(&feed);
    struct err e = ERR_INIT;
    assert_int_equal(
        feed_from_bytes(&feed, "x", SV("{\"version\": \"1\", \"items\": []}"), NULL, &e),
        STATUS_INPUT);
    assert_non_null(strstr(e.message.p, "JSON"));
    feed_free(&feed);
    err_free(&e);
}

static void cut_feeds_say_so(void **state)
{
    (void)state;
    struct feed feed;
    read_text(&feed, rss);
    assert_false(feed.cut_short);
    feed_free(&feed);
    read_text(&feed, "<rss><channel><item><link>https://bao.example/1</link></item><item>");
    assert_int_equal(feed.items.n, 1);
    assert_true(feed.cut_short);
    feed_free(&feed);
    /* A tag without an end inside of an item is none of this. */
    read_text(&feed, "<rss><channel><item><link>https://bao.example/1</link><description>a<br>b"
                     "</description></item></channel></rss>");
    assert_false(feed.cut_short);
    feed_free(&feed);
}

static void a_damaged_feed_does_no_harm(void **state)
{
    (void)state;
    static const char noise[] = "<>&;'\"/!?[]-#x0\xff\xe1\x01 :";
    struct err e = ERR_INIT;
    uint32_t seed = 7;
    for (int round = 0; round < 1500; round++) {
        struct buf bytes = BUF_INIT;
        buf_adds(&bytes, rss);
        for (int i = 0; i < 1 + round % 7; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes.p[(seed >> 8) % bytes.n] = noise[(seed >> 4) % (sizeof noise - 1)];
        }
        struct feed feed, crossed = {0};
        struct buf flat = BUF_INIT;
        const struct flat_writer w = {append, &flat};
        feed_from_bytes(&feed, "rss", buf_sv(&bytes), NULL, &e);
        feed_flatten(&feed, &w);
        assert_true(feed_from_flat(&crossed, buf_sv(&flat)));
        feed_free(&crossed);
        buf_free(&flat);
        for (size_t i = 0; i < feed.items.n; i++) {
            const struct feed_item *item = &feed.items.at[i];
            assert_true(!*item->link || fetch_is_web(sv_of(item->link)));
            assert_true(*item->link || *item->content);
            assert_null(strpbrk(item->title, "\t\n\x01"));
            assert_true(*item->key && !strchr(item->key, '\n'));
        }
        feed_free(&feed);
        buf_free(&bytes);
    }
    err_free(&e);
}

/* ---- what was heard ---- */

static size_t lines_of(const char *path)
{
    struct buf bytes = BUF_INIT;
    size_t lines = 0;
    assert_true(file_read(path, &bytes));
    for (size_t i = 0; i < bytes.n; i++)
        lines += bytes.p[i] == '\n';
    buf_free(&bytes);
    return lines;
}

static void forget(struct folder *f)
{
    buf_adds(&f->file, ".lock");
    unlink(f->file.p);
    buf_cut(&f->file, f->file.n - 5);
    remove_folder(f);
}

static void what_is_remembered_stays(void **state)
{
    (void)state;
    struct folder folder;
    struct heard heard;
    struct err e = ERR_INIT;
    make_folder(&folder, "heard");
    const char *path = folder.file.p;
    assert_int_equal(heard_load(&heard, path, &e), STATUS_OK);
    assert_false(heard_has(&heard, SV("a")));
    heard_free(&heard);
    assert_int_equal(heard_add(path, SV("b c"), &e), STATUS_OK);
    assert_int_equal(heard_add(path, SV("a"), &e), STATUS_OK);
    assert_int_equal(heard_add(path, SV("b c"), &e), STATUS_OK);
    assert_int_equal(lines_of(path), 2);
    assert_int_equal(heard_load(&heard, path, &e), STATUS_OK);
    assert_true(heard_has(&heard, SV("a")) && heard_has(&heard, SV("b c")));
    assert_false(heard_has(&heard, SV("b")));
    heard_free(&heard);
    forget(&folder);
    err_free(&e);
}

static void many_programs_lose_nothing(void **state)
{
    (void)state;
    enum { PROGRAMS = 8, KEYS = 20 };
    struct folder folder;
    make_folder(&folder, "heard");
    for (int i = 0; i < PROGRAMS; i++) {
        if (fork() != 0)
            continue;
        struct err e = ERR_INIT;
        int failed = 0;
        for (int k = 0; k < KEYS; k++) {
            struct buf key = BUF_INIT;
            buf_addf(&key, "%d:%d", i, k);
            failed |= heard_add(folder.file.p, buf_sv(&key), &e) != STATUS_OK;
        }
        _exit(failed);
    }
    for (int i = 0; i < PROGRAMS; i++) {
        int how;
        assert_true(wait(&how) > 0);
        assert_int_equal(how, 0);
    }
    assert_int_equal(lines_of(folder.file.p), PROGRAMS * KEYS);
    forget(&folder);
}

static void the_oldest_are_forgotten(void **state)
{
    (void)state;
    struct folder folder;
    struct buf bytes = BUF_INIT;
    struct heard heard;
    struct err e = ERR_INIT;
    make_folder(&folder, "heard");
    for (int i = 0; i < 20000; i++)
        buf_addf(&bytes, "k:%d\n", i);
    assert_true(file_replace(folder.file.p, buf_sv(&bytes)));
    assert_int_equal(heard_add(folder.file.p, SV("latest"), &e), STATUS_OK);
    assert_int_equal(lines_of(folder.file.p), 20000);
    assert_int_equal(heard_load(&heard, folder.file.p, &e), STATUS_OK);
    assert_true(heard_has(&heard, SV("latest")) && heard_has(&heard, SV("k:1")));
    assert_false(heard_has(&heard, SV("k:0")));
    heard_free(&heard);
    buf_free(&bytes);
    forget(&folder);
    err_free(&e);
}

/* A feed that is taken for an article; and what only looks like one. */
static void test_how_a_feed_begins(void **state)
{
    (void)state;
    static const char *const feeds[] = {
        "<rss version=\"2.0\"><channel>",
        "\xEF\xBB\xBF\r\n<?xml version=\"1.0\"?>\n<!-- <html> -->\n<rss\n version='0.91'>",
        "<!DOCTYPE rdf:RDF SYSTEM \"x\"><rdf:RDF xmlns=\"http://purl.org/rss/1.0/\">",
        "<?xml version='1.0'?><?xsl a='b'?><feed xmlns=\"http://www.w3.org/2005/Atom\">",
    };
    static const char *const others[] = {
        "",
        "<",
        "<?xml version=\"1.0\"",
        "<!-- <rss version=\"2.0\">",
        "<!DOCTYPE html><html><body><rss version=\"2.0\">",
        "<feed>ăn</feed>",
        "<feedback>tốt</feedback>",
        "<rss> là nguồn tin, version 2.0 là bản mới.",
        "Thẻ <rss version=\"2.0\"> mở đầu một nguồn tin.",
    };
    for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++)
        if (!feed_begins(sv_of(feeds[i])))
            fail_msg("no feed: %s", feeds[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (feed_begins(sv_of(others[i])))
            fail_msg("a feed: %s", others[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_become_iso),
        cmocka_unit_test(urls_are_told_from_files),
        cmocka_unit_test(items_are_read),
        cmocka_unit_test(floods_hide_no_title),
        cmocka_unit_test(feeds_as_they_come),
        cmocka_unit_test(parts_of_items),
        cmocka_unit_test(a_cut_feed_is_read_as_far_as_it_goes),
        cmocka_unit_test(a_damaged_feed_does_no_harm),
        cmocka_unit_test(json_feeds),
        cmocka_unit_test(cut_feeds_say_so),
        cmocka_unit_test(what_is_remembered_stays),
        cmocka_unit_test(many_programs_lose_nothing),
        cmocka_unit_test(the_oldest_are_forgotten),
        cmocka_unit_test(test_how_a_feed_begins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
