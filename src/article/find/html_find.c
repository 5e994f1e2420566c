#include "article/find/html_find.h"

#include "article/format/html_names.h"
#include "article/find/people.h"

static bool is_reason(const char *reason, const char *name)
{
    return reason && strcmp(reason, name) == 0;
}

static const struct html_node *node_at(const struct html_view *v, uint32_t i)
{
    return &v->page->nodes.at[i];
}

/* ---- title ---- */

static bool in_menu(const struct html_view *v, size_t i)
{
    uint32_t node = v->page->lines.at[i].node;
    for (int levels = 0; node && levels < 12; node = node_at(v, node)->parent, levels++)
        if (node_at(v, node)->tag == TAG_NAV || node_at(v, node)->tag == TAG_FOOTER ||
            node_at(v, node)->hints & (HINT_MENU | HINT_RELATED | HINT_COMMENTS))
            return true;
    return false;
}

static double agreement(const struct html_view *v, struct sv text)
{
    const struct html_meta *m = &v->page->meta;
    const char *const own[] = {m->headline, m->ld_headline};
    double best = 0;
    for (size_t i = 0; i < 2; i++) {
        int same = own[i] ? html_agree(text, sv_of(own[i])) : 0;
        best = same * 2.5 > best ? same * 2.5 : best;
    }
    if (m->title) { /* the name of the site often follows */
        int same = html_agree(text, sv_of(m->title));
        best = same * 2 > best ? same * 2 : best;
        struct sv head = sv_of(m->title);
        const char *bar = memrchr(head.p, '|', head.n), *dash = memrchr(head.p, '-', head.n);
        bar = bar ? bar : dash;
        if (bar && html_agree(text, sv_sub(head, 0, (size_t)(bar - head.p))) == 2)
            best = best > 4 ? best : 4;
    }
    return best;
}

static double title_score(const struct html_view *v, size_t i)
{
    const struct html_unit *l = &v->lines.at[i];
    struct sv text = html_line_text(v, i);
    if (!l->seen || l->dated || !l->u.has_letter || l->u.chars > 300 || l->u.chars < 2)
        return 0;
    double score = agreement(v, text);
    if (html_inside(v, i, TAG_H1))
        score += 3;
    else if (score > 0 && (html_inside(v, i, TAG_H2) || html_inside(v, i, TAG_H3)))
        score += 1;
    if (score > 0 && html_hints_around(v, i, 1) & HINT_TITLE)
        score += 1;
    if (score > 0 && l->linked)
        score -= 2;
    if (score > 0 && l->known)
        score -= 3;
    return score > 0 && in_menu(v, i) ? score - 1.5 : score;
}

static void find_title(struct html_view *v)
{
    double best = 1.9;
    for (size_t i = 0; i < v->lines.n; i++) {
        double score = title_score(v, i);
        if (score > best) {
            best = score;
            v->title = (ptrdiff_t)i;
        }
    }
}

/* ---- boxes that are not read ---- */

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

static const char *reason_of_tag(uint8_t tag)
{
    switch (tag) {
    case TAG_NAV:
        return "menu";
    case TAG_FOOTER:
        return "copyright";
    case TAG_ASIDE:
        return "related";
    case TAG_FORM:
        return "widget";
    default:
        return NULL;
    }
}

static uint64_t sum_in(const uint64_t *sums, const struct html_node *node)
{
    return sums[node->line1] - sums[node->line0];
}

/* Whether a box holds running text in its own right, whatever its class says. */
static bool holds_text(const struct html_view *v, const struct html_node *node)
{
    uint64_t prose = sum_in(v->prose.at, node), all = sum_in(v->letters.at, node);
    uint64_t links = sum_in(v->links.at, node);
    for (size_t i = node->line0; i < node->line1; i++)
        if (v->lines.at[i].teaser)
            return false;
    return prose * 2 > all && links * 5 < all;
}

/* A class is a hint: it is overruled where the title is inside, or what looks like the text. */
static const char *judge_box(const struct html_view *v, const struct html_node *node)
{
    enum { MOST_LINES = 400 };
    unsigned hints = node->hints;
    const char *reason = reason_of_tag(node->tag);
    if (!reason)
        reason = reason_of_hints(hints);
    if (!reason || node->line0 == node->line1)
        return NULL;
    size_t title = (size_t)v->title;
    if (v->title >= 0 && title >= node->line0 && title < node->line1)
        return NULL;
    uint64_t prose = sum_in(v->prose.at, node), all = v->prose.at[v->lines.n];
    if (node->tag == TAG_NAV || node->tag == TAG_FORM)
        return reason;
    if (is_reason(reason, "comments"))
        return prose * 10 > all * 9 && holds_text(v, node) && v->title < 0 ? NULL : reason;
    if (prose * 2 > all) /* more than half of the page's text */
        return NULL;
    if (node->tag == TAG_FOOTER || is_reason(reason, "share") || is_reason(reason, "tags"))
        return reason;
    bool large = node->line1 - node->line0 > MOST_LINES;
    return !large && holds_text(v, node) && !(hints & (HINT_ADVERT | HINT_MENU)) ? NULL : reason;
}

/* The <article> around the title, if it holds text; else 0. */
static uint32_t article_of_title(const struct html_view *v)
{
    uint32_t node = v->title >= 0 ? v->page->lines.at[v->title].node : 0;
    while (node && node_at(v, node)->tag != TAG_ARTICLE)
        node = node_at(v, node)->parent;
    return node && sum_in(v->prose.at, node_at(v, node)) ? node : 0;
}

/* Whether the node is an <article> beside that of the title: another one. */
static bool is_other_article(const struct html_node *node, const struct html_node *own)
{
    return node->tag == TAG_ARTICLE && (node->line1 <= own->line0 || node->line0 >= own->line1);
}

static void find_boxes(struct html_view *v)
{
    uint32_t own = article_of_title(v);
    vec_reserve(&v->boxes, v->page->nodes.n);
    for (size_t i = 0; i < v->page->nodes.n; i++) {
        const struct html_node *node = node_at(v, (uint32_t)i);
        const char *reason = i ? v->boxes.at[node->parent] : NULL;
        if (!reason && own && is_other_article(node, node_at(v, own)))
            reason = "related";
        *vec_push(&v->boxes) = reason ? reason : judge_box(v, node);
    }
}

static const char *box_of(const struct html_view *v, size_t i)
{
    return v->boxes.at[v->page->lines.at[i].node];
}

/* ---- the densest run of lines ---- */

static bool is_closing(const char *reason)
{
    return is_reason(reason, "comments") || is_reason(reason, "copyright") ||
           is_reason(reason, "tags") || is_reason(reason, "links");
}

static double weight_of(const struct html_view *v, size_t i)
{
    const struct html_unit *l = &v->lines.at[i];
    const char *box = box_of(v, i);
    if (!l->seen)
        return 0;
    if (box)
        return is_closing(box) ? -0.8 : -0.25;
    if (l->known)
        return is_closing(l->known) ? -2.5 : is_reason(l->known, "related") ? -0.6 : -0.3;
    if (l->dated || l->linked)
        return l->dated ? -0.1 : -0.25;
    if (l->teaser)
        return -0.1;
    if (l->prose)
        return 0.4 + (l->u.chars < 400 ? l->u.chars : 400) / 120.0;
    if (html_hints_around(v, i, 2) & HINT_CAPTION || l->u.marker)
        return 0.1;
    if (l->u.words >= 4 && l->u.end != END_NONE)
        return 0.25;
    return html_inside(v, i, TAG_TD) ? -0.01 : -0.12;
}

static bool find_core(struct html_view *v)
{
    double sum = 0, best = 0, damp = 1;
    size_t start = 0;
    for (size_t i = v->title >= 0 ? (size_t)v->title + 1 : 0; i < v->lines.n; i++) {
        if (sum <= 0) {
            sum = 0;
            start = i;
        }
        const char *known = v->lines.at[i].known, *box = box_of(v, i);
        if (best > 1.5 && (is_reason(known, "comments") || is_reason(known, "copyright") ||
                           is_reason(box, "comments")))
            damp = 0.15;
        double weight = weight_of(v, i);
        sum += weight > 0 ? weight * damp : weight;
        if (sum > best) {
            best = sum;
            v->core0 = start;
            v->core1 = i + 1;
        }
    }
    return best > 0.25;
}

/* Whether the line speaks for its node as the one that holds the article. */
static bool speaks(const struct html_view *v, size_t i)
{
    const struct html_unit *l = &v->lines.at[i];
    return i >= v->core0 && i < v->core1 && l->seen && !box_of(v, i) && !l->known && !l->linked &&
           !l->teaser && (l->prose || (l->u.words >= 4 && l->u.end != END_NONE));
}

/* The deepest node that holds most of the core's text. */
static void find_body(struct html_view *v)
{
    size_t n = v->lines.n;
    uint64_t *sums = mem_regrow(NULL, n + 1, sizeof *sums), sum = 0;
    for (size_t i = 0; i <= n; i++) {
        sums[i] = sum;
        if (i < n && speaks(v, i))
            sum += v->lines.at[i].u.chars;
    }
    v->body = 0;
    for (uint32_t k = 0; sum && k < v->page->nodes.n; k++)
        if (sum_in(sums, node_at(v, k)) * 5 >= sum * 4)
            v->body = k;
    free(sums);
    uint8_t tag = node_at(v, v->body)->tag;
    while (v->body && (tag == TAG_P || tag == TAG_LI || tag == TAG_SPAN || tag == TAG_BLOCKQUOTE ||
                       tag == TAG_TR || tag == TAG_LIST)) {
        v->body = node_at(v, v->body)->parent;
        tag = node_at(v, v->body)->tag;
    }
}

/* ---- from where to where ---- */

/* Behind such a line an article does not go on, unless its text does. */
static bool ends_here(const struct html_view *v, size_t i)
{
    const struct html_unit *l = &v->lines.at[i];
    const char *box = box_of(v, i);
    if (!l->seen)
        return false;
    return l->known ? !is_reason(l->known, "share") && !is_reason(l->known, "widget")
                    : is_closing(box) || is_reason(box, "related") || l->linked || l->teaser;
}

static void find_range(struct html_view *v)
{
    const struct html_node *body = node_at(v, v->body);
    v->from = body->line0 < v->core0 ? body->line0 : v->core0;
    if (v->title >= 0) /* the sapo may stand between the two */
        v->from = (size_t)v->title + 1;
    /* What stands above the text of a page without a known title: back to what ends something. */
    size_t first = v->core0;
    if (v->title < 0) {
        while (first > v->from && !ends_here(v, first - 1) && !v->lines.at[first - 1].dated)
            first--;
        v->from = first;
    }
    size_t last = v->core1 < body->line1 ? body->line1 : v->core1;
    v->to = v->core1;
    while (v->to < last && !ends_here(v, v->to))
        v->to++;
}

/* ---- the title of a page that names none ---- */

static bool may_be_title(const struct html_view *v, size_t i)
{
    const struct html_unit *l = &v->lines.at[i];
    return l->seen && !l->known && !l->dated && !l->linked && !l->u.marker && !box_of(v, i) &&
           l->u.words >= 3 && l->u.chars <= 200 && l->u.end != END_SENTENCE &&
           l->u.end != END_OPEN && !people_is_byline(html_line_text(v, i)) &&
           !people_is_caption(html_line_text(v, i));
}

/* The headline nearest above the text: one in a heading or bold, or one whose class says so. */
static void guess_title(struct html_view *v)
{
    enum { FURTHEST = 16 };
    size_t first = v->core0, low = first > FURTHEST ? first - FURTHEST : 0;
    size_t high = first + 4 < v->core1 ? first + 4 : v->core1;
    double best = 0;
    for (size_t i = low; i < high; i++) {
        if (i > first && v->lines.at[i - 1].prose)
            break;
        if (!may_be_title(v, i))
            continue;
        unsigned hints = html_hints_around(v, i, 1);
        double score = hints & HINT_TITLE ? 2 : 0;
        if (html_inside(v, i, TAG_H1) || html_inside(v, i, TAG_H2))
            score += 2;
        else if (html_inside(v, i, TAG_H3) || html_inside(v, i, TAG_HEADING) || v->lines.at[i].bold)
            score += 1.5;
        score += v->lines.at[i].u.words >= 6 ? 0.5 : 0;
        if (score >= 1 && score > best) {
            best = score;
            v->title = (ptrdiff_t)i;
        }
    }
    if (v->title >= 0 && v->from <= (size_t)v->title)
        v->from = (size_t)v->title + 1;
}

/* The document's own <title>, where nothing that is shown may be the title: only if it ends in the
 * name of the site, so that it is not that name itself. */
static void take_document_title(struct html_view *v)
{
    for (size_t i = 0; v->title < 0 && i < v->lines.n; i++) {
        const struct html_unit *l = &v->lines.at[i];
        if (v->page->lines.at[i].tag == TAG_TITLE && l->u.words >= 6 &&
            html_own_title(html_line_text(v, i)) < l->u.text.len)
            v->title = (ptrdiff_t)i;
    }
}

size_t html_own_title(struct sv text)
{
    for (size_t i = text.n; i-- > 1;) {
        struct sv rest = sv_sub(text, i, text.n - i);
        if (sv_starts(rest, SV(" | ")) || sv_starts(rest, SV(" - ")) || sv_starts(rest, SV(" – ")))
            return i;
    }
    return text.n;
}

/* ---- is there an article at all ---- */

/* Pages of links: headlines with a few words each below them. */
static bool is_list_page(const struct html_view *v)
{
    const struct html_meta *m = &v->page->meta;
    size_t teasers = 0, prose = 0, linked = 0, others = 0;
    uint64_t chars = 0;
    for (size_t i = 0; i < v->lines.n; i++) {
        const struct html_unit *l = &v->lines.at[i];
        teasers += l->teaser;
        linked += l->seen && l->linked && l->u.words >= 4;
        others += l->seen && !l->linked && l->u.has_letter;
        if (i >= v->from && i < v->to && l->prose && !l->teaser && !l->known && !box_of(v, i)) {
            prose++;
            chars += l->u.chars;
        }
    }
    if (m->says_article && prose)
        return false;
    if (prose >= 3 && chars >= 400)
        return m->says_list && teasers > prose * 2;
    if (v->title >= 0 && prose && chars >= 100)
        return teasers >= 3 && teasers > prose;
    if (teasers >= 3 || (m->says_list && linked >= 3))
        return true;
    return !prose && linked >= 8 && linked * 2 > others;
}

/* A page without links and without anything known from sites is a document: all of it is read. */
static bool is_document(const struct html_view *v)
{
    for (size_t i = 0; i < v->lines.n; i++)
        if (v->page->lines.at[i].linked || v->lines.at[i].known ||
            v->page->lines.at[i].tag == TAG_FORM)
            return false;
    return true;
}

static void take_all(struct html_view *v)
{
    /* A title that is not the first thing read is a line like the others. */
    for (ptrdiff_t i = 0; i < v->title; i++)
        if (v->lines.at[i].seen && v->lines.at[i].u.has_letter && !v->lines.at[i].dated) {
            v->title = -1;
            break;
        }
    v->body = 0;
    v->from = v->core0 = v->title >= 0 ? (size_t)v->title + 1 : 0;
    v->to = v->core1 = v->lines.n;
}

/* Without any running text: a short note is read, a form or a list of links is not. */
static bool is_note(struct html_view *v)
{
    size_t forms = 0, linked = 0;
    for (size_t i = 0; i < v->lines.n; i++) {
        forms += v->page->lines.at[i].tag == TAG_FORM;
        linked += v->lines.at[i].seen && v->lines.at[i].linked;
    }
    v->from = v->title >= 0 ? (size_t)v->title + 1 : 0;
    v->to = v->lines.n;
    v->core0 = v->core1 = v->from;
    return !forms && linked < 8 && !is_list_page(v);
}

bool html_find(struct html_view *v)
{
    find_title(v);
    find_boxes(v);
    bool core = find_core(v);
    if (!core && v->title >= 0) { /* a title below its text, or of another box */
        v->title = -1;
        core = find_core(v);
        if (!core)
            find_title(v);
    }
    if (!core)
        return is_note(v);
    find_body(v);
    find_range(v);
    if (v->title < 0)
        guess_title(v);
    if (is_document(v)) {
        take_all(v);
        return true;
    }
    if (v->title < 0)
        take_document_title(v);
    return !is_list_page(v);
}
