#include "article/find/clean_html.h"

#include <strings.h>

#include "article/find/dateline.h"
#include "article/find/html_judge.h"
#include "article/find/people.h"

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

/* ---- blocks ---- */

static struct span part_of(struct span whole, size_t from, size_t length)
{
    return (struct span){whole.off + (uint32_t)from, (uint32_t)length};
}

static void add_block(struct article *a, struct span text, uint8_t kind)
{
    *vec_push(&a->blocks) = (struct block){.kind = kind, .text = text};
}

/* Skips what is hidden inside the lines of a block, from `from` on. */
static void skip_holes(const struct html_view *v, struct span block, size_t *hole)
{
    const struct html_page *page = v->page;
    uint32_t end = block.off + block.len;
    while (*hole < page->holes.n && page->holes.at[*hole].text.off < block.off)
        ++*hole;
    for (; *hole < page->holes.n && page->holes.at[*hole].text.off < end; ++*hole) {
        struct span span = page->holes.at[*hole].text;
        if (span.off + span.len <= end)
            article_skip(page->a, span, "hidden");
    }
}

/* The date's block is weekday and date alone; the rest of the line is skipped piece by piece. */
static struct span date_part(struct html_view *v, bool skip)
{
    struct article *a = v->page->a;
    struct dateline d;
    struct span whole = v->lines.at[v->date].u.text;
    dateline_parse(html_line_text(v, (size_t)v->date), &d);
    size_t done = 0;
    bool date_done = false;
    for (size_t i = 0; skip && i <= d.rest.n; i++) {
        struct dateline_piece piece = {{whole.len, 0}, "decoration"};
        if (i < d.rest.n)
            piece = d.rest.at[i];
        if (!date_done && piece.text.off >= d.date.off) {
            article_skip(a, part_of(whole, done, d.date.off - done), "decoration");
            done = d.date.off + d.date.len;
            date_done = true;
        }
        article_skip(a, part_of(whole, done, piece.text.off - done), "decoration");
        article_skip(a, part_of(whole, piece.text.off, piece.text.len), piece.reason);
        done = piece.text.off + piece.text.len;
    }
    struct span span = part_of(whole, d.date.off, d.date.len);
    dateline_free(&d);
    return span;
}

/* "Tác giả: Hà Vy / Báo Sớm Mai": without the source's own name. */
static struct span byline_part(const struct html_view *v)
{
    struct sv text = html_line_text(v, (size_t)v->byline);
    return part_of(v->lines.at[v->byline].u.text, 0,
                   sv_trim(sv_sub(text, 0, people_source_part(text))).n);
}

/* A title that is only the document's: without the name of the site. */
static struct span title_part(const struct html_view *v)
{
    struct span whole = v->lines.at[v->title].u.text;
    if (v->lines.at[v->title].seen)
        return whole;
    return part_of(whole, 0, html_own_title(html_line_text(v, (size_t)v->title)));
}

/* Whether a line goes on after a <br>, in the same element and mid-sentence. */
static bool goes_on(const struct html_view *v, size_t i)
{
    const struct html_unit *l = &v->lines.at[i], *next = l + 1;
    ptrdiff_t own[] = {v->title, v->date, v->byline};
    for (int k = 0; k < 3; k++)
        if (own[k] == (ptrdiff_t)i || own[k] == (ptrdiff_t)i + 1)
            return false;
    return !next->reason && !l->u.marker && next->u.starts_small && !next->u.marker &&
           l->u.end != END_SENTENCE && l->u.end != END_QUESTION && next->kind == BLOCK_PARAGRAPH &&
           (l->kind == BLOCK_PARAGRAPH || l->kind == BLOCK_SAPO) &&
           v->page->lines.at[i].node == v->page->lines.at[i + 1].node;
}

/* The lines of one block: the cells of a table's row, the parts of a broken sentence. */
static size_t end_of_block(const struct html_view *v, size_t i)
{
    size_t end = i + 1;
    uint32_t row = v->lines.at[i].reason ? 0 : v->lines.at[i].row;
    while (end < v->lines.n && (row ? v->lines.at[end].row == row && !v->lines.at[end].reason &&
                                          v->lines.at[end].kind == BLOCK_TABLE
                                    : !v->lines.at[end - 1].reason && goes_on(v, end - 1)))
        end++;
    return end;
}

static void add_blocks_of(struct html_view *v, bool sapo)
{
    for (size_t i = 0; i < v->lines.n;) {
        const struct html_unit *l = &v->lines.at[i];
        ptrdiff_t at = (ptrdiff_t)i;
        size_t end = end_of_block(v, i);
        if (!l->reason && at != v->title && at != v->date && at != v->byline &&
            (l->kind == BLOCK_SAPO) == sapo) {
            struct span last = v->lines.at[end - 1].u.text, span = l->u.text;
            span.len = last.off + last.len - span.off;
            add_block(v->page->a, span, l->kind);
        }
        i = end;
    }
}

static void add_blocks(struct html_view *v)
{
    struct article *a = v->page->a;
    if (v->title >= 0)
        add_block(a, title_part(v), BLOCK_TITLE);
    if (v->date >= 0)
        add_block(a, date_part(v, false), BLOCK_DATE);
    add_blocks_of(v, true);
    add_blocks_of(v, false);
    if (v->byline >= 0)
        add_block(a, byline_part(v), BLOCK_BYLINE);
}

static size_t skip_agency(struct html_view *v, size_t i, bool opening)
{
    struct sv text = html_line_text(v, i);
    size_t agency = boilerplate_agency(&v->rules, text, opening);
    if (!agency || agency >= text.n)
        return 0;
    article_skip(v->page->a, part_of(v->lines.at[i].u.text, 0, agency), "agency");
    return agency;
}

/* In page order, also what is skipped inside blocks. */
static void add_skipped(struct html_view *v)
{
    struct article *a = v->page->a;
    bool opening = true;
    size_t hole = 0;
    for (size_t i = 0; i < v->lines.n; i++) {
        const struct html_unit *l = &v->lines.at[i];
        struct span whole = l->u.text;
        if (l->reason) {
            article_skip(a, whole, l->reason);
            continue;
        }
        if ((ptrdiff_t)i == v->date) {
            date_part(v, true);
            continue;
        }
        if ((ptrdiff_t)i == v->byline || (ptrdiff_t)i == v->title) {
            struct span shown = (ptrdiff_t)i == v->title ? title_part(v) : byline_part(v);
            article_skip(a, part_of(whole, shown.len, whole.len - shown.len), "source");
            whole = shown;
        } else if (l->kind == BLOCK_SAPO || l->kind == BLOCK_PARAGRAPH) {
            size_t agency = skip_agency(v, i, opening);
            whole = part_of(whole, agency, whole.len - agency);
            opening = opening && (!l->prose || l->kind == BLOCK_SAPO);
        }
        skip_holes(v, whole, &hole);
    }
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

static bool has_something_to_read(const struct html_view *v)
{
    for (size_t i = 0; i < v->lines.n; i++)
        if (v->lines.at[i].seen && v->lines.at[i].u.has_letter)
            return true;
    return false;
}

static enum status fail(const struct article *a, struct err *e, const char *message)
{
    err_set(e, STATUS_INPUT, "%s", message);
    return err_at(e, sv_is(sv_of(a->name), "-") ? "standard input" : a->name, 0, 0);
}

static void judge_raw(struct html_view *v)
{
    for (size_t i = 0; i < v->lines.n; i++) {
        v->lines.at[i].kind = BLOCK_PARAGRAPH;
        v->lines.at[i].reason = v->lines.at[i].seen ? NULL : "hidden";
    }
}

static enum status understand(struct article *a, struct html_view *v, bool raw, struct err *e)
{
    if (!has_something_to_read(v))
        return fail(a, e,
                    "nothing to read: the page shows no letter and no digit (is its text "
                    "made by a script? then save it from the browser, complete)");
    if (raw) {
        judge_raw(v);
    } else {
        if (!html_find(v))
            return fail(a, e,
                        "there is no article in this page, only links to others or a form; open "
                        "one of the articles and give that, or read all of it with --raw");
        html_find_date(v);
        html_find_byline(v);
        html_judge(v);
    }
    add_blocks(v);
    if (!a->blocks.n)
        return fail(a, e, "no article was found in this page; read all of it with --raw");
    add_skipped(v);
    return STATUS_OK;
}

enum status clean_html(struct article *a, bool raw, struct err *e)
{
    struct html_page page;
    struct html_view view;
    html_parse(&page, a);
    struct span cut = article_source_span(a, (struct span){(uint32_t)page.cut_at, 0});
    take_text(a, &page);
    if (page.cut)
        article_note(a, (struct span){0, 0}, "structure",
                     "elements are nested too deeply from byte %u on; read on without the order "
                     "of boxes below",
                     cut.off);
    html_look(&view, &page);
    enum status status = understand(a, &view, raw, e);
    html_view_free(&view);
    html_page_free(&page);
    return status;
}
