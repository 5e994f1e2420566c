#include "article/format/feed_flat.h"

#include "article/input/fetch.h"
#include "base/message.h"
#include "base/utf8.h"

static void put_item(const struct feed_item *item, const struct flat_writer *w)
{
    const char *const texts[] = {item->title, item->link, item->date, item->key, item->content};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        flat_put_text(w, sv_of(texts[i]));
}

void feed_flatten(const struct feed *feed, const struct flat_writer *w)
{
    flat_put_number(w, feed->cut_short);
    flat_put_number(w, feed->items.n);
    for (size_t i = 0; i < feed->items.n; i++)
        put_item(&feed->items.at[i], w);
}

/* Valid UTF-8 that a C string can hold. */
static const char *get_text(struct feed *feed, struct flat_reader *r)
{
    struct sv text = flat_text(r);
    bool ends_early = text.n && memchr(text.p, '\0', text.n);
    r->bad = r->bad || ends_early || utf8_valid_prefix(text) != text.n;
    return r->bad ? "" : arena_dup(&feed->arena, text);
}

/* One line without control and format characters. */
static const char *get_line(struct feed *feed, struct flat_reader *r)
{
    const char *line = get_text(feed, r);
    struct buf printable = BUF_INIT;
    buf_add_printable(&printable, sv_of(line));
    r->bad = r->bad || !sv_is(buf_sv(&printable), line);
    buf_free(&printable);
    return line;
}

static struct feed_item get_item(struct feed *feed, struct flat_reader *r)
{
    struct feed_item item = {.title = get_line(feed, r)};
    item.link = get_line(feed, r);
    item.date = get_line(feed, r);
    item.key = get_line(feed, r);
    item.content = get_text(feed, r);
    r->bad = r->bad || (*item.link && !fetch_is_web(sv_of(item.link)));
    return item;
}

bool feed_from_flat(struct feed *feed, struct sv bytes)
{
    struct flat_reader r = {bytes, false};
    uint64_t cut_short = flat_number(&r);
    r.bad = r.bad || cut_short > 1;
    feed->cut_short = cut_short == 1;
    for (uint64_t n = flat_number(&r); n && !r.bad; n--)
        *vec_push(&feed->items) = get_item(feed, &r);
    return !r.bad && !r.rest.n;
}
