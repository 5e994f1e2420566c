#include "article/format/html_meta.h"

#include <strings.h>

#include "article/format/entity.h"
#include "article/format/json_ld.h"
#include "base/nfc.h"
#include "base/utf8.h"

static void put_code(struct buf *out, uint32_t code)
{
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        code = UTF8_REPLACEMENT;
    if (char_is_format(code))
        return;
    if (char_kind_of(code) == CHAR_SPACE) {
        if (out->n && out->p[out->n - 1] != ' ')
            buf_putc(out, ' ');
        return;
    }
    buf_add_code(out, code);
}

const char *html_meta_keep(struct article *a, struct sv v)
{
    struct buf plain = BUF_INIT, composed = BUF_INIT;
    for (size_t i = 0; i < v.n && plain.n < 4096;) {
        uint32_t code;
        size_t n = entity_decode(sv_sub(v, i, v.n - i), &code);
        if (!n)
            n = utf8_decode(sv_sub(v, i, v.n - i), &code);
        put_code(&plain, code);
        i += n ? n : 1;
    }
    nfc_append(&composed, sv_trim(buf_sv(&plain)));
    const char *kept = composed.n ? arena_dup(&a->arena, buf_sv(&composed)) : NULL;
    buf_free(&plain);
    buf_free(&composed);
    return kept;
}

static bool is_any(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcasecmp(name, *names) == 0)
            return true;
    return false;
}

static void keep_first(struct html_page *page, const char **slot, const char *content)
{
    if (!*slot)
        *slot = html_meta_keep(page->a, sv_of(content));
}

void html_meta_add(struct html_page *page, const char *name, const char *content)
{
    static const char *const titles[] = {"og:title", "twitter:title", "headline", NULL};
    static const char *const texts[] = {"og:description", "description", "twitter:description",
                                        NULL};
    static const char *const dates[] = {
        "article:published_time", "datepublished",   "pubdate", "publishdate", "publish_date",
        "dc.date.issued",         "dcterms.created", "dc.date", NULL};
    static const char *const people[] = {"author",     "article:author",  "dable:author",
                                         "dc.creator", "dcterms.creator", "parsely-author",
                                         "byl",        "sailthru.author", "citation_author",
                                         NULL};
    static const char *const pictures[] = {"og:image", "twitter:image", "thumbnailurl", NULL};
    struct html_meta *m = &page->meta;
    if (is_any(name, titles))
        keep_first(page, &m->headline, content);
    else if (is_any(name, texts))
        keep_first(page, &m->description, content);
    else if (is_any(name, dates))
        keep_first(page, &m->published, content);
    else if (is_any(name, pictures))
        keep_first(page, &m->picture, content);
    else if (is_any(name, people)) {
        const char *more = html_meta_keep(page->a, sv_of(content));
        struct buf all = BUF_INIT;
        buf_addf(&all, "%s%s%s", m->author ? m->author : "", m->author ? ";" : "",
                 more ? more : "");
        if (all.n < 4096)
            m->author = arena_dup(&page->a->arena, buf_sv(&all));
        buf_free(&all);
    } else if (strcasecmp(name, "og:type") == 0) {
        if (strcasecmp(content, "article") == 0)
            m->says_article = true;
        else if (strcasecmp(content, "website") == 0)
            m->says_list = true;
    }
}

static void keep_text(struct html_page *page, const char **slot, const struct buf *text)
{
    if (!*slot && text->n)
        *slot = html_meta_keep(page->a, buf_sv(text));
}

void html_meta_add_ld(struct html_page *page, struct sv json)
{
    struct html_meta *m = &page->meta;
    struct json_ld ld;
    json_ld_read(&ld, json);
    m->says_list = m->says_list || ld.has_list;
    m->says_article = m->says_article || ld.has_article;
    keep_text(page, &m->ld_date, &ld.date);
    keep_text(page, &m->ld_page_date, &ld.page_date);
    keep_text(page, &m->ld_headline, &ld.headline);
    keep_text(page, &m->people, &ld.people);
    json_ld_free(&ld);
}

void html_meta_end(struct html_meta *m)
{
    if (!m->ld_date)
        m->ld_date = m->ld_page_date;
}
