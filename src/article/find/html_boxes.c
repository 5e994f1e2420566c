#include "article/find/html_find.h"

#include "article/find/evidence.h"
#include "article/find/people.h"

enum { MOST_LINES = 400 }; /* of a box that is searched for text */

/* The first hint of a class that holds gives the reason. */
static enum skip_reason reason_of_hints(unsigned hints)
{
    static const struct {
        unsigned hint;
        enum skip_reason reason;
    } reasons[] = {{HINT_COMMENTS, SKIP_COMMENTS}, {HINT_RELATED, SKIP_RELATED},
                   {HINT_TAGS, SKIP_TAGS},         {HINT_SHARE, SKIP_SHARE},
                   {HINT_ADVERT, SKIP_ADVERT},     {HINT_WIDGET, SKIP_WIDGET},
                   {HINT_MENU, SKIP_MENU}};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (hints & reasons[i].hint)
            return reasons[i].reason;
    return SKIP_NONE;
}

enum skip_reason html_reason_of_node(const struct html_node *node)
{
    switch (node->tag) {
    case TAG_NAV:
        return SKIP_MENU;
    case TAG_FOOTER:
        return SKIP_COPYRIGHT;
    case TAG_ASIDE:
        return SKIP_RELATED;
    case TAG_FORM:
        return SKIP_WIDGET;
    default:
        return reason_of_hints(node->hints);
    }
}

static uint64_t sum_in(const uint64_t *sums, const struct html_node *node)
{
    return sums[node->line1] - sums[node->line0];
}

static bool holds_title(const struct search *s, const struct html_node *node)
{
    size_t title = (size_t)s->title; /* -1 is greater than any line */
    return title >= node->line0 && title < node->line1;
}

/* Whether a box holds prose of its own, whatever its class says: more than half of it, few links,
 * and not about other articles. */
static bool holds_text(const struct search *s, const struct html_node *node)
{
    uint64_t prose = sum_in(s->prose.at, node), all = sum_in(s->letters.at, node);
    for (size_t i = node->line0; i < node->line1; i++)
        if (s->lines.at[i].teaser)
            return false;
    return prose * 2 > all && sum_in(s->links.at, node) * 5 < all;
}

/* Whether a box holds so much prose that its class says nothing: two paragraphs without a link or a
 * line that sites have beside their articles, or four with few of these. */
static bool holds_paragraphs(const struct search *s, const struct html_node *node)
{
    enum { PARAGRAPHS = 2, MANY = 4, LETTERS = 160 };
    size_t paragraphs = 0, known = 0;
    if (node->line1 - node->line0 > MOST_LINES)
        return false;
    for (size_t i = node->line0; i < node->line1; i++) {
        known += s->lines.at[i].known != SKIP_NONE;
        paragraphs += s->lines.at[i].prose;
    }
    uint64_t prose = sum_in(s->prose.at, node), links = sum_in(s->links.at, node);
    bool pure =
        paragraphs >= MANY ? known * MANY <= paragraphs && links * 10 < prose : !known && !links;
    return paragraphs >= PARAGRAPHS && prose >= LETTERS && pure && holds_text(s, node);
}

/* Whether the line i, right before or after the box, is a paragraph of the text around it. */
static bool is_text_beside(const struct search *s, size_t i, const struct html_node *box)
{
    if (i >= s->lines.n || !s->lines.at[i].prose)
        return false;
    const struct html_node *node = &s->page->nodes.at[s->lines.at[i].node];
    return node->parent == box->parent && !html_reason_of_node(node);
}

/* Whether paragraphs of the text are right before and right after a box. */
static bool is_amid_text(const struct search *s, const struct html_node *box)
{
    return is_text_beside(s, (size_t)box->line0 - 1, box) && is_text_beside(s, box->line1, box);
}

static bool is_short_name(const struct search *s, size_t i)
{
    return !line_is_prose(s, i) && line_is_byline(s, i);
}

/* "Trần Hòa: Tôi thấy …" */
static bool begins_with_name(const struct search *s, size_t i)
{
    enum { LONGEST = 60 };
    struct sv text = search_text(s, i);
    const char *colon = memchr(text.p, ':', text.n < LONGEST ? text.n : LONGEST);
    return colon && people_is_byline(s->a->rules, sv_sub(text, 0, (size_t)(colon - text.p)));
}

/* A line of a box that only readers' comments have. */
static const struct evidence for_comments[] = {
    {"a button or a heading of comments", line_is_known, 1, NULL}, /* binh-luan */
    {"when a comment was written", line_is_dated, 1, NULL},        /* hop-binh-luan */
    {"who wrote it", is_short_name, 1, NULL},                      /* hop-doi-truoc-bai */
    {"who wrote it, and a colon", begins_with_name, 1, NULL},      /* hop-binh-luan-ten */
};

/* Whether one of the nodes inside or near the box is another box of comments, or a part of a form.
 */
static bool has_comments_near(const struct search *s, uint32_t box)
{
    enum { FURTHEST = 64 };
    const struct html_node *node = &s->page->nodes.at[box];
    size_t low = box > FURTHEST ? box - FURTHEST : 1, high = box + (size_t)FURTHEST;
    for (size_t k = low; k <= high && k < s->page->nodes.n; k++) {
        const struct html_node *other = &s->page->nodes.at[k];
        bool inside = other->line0 >= node->line0 && other->line1 <= node->line1;
        if (k == box || !(inside || other->parent == node->parent))
            continue;
        if ((other->hints & HINT_COMMENTS && other->line0 < other->line1) ||
            (inside && k > box && other->tag == TAG_FORM))
            return true;
    }
    return false;
}

/* Whether a box that is named after comments holds comments of readers. */
static bool holds_comments(const struct search *s, uint32_t box)
{
    const struct html_node *node = &s->page->nodes.at[box];
    for (size_t i = node->line0; i < node->line1; i++)
        if (evidence_any(EVIDENCE_TABLE(for_comments), s, i))
            return true;
    return (node->line0 && s->lines.at[node->line0 - 1].known == SKIP_COMMENTS) ||
           has_comments_near(s, box);
}

/* Whether a box with paragraphs is a part of the text, though its class names a box that other
 * sites do not read. Comments and a page's foot are only if the text goes on after them. */
static bool is_text_misnamed(const struct search *s, uint32_t box, enum skip_reason reason)
{
    const struct html_node *node = &s->page->nodes.at[box];
    if (!holds_paragraphs(s, node))
        return false;
    if (reason == SKIP_COMMENTS ? holds_comments(s, box) : node->tag == TAG_FOOTER)
        return is_amid_text(s, node);
    return true;
}

/* Whether a box is not skipped in spite of its element or class, since it holds the text. */
static bool is_overruled(const struct search *s, uint32_t box, enum skip_reason reason)
{
    const struct html_node *node = &s->page->nodes.at[box];
    uint64_t prose = sum_in(s->prose.at, node), all = s->prose.at[s->lines.n];
    if (holds_title(s, node))
        return true;
    if (node->tag == TAG_NAV || node->tag == TAG_FORM)
        return false;
    if (is_text_misnamed(s, box, reason))
        return true;
    if (reason == SKIP_COMMENTS)
        return prose * 10 > all * 9 && s->title < 0 && holds_text(s, node);
    if (prose * 2 > all) /* more than half of the page's prose */
        return true;
    if (node->tag == TAG_FOOTER || reason == SKIP_SHARE || reason == SKIP_TAGS)
        return false;
    return !(node->hints & (HINT_ADVERT | HINT_MENU)) && node->line1 - node->line0 <= MOST_LINES &&
           holds_text(s, node);
}

/* Whether a box is about the author: a name, and a paragraph or two of who that is. */
static bool is_about_author(const struct search *s, const struct html_node *node)
{
    enum { MOST_LINES_ABOUT = 6, PARAGRAPHS = 2, LETTERS = 900 };
    size_t prose = 0, names = 0;
    if (!(node->hints & HINT_AUTHOR) || node->line1 - node->line0 > MOST_LINES_ABOUT ||
        holds_title(s, node) || sum_in(s->letters.at, node) > LETTERS)
        return false;
    for (size_t i = node->line0; i < node->line1; i++) {
        const struct line *l = &s->lines.at[i];
        prose += l->prose;
        names += !l->prose && line_is_byline(s, i);
        if (!prose && !names && l->shown && !l->known && !l->linked)
            return false;
    }
    return names && prose && prose <= PARAGRAPHS &&
           sum_in(s->prose.at, node) * 2 < s->prose.at[s->lines.n];
}

static enum skip_reason reason_of_box(const struct search *s, uint32_t box)
{
    const struct html_node *node = &s->page->nodes.at[box];
    if (node->line0 < node->line1 && is_about_author(s, node))
        return SKIP_WIDGET;
    enum skip_reason reason = node->line0 < node->line1 ? html_reason_of_node(node) : SKIP_NONE;
    return reason && !is_overruled(s, box, reason) ? reason : SKIP_NONE;
}

const struct html_node *html_article_of_title(const struct search *s)
{
    uint32_t i = s->title >= 0 ? s->lines.at[s->title].node : 0;
    while (i && s->page->nodes.at[i].tag != TAG_ARTICLE)
        i = s->page->nodes.at[i].parent;
    const struct html_node *node = &s->page->nodes.at[i];
    return i && sum_in(s->prose.at, node) ? node : NULL;
}

/* Whether the node is an <article> apart from that of the title: another one. */
static bool is_other_article(const struct html_node *node, const struct html_node *own)
{
    return own && node->tag == TAG_ARTICLE &&
           (node->line1 <= own->line0 || node->line0 >= own->line1);
}

void html_find_boxes(struct search *s)
{
    const struct html_node *own = html_article_of_title(s);
    vec_reserve(&s->boxes, s->page->nodes.n);
    for (uint32_t i = 0; i < s->page->nodes.n; i++) {
        const struct html_node *node = &s->page->nodes.at[i];
        enum skip_reason reason = i ? s->boxes.at[node->parent] : SKIP_NONE;
        if (!reason && is_other_article(node, own))
            reason = SKIP_RELATED;
        *vec_push(&s->boxes) = reason ? reason : reason_of_box(s, i);
    }
}
