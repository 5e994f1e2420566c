#include "article/format/html.h"

#include "article/input/lookalikes.h"
#include "base/ascii.h"

static bool starts_with_tag(struct sv v, const char *name)
{
    struct sv want = sv_of(name);
    if (v.n < want.n + 2 || v.p[0] != '<' || !ascii_starts(sv_sub(v, 1, v.n - 1), want))
        return false;
    char next = v.p[1 + want.n];
    return next == '>' || next == ' ' || next == '\n' || next == '/';
}

static bool starts_with_any_tag(struct sv v, const char *const *names)
{
    for (; *names; names++)
        if (starts_with_tag(v, *names))
            return true;
    return false;
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

bool html_is_name_of_page(struct sv name)
{
    return ascii_ends(name, SV(".html")) || ascii_ends(name, SV(".htm")) ||
           ascii_ends(name, SV(".xhtml"));
}

bool html_is_page(const struct article *a)
{
    static const char *const documents[] = {"!doctype html", "html",   "head",    "body", "meta",
                                            "title",         "script", "article", "main", NULL};
    static const char *const fragments[] = {"p",  "div", "table",   "h1",     "h2", "h3",
                                            "ul", "ol",  "section", "center", NULL};
    struct sv v = skip_comments(a->text);
    if (ascii_starts(v, SV("<!doctype html")))
        return true;
    if (starts_with_any_tag(v, documents))
        return true;
    if (html_is_name_of_page(sv_of(a->name)))
        return true;
    /* An element that is ended somewhere. */
    return starts_with_any_tag(v, fragments) && sv_find(v, SV("</")) >= 0;
}

/* Replaces the text of the article by that of the page. */
static void replace_text(struct article *a, struct html_page *page)
{
    article_replace_text(a, &page->text.out, &page->text.map);
    lookalikes_mend(a->text_owned, a->text.n); /* from character references: &ETH; */
}

enum status html_read(struct html_page *page, struct article *a, struct err *e)
{
    enum status status = html_parse(page, a, e);
    if (status)
        return status;
    struct span cut = article_source_span(a, (struct span){(uint32_t)page->cut_at, 0});
    replace_text(a, page);
    if (page->cut)
        article_note(a, NO_SPAN, NOTE_STRUCTURE,
                     "elements are nested too deeply from byte %u on; read on without the order "
                     "of boxes below",
                     cut.off);
    return STATUS_OK;
}
