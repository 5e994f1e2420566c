/*
 * Feeds as another process sends them: what is accepted keeps what format/feed.h promises, and can
 * be sent on.
 */
#include "article/format/feed_flat.h"

#include "article/input/fetch.h"
#include "fuzz/check.h"
#include "fuzz/target.h"

static void append(void *to, struct sv bytes)
{
    buf_add_sv(to, bytes);
}

static void check_item(const struct feed_item *item)
{
    const char *const lines[] = {item->title, item->link, item->date, item->key};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!is_one_line(sv_of(lines[i])))
            broken_promise("not one line: \"%s\"", lines[i]);
    if (*item->link && !fetch_is_web(sv_of(item->link)))
        broken_promise("a link that is not on the web: \"%s\"", item->link);
}

static void check_sent_on(const struct feed *feed, struct sv input)
{
    struct buf bytes = BUF_INIT;
    const struct flat_writer w = {append, &bytes};
    feed_flatten(feed, &w);
    if (!sv_eq(buf_sv(&bytes), input))
        broken_promise("%zu bytes are sent on as %zu others", input.n, bytes.n);
    buf_free(&bytes);
}

static void run(struct sv input)
{
    struct feed feed = {0};
    if (feed_from_flat(&feed, input)) {
        for (size_t i = 0; i < feed.items.n; i++)
            check_item(&feed.items.at[i]);
        check_sent_on(&feed, input);
    }
    feed_free(&feed);
}

static void add_seeds(const struct seeds *seeds)
{
    static const char text[] =
        "<rss><channel><item><title>Chợ</title><link>http://a.vn/1</link></item><item>"
        "<description>&lt;p&gt;Cá&lt;/p&gt;</description><pubDate>2025-05-10</pubDate></item>";
    struct feed feed;
    struct err e = ERR_INIT;
    struct buf bytes = BUF_INIT;
    const struct flat_writer w = {append, &bytes};
    feed_from_bytes(&feed, "fuzz.xml", SV(text), NULL, &e);
    feed_flatten(&feed, &w);
    seeds->take(seeds->user, buf_sv(&bytes));
    feed_free(&feed);
    buf_free(&bytes);
    err_free(&e);
}

const struct fuzz_target fuzz_flat_feed = {run, add_seeds};
