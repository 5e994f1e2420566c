/*
 * Feeds: what format/feed.h promises of the strings, and the articles that a feed holds itself.
 */
#include "article/format/feed.h"
#include "base/utf8.h"
#include "fuzz/check.h"
#include "fuzz/scratch.h"
#include "fuzz/target.h"

static void check_line(const char *what, const char *text)
{
    if (!is_one_line(sv_of(text)))
        broken_promise("the %s is not one line: \"%s\"", what, text);
}

static void check_item(const struct feed_item *item)
{
    struct sv link = sv_of(item->link);
    check_line("title", item->title);
    check_line("date", item->date);
    check_line("key", item->key);
    check_line("link", item->link);
    if (link.n && !fetch_is_web(link))
        broken_promise("a link that is not on the web: \"%s\"", item->link);
    if (!*item->link && !*item->content)
        broken_promise("an item \"%s\" with nothing to read", item->title);
}

static void check_same(const struct feed *a, const struct feed *b)
{
    bool same = a->items.n == b->items.n;
    for (size_t i = 0; same && i < a->items.n; i++) {
        const struct feed_item *x = &a->items.at[i], *y = &b->items.at[i];
        same = strcmp(x->title, y->title) == 0 && strcmp(x->link, y->link) == 0 &&
               strcmp(x->date, y->date) == 0 && strcmp(x->key, y->key) == 0 &&
               strcmp(x->content, y->content) == 0;
    }
    if (!same)
        broken_promise("read twice, not the same");
}

static void check_page(const struct feed_item *item)
{
    struct fuzz_way way = {.name = "fuzz.html", .read.charset = "utf-8"};
    struct buf page = BUF_INIT;
    feed_page(item, &page);
    check_article(buf_sv(&page), &way);
    buf_free(&page);
}

static void run(struct sv input)
{
    enum { PAGES_MAX = 2 };
    struct err e = ERR_INIT, other = ERR_INIT;
    struct feed feed, again;
    enum status status = feed_from_bytes(&feed, "fuzz.xml", input, NULL, &e);
    if (status != feed_from_bytes(&again, "fuzz.xml", input, NULL, &other))
        broken_promise("read once, but not twice");
    if (status)
        check_error(&e);
    check_same(&feed, &again);
    for (size_t i = 0; i < feed.items.n; i++)
        check_item(&feed.items.at[i]);
    for (size_t i = 0; i < feed.items.n && i < PAGES_MAX; i++)
        if (*feed.items.at[i].content)
            check_page(&feed.items.at[i]);
    feed_free(&feed);
    feed_free(&again);
    err_free(&e);
    err_free(&other);
}

static void add(const struct seeds *seeds, const char *text)
{
    seeds->take(seeds->user, sv_of(text));
}

static void add_seeds(const struct seeds *seeds)
{
    add(seeds,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" "
        "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Báo A</title><item>"
        "<title>Chợ &amp;aacute; quê &lt;b&gt;họp&lt;/b&gt;</title><link>http://a.vn/1?a=1"
        "&amp;b=2</link><guid isPermaLink=\"false\">mot</guid><pubDate>Sat, 10 May 2025 "
        "16:05:09 +0700</pubDate><content:encoded><![CDATA[<p>Sáng nay chợ họp.</p>]]>"
        "</content:encoded></item><item><guid>http://a.vn/2</guid><dc:date>2025-05-10</dc:date>"
        "</item></channel></rss>");
    add(seeds,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"http://a.vn/b/\"><entry>"
        "<title type=\"html\">Chợ</title><link rel=\"alternate\" href=\"../c\"/><id>urn:1</id>"
        "<published>2025-05-10T16:05:09+07:00</published><content type=\"xhtml\"><div><p "
        "a='\"'>Sáng<br/>nay</p></div></content></entry></feed>");
    add(seeds,
        "<feed xmlns=\"http://purl.org/atom/ns#\"><entry><title mode=\"base64\">Q2jhu6M=</title>"
        "<link href=\"https://a.vn\"/><issued>05/10/2025 4:05:09 PM</issued><content "
        "mode=\"escaped\">&lt;p&gt;ba &lt;/p&gt;</content></entry></feed>");
    add(seeds, "<rdf:RDF xmlns:rdf=\"r\" xmlns=\"http://purl.org/rss/1.0/\"><item rdf:about=\"x\">"
               "<title>Một & hai</title><link>http://a.vn/3</link></item></rdf:RDF>");
    add(seeds, "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"id\": 1, "
               "\"title\": \"Chợ\", \"url\": \"http://a.vn/4\", \"content_html\": \"<p>Cá</p>\"}, "
               "{\"content_text\": \"Một\\nhai\", \"date_published\": \"2025-05-10\"}]}");
}

const struct fuzz_target fuzz_feed = {run, add_seeds};
