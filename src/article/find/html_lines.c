#include "article/find/html_find.h"

/* ---- What a line is ---- */

static const struct html_node *node_of(const struct search *s, size_t line)
{
    return &s->page->nodes.at[s->lines.at[line].node];
}

bool html_inside(const struct search *s, size_t line, enum html_tag tag)
{
    return node_of(s, line)->within >> tag & 1;
}

unsigned html_hints_around(const struct search *s, size_t line, unsigned levels)
{
    unsigned hints = 0;
    uint32_t node = s->lines.at[line].node;
    for (unsigned i = 0; node && i <= levels; i++, node = s->page->nodes.at[node].parent)
        hints |= s->page->nodes.at[node].hints;
    return hints;
}

enum skip_reason html_box(const struct search *s, size_t line)
{
    return s->boxes.at[s->lines.at[line].node];
}

bool line_is_hidden(const struct search *s, size_t i)
{
    return !s->lines.at[i].shown;
}

bool line_is_linked(const struct search *s, size_t i)
{
    return s->lines.at[i].linked;
}

bool line_is_teaser(const struct search *s, size_t i)
{
    return s->lines.at[i].teaser;
}

bool line_is_in_box(const struct search *s, size_t i)
{
    return html_box(s, i);
}

bool line_is_in_closing_box(const struct search *s, size_t i)
{
    return reason_is_closing(html_box(s, i));
}

bool line_is_preformatted(const struct search *s, size_t i)
{
    return html_inside(s, i, TAG_PRE);
}

bool line_is_in_cell(const struct search *s, size_t i)
{
    return html_inside(s, i, TAG_TD);
}

bool line_is_in_row(const struct search *s, size_t i)
{
    return s->lines.at[i].row;
}

bool line_is_in_figure(const struct search *s, size_t i)
{
    return html_inside(s, i, TAG_FIGURE);
}

bool line_is_in_item(const struct search *s, size_t i)
{
    return html_inside(s, i, TAG_LI);
}

bool line_is_in_main_heading(const struct search *s, size_t i)
{
    return html_inside(s, i, TAG_H1);
}

bool line_is_in_subheading(const struct search *s, size_t i)
{
    return html_inside(s, i, TAG_H2) || html_inside(s, i, TAG_H3);
}

bool line_is_in_any_heading(const struct search *s, size_t i)
{
    return line_is_in_main_heading(s, i) || line_is_in_subheading(s, i) ||
           html_inside(s, i, TAG_HEADING);
}

bool line_has_title_hint(const struct search *s, size_t i)
{
    return html_hints_around(s, i, 1) & HINT_TITLE;
}

bool line_has_sapo_hint(const struct search *s, size_t i)
{
    return html_hints_around(s, i, 1) & HINT_SAPO;
}

bool line_has_caption_hint(const struct search *s, size_t i)
{
    return html_hints_around(s, i, 2) & HINT_CAPTION;
}

/* ---- The lines of a page ---- */

/* Whether `part` is at least `tenths` tenths of the whole. */
static bool is_most(uint32_t part, uint32_t whole, unsigned tenths)
{
    return (uint64_t)part * 10 >= (uint64_t)whole * tenths;
}

static void add_line(struct search *s, const struct html_line *line)
{
    struct line l = {.text = line->text,
                     .node = line->node,
                     .tag = line->tag,
                     .linked_bytes = line->linked,
                     .linked = is_most(line->linked, line->text.len, 8),
                     .bold = is_most(line->bold, line->text.len, 9),
                     .shown = line->tag != TAG_HIDDEN && line->tag != TAG_TITLE};
    line_measure(&l, s->a->text);
    search_add(s, l);
}

/* A link around three paragraphs is no link to another article: it is around the article itself, or
 * somebody has forgotten to end it. Its lines count as text. */
static void free_from_links(struct search *s)
{
    enum { PARAGRAPHS = 3 };
    const struct html_page *page = s->page;
    for (size_t i = 0, end, prose; i < s->lines.n; i = end) {
        prose = 0;
        for (end = i; end < s->lines.n && page->lines.at[end].link == page->lines.at[i].link; end++)
            prose += line_reads_as_prose(&s->lines.at[end]);
        if (!page->lines.at[i].link || prose < PARAGRAPHS)
            continue;
        for (size_t k = i; k < end; k++) {
            struct line *l = &s->lines.at[k];
            l->linked = false;
            l->linked_bytes = 0;
            l->prose = l->shown && line_reads_as_prose(l);
        }
    }
}

static void add_sums(struct search *s)
{
    uint64_t prose = 0, letters = 0, links = 0;
    size_t n = s->lines.n;
    vec_reserve(&s->prose, n + 1);
    vec_reserve(&s->letters, n + 1);
    vec_reserve(&s->links, n + 1);
    for (size_t i = 0; i <= n; i++) {
        *vec_push(&s->prose) = prose;
        *vec_push(&s->letters) = letters;
        *vec_push(&s->links) = links;
        if (i == n || !s->lines.at[i].shown)
            continue;
        const struct line *l = &s->lines.at[i];
        prose += l->prose ? l->text.len : 0;
        letters += l->text.len;
        links += l->linked_bytes < l->text.len ? l->linked_bytes : l->text.len;
    }
}

/* Whether the box has a heading without a link above line i. Then the link below that line leads to
 * more of the same text, and is no headline. */
static bool is_below_own_heading(const struct search *s, const struct html_node *box, size_t i)
{
    for (size_t k = box->line0; k < i; k++)
        if (s->lines.at[k].shown && !s->lines.at[k].linked_bytes && line_is_in_any_heading(s, k))
            return true;
    return false;
}

/* Whether the line is the linked headline of another article, which may have a word before it in
 * the same heading: <h4>Quê nhà <a>Đò chạy lại</a></h4>. */
static bool is_linked_headline(const struct search *s, size_t i)
{
    enum { HEADLINE_WORDS = 4 };
    const struct line *l = &s->lines.at[i];
    bool linked = l->linked || (line_is_in_any_heading(s, i) && l->linked_bytes * 2 > l->text.len);
    return linked && l->words >= HEADLINE_WORDS && !l->known && !html_inside(s, i, TAG_NAV) &&
           !html_inside(s, i, TAG_FOOTER);
}

/* Whether the box of the line i holds at most two linked headlines, with as much prose. Sets
 * *headlines. */
static bool holds_teaser(const struct search *s, const struct html_node *box, size_t i,
                         size_t *headlines)
{
    enum { MOST = 2 };
    size_t prose = 0;
    bool headed = is_below_own_heading(s, box, i);
    *headlines = 0;
    for (size_t k = box->line0; k < box->line1; k++) {
        prose += s->lines.at[k].prose;
        *headlines += (!headed || k < i) && is_linked_headline(s, k);
    }
    return prose <= MOST && *headlines <= MOST;
}

/* Whether the line is text about another article: its box is small and holds a linked headline. */
static bool is_below_headline(const struct search *s, size_t i)
{
    enum { MOST_LINES = 6, LEVELS = 4 };
    uint32_t node = s->lines.at[i].node;
    if (!s->lines.at[i].prose || s->lines.at[i].known)
        return false;
    for (int level = 0; node && level < LEVELS; level++) {
        const struct html_node *box = &s->page->nodes.at[node];
        size_t headlines;
        if (box->line1 - box->line0 > MOST_LINES)
            return false;
        bool small = holds_teaser(s, box, i, &headlines);
        if (headlines)
            return small;
        node = box->parent;
    }
    return false;
}

void html_begin(struct search *s, const struct html_page *page)
{
    search_begin(s, page->a, page);
    s->is_page = true;
    vec_reserve(&s->lines, page->lines.n);
    for (size_t i = 0; i < page->lines.n; i++)
        add_line(s, &page->lines.at[i]);
    search_find_counters(s);
    free_from_links(s);
    for (size_t i = 1; i < page->lines.n; i++)
        s->lines.at[i].teaser = is_below_headline(s, i);
    add_sums(s);
}
