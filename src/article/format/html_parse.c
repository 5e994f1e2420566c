#include "article/format/html_parse.h"

#include "article/format/html_meta.h"
#include "article/format/html_preprocess.h"
#include "base/module.h"
#include "rules/rules.h"

size_t html_position(const struct html_parser *p)
{
    if (p->stopped)
        return p->cursor;
    size_t at = p->base + p->driver->position(p->parser);
    return at < p->cursor ? p->cursor : at > p->source.n ? p->source.n : at;
}

struct html_frame *html_top(struct html_parser *p)
{
    return &p->frames.at[p->frames.n - 1];
}

void html_end_line(struct html_parser *p)
{
    struct html_page *page = p->page;
    size_t from = page->text.line;
    if (html_text_end_line(&page->text)) {
        struct html_line l = p->line;
        l.by_author = p->by_author;
        l.text = (struct span){(uint32_t)from, (uint32_t)(page->text.out.n - 1 - from)};
        if (p->hidden >= l.text.len) {
            l.tag = l.tag == TAG_TITLE ? TAG_TITLE : TAG_HIDDEN;
            page->holes.n = p->first_hole;
        }
        if (l.tag == TAG_TITLE && !page->meta.title)
            page->meta.title = html_meta_keep(page->a, sv_at(buf_sv(&page->text.out), l.text));
        *vec_push(&page->lines) = l;
    } else {
        page->holes.n = p->first_hole;
    }
    p->line_begun = false;
    p->by_author = false;
    p->hidden = 0;
    p->first_hole = page->holes.n;
}

/* ---- the run ---- */

static void run(struct html_parser *p)
{
    const struct html_client client = {html_on_open, html_on_close, html_on_text, html_on_script,
                                       p};
    p->base = p->tag_at = p->cursor;
    p->floor = p->frames.n;
    p->stopped = false;
    p->parser = p->driver->begin(&client, p->source.p + p->base, p->source.n - p->base);
    if (!p->parser)
        mem_exhausted();
    p->driver->run(p->parser);
    p->driver->end(p->parser);
    p->parser = NULL;
}

/* Sets the ends of nodes that were open when a run ended early, and adds the pictures of each node
 * to its parent. */
static void close_nodes(struct html_page *page)
{
    page->nodes.at[0].line1 = (uint32_t)page->lines.n;
    for (size_t i = 0; i < page->nodes.n; i++)
        if (page->nodes.at[i].line1 > page->lines.n)
            page->nodes.at[i].line1 = (uint32_t)page->lines.n;
    for (size_t i = page->nodes.n; i-- > 1;) {
        uint8_t *pictures = &page->nodes.at[page->nodes.at[i].parent].pictures;
        unsigned sum = *pictures + page->nodes.at[i].pictures;
        *pictures = (uint8_t)(sum < UINT8_MAX ? sum : UINT8_MAX);
    }
}

enum status html_parse(struct html_page *page, struct article *a, struct err *e)
{
    const void *driver;
    *page = (struct html_page){.a = a};
    enum status status = module_find("html", "docbao_html", &driver, e);
    if (status)
        return err_set(e, status, "HTML pages cannot be read: %s", e->message.p);
    html_text_start(&page->text);
    *vec_push(&page->nodes) = (struct html_node){.tag = TAG_OTHER};
    struct html_parser *p = mem_zalloc(sizeof *p);
    p->page = page;
    p->driver = driver;
    p->words = rules_table(a->rules, TABLE_HTML_WORDS);
    p->number = p->names = p->ld = BUF_INIT;
    html_preprocess(a->text_owned, a->text.n);
    p->source = a->text;
    *vec_push(&p->frames) = (struct html_frame){.tag = TAG_OTHER};
    do
        run(p);
    while (p->stopped && p->cursor < p->source.n);
    html_end_line(p);
    close_nodes(page);
    html_meta_end(&page->meta);
    vec_free(&p->frames);
    list_numbers_free(&p->lists);
    mathml_free(&p->formula);
    buf_free(&p->number);
    buf_free(&p->names);
    buf_free(&p->ld);
    free(p);
    return STATUS_OK;
}

void html_page_free(struct html_page *page)
{
    html_text_free(&page->text);
    vec_free(&page->nodes);
    vec_free(&page->lines);
    vec_free(&page->holes);
    vec_free(&page->times);
    vec_free(&page->pictures);
}
