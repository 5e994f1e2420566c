#include "article/find/html_find.h"

enum { MOST_LINES = 400 }; /* of a box that is searched for text */

/* The first hint of a class that holds gives the reason. */
static const char *reason_of_hints(unsigned hints)
{
    static const struct {
        unsigned hint;
        const char *reason;
    } reasons[] = {{HINT_COMMENTS, "comments"}, {HINT_RELATED, "related"}, {HINT_TAGS, "tags"},
                   {HINT_SHARE, "share"},       {HINT_ADVERT, "advert"},   {HINT_WIDGET, "widget"},
                   {HINT_MENU, "menu"}};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (hints & reasons[i].hint)
            return reasons[i].reason;
    return NULL;
}

static const char *reason_of_node(const struct html_node *node)
{
    switch (node->tag) {
    case TAG_NAV:
        return "menu";
    case TAG_FOOTER:
        return "copyright";
    case TAG_ASIDE:
        return "related";
    case TAG_FORM:
        return "widget";
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

/* Whether a box holds so much prose that its class says nothing: two paragraphs, no link and no
 * line that sites have beside their articles. */
static bool holds_paragraphs(const struct search *s, const struct html_node *node)
{
    enum { PARAGRAPHS = 2, LETTERS = 160 };
    size_t paragraphs = 0;
    if (node->line1 - node->line0 > MOST_LINES)
        return false;
    for (size_t i = node->line0; i < node->line1; i++) {
        if (s->lines.at[i].known)
            return false;
        paragraphs += s->lines.at[i].prose;
    }
    return paragraphs >= PARAGRAPHS && sum_in(s->prose.at, node) >= LETTERS &&
           !sum_in(s->links.at, node) && holds_text(s, node);
}

/* Whether the line i, right before or after the box, is a paragraph of the text around it. */
static bool is_text_beside(const struct search *s, size_t i, const struct html_node *box)
{
    if (i >= s->lines.n || !s->lines.at[i].prose)
        return false;
    const struct html_node *node = &s->page->nodes.at[s->lines.at[i].node];
    return node->parent == box->parent && !reason_of_node(node);
}

/* How many of the lines right before and after a box are paragraphs of the text. */
static int text_beside(const struct search *s, const struct html_node *box)
{
    return is_text_beside(s, (size_t)box->line0 - 1, box) + is_text_beside(s, box->line1, box);
}

/* Whether a box with paragraphs is a part of the text, though its class names a box that other
 * sites do not read. Comments and a page's foot are only if the text goes on after them. */
static bool is_text_misnamed(const struct search *s, const struct html_node *node,
                             const char *reason)
{
    int beside = text_beside(s, node);
    if (!holds_paragraphs(s, node))
        return false;
    if (reason_is(reason, "comments") || node->tag == TAG_FOOTER)
        return beside == 2;
    return beside || !(node->hints & (HINT_ADVERT | HINT_MENU));
}

/* Whether a box is not skipped in spite of its element or class, since it holds the text. */
static bool is_overruled(const struct search *s, const struct html_node *node, const char *reason)
{
    uint64_t prose = sum_in(s->prose.at, node), all = s->prose.at[s->lines.n];
    if (holds_title(s, node))
        return true;
    if (node->tag == TAG_NAV || node->tag == TAG_FORM)
        return false;
    if (is_text_misnamed(s, node, reason))
        return true;
    if (reason_is(reason, "comments"))
        return prose * 10 > all * 9 && s->title < 0 && holds_text(s, node);
    if (prose * 2 > all) /* more than half of the page's prose */
        return true;
    if (node->tag == TAG_FOOTER || reason_is(reason, "share") || reason_is(reason, "tags"))
        return false;
    return !(node->hints & (HINT_ADVERT | HINT_MENU)) && node->line1 - node->line0 <= MOST_LINES &&
           holds_text(s, node);
}

static const char *reason_of_box(const struct search *s, const struct html_node *node)
{
    const char *reason = node->line0 < node->line1 ? reason_of_node(node) : NULL;
    return reason && !is_overruled(s, node, reason) ? reason : NULL;
}

/* The <article> around the title, if it holds prose; else NULL. */
static const struct html_node *article_of_title(const struct search *s)
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
    const struct html_node *own = article_of_title(s);
    vec_reserve(&s->boxes, s->page->nodes.n);
    for (size_t i = 0; i < s->page->nodes.n; i++) {
        const struct html_node *node = &s->page->nodes.at[i];
        const char *reason = i ? s->boxes.at[node->parent] : NULL;
        if (!reason && is_other_article(node, own))
            reason = "related";
        *vec_push(&s->boxes) = reason ? reason : reason_of_box(s, node);
    }
}
