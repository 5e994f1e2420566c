#include "article/find/clean_html.h"

#include <strings.h>

#include "article/find/emit.h"
#include "article/find/html_find.h"

/* ---- is it HTML ---- */

static bool starts_with_tag(struct sv v, const char *name)
{
    struct sv want = sv_of(name);
    if (v.n < want.n + 2 || v.p[0] != '<' || strncasecmp(v.p + 1, want.p, want.n) != 0)
        return false;
    char behind = v.p[1 + want.n];
    return behind == '>' || behind == ' ' || behind == '\n' || behind == '/';
}

static struct sv skip_comments(struct sv v)
{
    for (;;) {
        v = sv_trim(v);
        if (!sv_starts(v, SV("<!--")) && !sv_starts(v, SV("<?xml")))
            return v;
        ptrdiff_t end = sv_find(v, v.p[1] == '!' ? SV("-->") : SV("?>"));
        if (end < 0)
            return v;
        v = sv_sub(v, (size_t)end + 2, v.n - (size_t)end - 2);
        if (v.n && v.p[0] == '>')
            v = sv_sub(v, 1, v.n - 1);
    }
}

static bool ends_with(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n >= m && strcasecmp(name + n - m, ending) == 0;
}

bool looks_like_html(const struct article *a)
{
    static const char *const first[] = {"!doctype html", "html",   "head",    "body", "meta",
                                        "title",         "script", "article", "main"};
    static const char *const any[] = {"p",  "div", "table", "h1",      "h2",
                                      "h3", "ul",  "ol",    "section", "center"};
    struct sv v = skip_comments(a->text);
    if (strncasecmp(v.p, "<!doctype html", v.n < 14 ? v.n : 14) == 0 && v.n >= 14)
        return true;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (starts_with_tag(v, first[i]))
            return true;
    bool named =
        ends_with(a->name, ".html") || ends_with(a->name, ".htm") || ends_with(a->name, ".xhtml");
    if (named)
        return true;
    for (size_t i = 0; i < sizeof any / sizeof *any; i++) {
        if (!starts_with_tag(v, any[i]))
            continue;
        /* A fragment: its first element is ended somewhere. */
        return sv_find(v, SV("</")) >= 0;
    }
    return false;
}

/* ---- the whole ---- */

/* From here on the text of the article is what the page shows. */
static void take_text(struct article *a, struct html_page *page)
{
    struct source_map map = {0};
    struct buf *out = &page->text.out;
    source_map_end(&page->text.map, a->text.n);
    source_map_compose(&map, &page->text.map, &a->map);
    source_map_free(&a->map);
    a->map = map;
    free(a->text_owned);
    a->text.n = out->n;
    a->text_owned = buf_detach(out);
    a->text.p = a->text_owned;
}

static bool has_something_to_read(const struct search *s)
{
    for (size_t i = 0; i < s->lines.n; i++)
        if (s->lines.at[i].shown && s->lines.at[i].has_content)
            return true;
    return false;
}

static enum status fail(const struct article *a, struct err *e, const char *message)
{
    err_set(e, STATUS_INPUT, "%s", message);
    return err_at(e, sv_is(sv_of(a->name), "-") ? "standard input" : a->name, 0, 0);
}

static void classify_raw(struct search *s)
{
    for (size_t i = 0; i < s->lines.n; i++) {
        s->lines.at[i].kind = BLOCK_PARAGRAPH;
        s->lines.at[i].reason = s->lines.at[i].shown ? NULL : "hidden";
    }
}

static bool find_article(struct search *s)
{
    if (!html_find(s))
        return false;
    html_find_date(s);
    html_find_rows(s);
    html_find_byline(s);
    html_classify(s);
    return true;
}

static enum status read_lines(struct search *s, bool raw, struct err *e)
{
    if (!has_something_to_read(s))
        return fail(s->a, e,
                    "nothing to read: the page shows no letter and no digit (is its text "
                    "made by a script? then save it from the browser, complete)");
    if (raw)
        classify_raw(s);
    else if (!find_article(s))
        return fail(s->a, e,
                    "there is no article in this page, only links to others or a form; open "
                    "one of the articles and give that, or read all of it with --raw");
    emit_article(s);
    if (!s->a->blocks.n)
        return fail(s->a, e, "no article was found in this page; read all of it with --raw");
    return STATUS_OK;
}

enum status clean_html(struct article *a, bool raw, struct err *e)
{
    struct html_page page;
    struct search search;
    html_parse(&page, a);
    struct span cut = article_source_span(a, (struct span){(uint32_t)page.cut_at, 0});
    take_text(a, &page);
    if (page.cut)
        article_note(a, (struct span){0, 0}, "structure",
                     "elements are nested too deeply from byte %u on; read on without the order "
                     "of boxes below",
                     cut.off);
    html_begin(&search, &page);
    enum status status = read_lines(&search, raw, e);
    search_free(&search);
    html_page_free(&page);
    return status;
}
