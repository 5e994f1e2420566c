#include "article/format/feed_item.h"

#include "article/format/feed_date.h"
#include "article/format/feed_text.h"
#include "base/nfc.h"
#include "base/utf8.h"

void feed_parts_begin(struct feed_parts *p)
{
    *p = (struct feed_parts){.base = ""};
    for (size_t i = 0; i < FEED_PARTS; i++)
        p->text[i] = BUF_INIT;
}

void feed_parts_clear(struct feed_parts *p)
{
    for (size_t i = 0; i < FEED_PARTS; i++)
        buf_clear(&p->text[i]);
    p->id_is_link = false;
}

void feed_parts_free(struct feed_parts *p)
{
    for (size_t i = 0; i < FEED_PARTS; i++)
        buf_free(&p->text[i]);
}

static const char *keep_line(struct feed *f, struct sv text)
{
    struct buf folded = BUF_INIT, composed = BUF_INIT;
    feed_fold_line(&folded, text);
    nfc_append(&composed, buf_sv(&folded));
    const char *kept = arena_dup(&f->arena, buf_sv(&composed));
    buf_free(&folded);
    buf_free(&composed);
    return kept;
}

const char *feed_absolute(struct feed *f, struct sv reference, const char *base)
{
    struct buf whole = BUF_INIT;
    bool known = reference.n && !fetch_is_web(reference) &&
                 fetch_resolve(base, arena_dup(&f->arena, reference), &whole);
    const char *kept = arena_dup(&f->arena, known ? buf_sv(&whole) : reference);
    buf_free(&whole);
    return kept;
}

/* The absolute address of the item, which may be relative to that of the feed; "" if it is not on
 * the web. */
static const char *link_of(const struct feed_parts *p, struct feed *f)
{
    struct sv link = sv_trim(buf_sv(&p->text[FEED_LINK]));
    if (!link.n && p->id_is_link)
        link = sv_trim(buf_sv(&p->text[FEED_ID]));
    const char *kept = feed_absolute(f, link, p->base);
    struct buf line = BUF_INIT;
    feed_fold_line(&line, sv_of(kept));
    bool usable = fetch_is_web(sv_of(kept)) && sv_is(buf_sv(&line), kept);
    buf_free(&line);
    return usable ? kept : "";
}

/* The identifier of the item. An id that is not a URL may occur in another feed too. */
static const char *key_of(const struct feed_parts *p, struct feed *f, const char *source,
                          const char *link)
{
    struct sv id = sv_trim(buf_sv(&p->text[FEED_ID]));
    struct buf key = BUF_INIT;
    bool everywhere = !id.n ? *link : memchr(id.p, ':', id.n) != NULL;
    if (!everywhere)
        buf_addf(&key, "%s ", source);
    if (id.n)
        buf_add_sv(&key, id);
    else
        buf_adds(&key, *link ? link : p->text[FEED_TITLE].p);
    const char *kept = keep_line(f, buf_sv(&key));
    buf_free(&key);
    return kept;
}

/* The content of an article, "" without one. */
static const char *keep_content(struct feed *f, struct sv text)
{
    struct buf valid = BUF_INIT;
    buf_add_valid(&valid, sv_trim(text).n ? text : sv_trim(text));
    for (size_t i = 0; i < valid.n; i++)
        if (!valid.p[i])
            valid.p[i] = ' ';
    const char *kept = arena_dup(&f->arena, buf_sv(&valid));
    buf_free(&valid);
    return kept;
}

void feed_item_add(const struct feed_parts *p, struct feed *f, const char *source)
{
    struct buf title = BUF_INIT, date = BUF_INIT;
    feed_strip_html(&title, buf_sv(&p->text[FEED_TITLE]));
    feed_date_append(&date, buf_sv(&p->text[FEED_DATE]));
    const char *link = link_of(p, f);
    /* A summary is the article where there is no page of it. */
    const struct buf *content = &p->text[FEED_CONTENT];
    if (!*link && !sv_trim(buf_sv(content)).n)
        content = &p->text[FEED_SUMMARY];
    struct feed_item item = {
        .title = keep_line(f, buf_sv(&title)),
        .link = link,
        .date = keep_line(f, buf_sv(&date)),
        .key = key_of(p, f, source, link),
        .content = keep_content(f, buf_sv(content)),
    };
    if (*item.link || *item.content)
        *vec_push(&f->items) = item;
    buf_free(&title);
    buf_free(&date);
}
