/* Feeds. */
#include "docbao/internal.h"

#include "article/parser.h"
#include "library/heard.h"

struct docbao_feed {
    struct feed feed;
    const char *name;
    struct heard heard;
};

enum docbao_status docbao_feed_open(struct docbao *d, const char *path, const char *heard,
                                    struct docbao_feed **out)
{
    struct docbao_feed *f = mem_zalloc(sizeof *f);
    f->heard.bytes = BUF_INIT;
    struct read_options options = api_read_options(d);
    enum status status = parser_read_feed(&f->feed, path, &options.load, &d->err);
    f->name = arena_dup(&f->feed.arena, sv_of(path));
    if (!status && heard)
        status = heard_load(&f->heard, heard, &d->err);
    *out = status ? NULL : f;
    if (status)
        docbao_feed_close(f);
    return api_result(d, status);
}

void docbao_feed_close(struct docbao_feed *f)
{
    if (!f)
        return;
    feed_free(&f->feed);
    heard_free(&f->heard);
    free(f);
}

bool docbao_feed_is_cut_short(const struct docbao_feed *f)
{
    return f->feed.cut_short;
}

uint32_t docbao_feed_count(const struct docbao_feed *f)
{
    return (uint32_t)f->feed.items.n;
}

struct docbao_feed_item docbao_feed_at(const struct docbao_feed *f, uint32_t index)
{
    const struct feed_item *item = &f->feed.items.at[index];
    return (struct docbao_feed_item){
        .title = api_text(sv_of(item->title)),
        .link = api_text(sv_of(item->link)),
        .key = api_text(sv_of(item->key)),
        .date = api_text(sv_of(item->date)),
        .heard = heard_has(&f->heard, sv_of(item->key)),
    };
}

/* Reads the text that the feed itself holds. `why` the link was not read: a note, or "". */
static enum status read_content(struct docbao *d, const struct docbao_feed *f,
                                const struct feed_item *item, const char *why,
                                struct docbao_article *a)
{
    struct buf page = BUF_INIT;
    enum status status = api_need_rules(d);
    struct read_options options = api_read_options(d);
    options.charset = "utf-8";
    feed_page(item, &page);
    if (!status)
        status = parser_take_bytes(&a->a, *item->link ? item->link : f->name, &page, &options,
                                   &a->parser, &d->err);
    if (!status && *why)
        article_note(&a->a, NO_SPAN, NOTE_FEED,
                     "read from the feed, since its own page could not be: %s", why);
    buf_free(&page);
    return status;
}

enum docbao_status docbao_feed_article(struct docbao *d, const struct docbao_feed *f,
                                       uint32_t index, struct docbao_article **out)
{
    const struct feed_item *item = &f->feed.items.at[index];
    struct docbao_article *a = NULL;
    struct buf why = BUF_INIT;
    enum status status = STATUS_INPUT;
    if (*item->link)
        status = api_open(d, item->link, &a);
    if (status == STATUS_INPUT && *item->content) {
        if (a)
            buf_add_sv(&why, buf_sv(&d->err.message));
        docbao_close(a);
        a = api_new_article();
        status = read_content(d, f, item, why.p, a);
    }
    buf_free(&why);
    return api_finish_open(d, a, status, out);
}

void docbao_feed_expect(struct docbao *d, const struct docbao_feed *f, uint32_t index)
{
    docbao_expect(d, f->feed.items.at[index].link);
}

enum docbao_status docbao_feed_remember(struct docbao *d, const struct docbao_feed *f,
                                        uint32_t index, const char *heard)
{
    return api_result(d, heard_add(heard, sv_of(f->feed.items.at[index].key), &d->err));
}
