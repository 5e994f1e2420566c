#include "article/find/html_find.h"

#include "article/find/evidence.h"
#include "article/find/same_text.h"

/* ---- What is not read ---- */

/* Whether the line says the same as another one. */
static bool repeats(const struct search *s, size_t i, ptrdiff_t other)
{
    return other >= 0 && (size_t)other != i &&
           text_agreement(search_text(s, i), search_text(s, (size_t)other)) == TEXTS_AGREE;
}

/* The reason not to read the line that holds inside and outside the article, or
 */
static enum skip_reason reason_anywhere(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    if (!l->shown)
        return l->tag == TAG_TITLE ? SKIP_TITLE : SKIP_HIDDEN;
    if (!l->has_content)
        return SKIP_DECORATION;
    if (repeats(s, i, s->title))
        return SKIP_REPEATED;
    if (l->dated && !l->row)
        return SKIP_CLOCK;
    if (html_box(s, i))
        return html_box(s, i);
    return l->tag == TAG_FORM ? SKIP_WIDGET : SKIP_NONE;
}

/* Whether the line says what the page's description says, with or without an agency's name. */
static bool agrees_with_description(const struct search *s, size_t i)
{
    struct sv text = search_text(s, i), description = sv_of(s->page->meta.description);
    size_t agency = boilerplate_agency(s->boilerplate, text, true);
    return text_agreement(text, description) || text_agreement(sv_from(text, agency), description);
}

static bool is_named_sapo(const struct search *s, size_t i)
{
    enum { FEWEST_WORDS = 6 };
    return !s->lines.at[i].linked &&
           (agrees_with_description(s, i) ||
            (line_has_sapo_hint(s, i) && s->lines.at[i].words >= FEWEST_WORDS));
}

static bool is_outside_container(const struct search *s, size_t i)
{
    const struct html_node *node = &s->page->nodes.at[s->container];
    return i < node->line0 || i >= node->line1;
}

static bool is_in_core_or_below(const struct search *s, size_t i)
{
    return i >= s->core0;
}

static bool is_sentence(const struct search *s, size_t i)
{
    enum { FEWEST_WORDS = 2 };
    const struct line *l = &s->lines.at[i];
    return l->words >= FEWEST_WORDS && !l->known &&
           (l->end == END_SENTENCE || l->end == END_QUESTION);
}

/* Whether the line is an item of a list of the text, in which links are only some of the words. */
static bool is_in_list_of_text(const struct search *s, size_t i)
{
    const struct html_node *list = NULL;
    uint32_t node = s->lines.at[i].node;
    for (; node && node != s->container; node = s->page->nodes.at[node].parent)
        if (s->page->nodes.at[node].tag == TAG_LIST)
            list = &s->page->nodes.at[node];
    return list && i >= s->core0 && i < s->core1 &&
           (s->links.at[list->line1] - s->links.at[list->line0]) * 2 <
               s->letters.at[list->line1] - s->letters.at[list->line0];
}

/* A short line between title and text is a button or the like, unless one of these holds. */
static const struct evidence for_line_above_text[] = {
    {"in the text", is_in_core_or_below, 1, NULL},              /* doan-khong, giua-an */
    {"a sentence", is_sentence, 1, NULL},                       /* doan-ngan */
    {"in a list", line_has_marker, 1, NULL},                    /* tren-bai */
    {"in a figure", line_is_in_figure, 1, NULL},                /* tren-bai */
    {"in h2 or h3", line_is_in_subheading, 1, NULL},            /* doan-h2, doan-lop */
    {"a caption", line_is_caption, 1, NULL},                    /* tren-bai */
    {"a caption by its class", line_has_caption_hint, 1, NULL}, /* tren-bai */
    {"in a table", line_is_in_row, 1, NULL},                    /* tren-bai */
};

/* The reason not to read a line between title and end for which reason_anywhere has none. */
static enum skip_reason reason_in_range(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    if (repeats(s, i, s->byline))
        return SKIP_REPEATED;
    if (reason_is_box(l->known))
        return l->known;
    if (l->linked && !l->row && !is_in_list_of_text(s, i))
        return SKIP_RELATED;
    if (l->prose || is_named_sapo(s, i))
        return l->teaser && !l->row ? SKIP_RELATED : SKIP_NONE;
    if (s->core0 == s->core1 ||
        (!is_outside_container(s, i) && evidence_any(EVIDENCE_TABLE(for_line_above_text), s, i)))
        return SKIP_NONE;
    return l->known ? l->known : line_is_source(s, i) ? SKIP_SOURCE : SKIP_MENU;
}

static void find_reasons(struct search *s)
{
    enum skip_reason box = SKIP_MENU; /* what lines below the article belong to */
    for (size_t i = 0; i < s->lines.n; i++) {
        struct line *l = &s->lines.at[i];
        l->reason = reason_anywhere(s, i);
        if (l->reason)
            continue;
        if (i >= s->from && i < s->to) {
            l->reason = reason_in_range(s, i);
            continue;
        }
        l->reason = l->known ? l->known : l->linked || l->teaser ? SKIP_RELATED : box;
        if (i >= s->to && reason_spreads(l->known))
            box = l->known;
    }
}

/* ---- What is read ---- */

/* Whether the line is alone with a picture in a box of their own. */
static bool is_under_picture(const struct search *s, size_t i)
{
    enum { LEVELS = 5, MOST_LINES = 2 };
    uint32_t node = s->lines.at[i].node;
    for (int level = 0; node && node != s->container && level < LEVELS; level++) {
        const struct html_node *box = &s->page->nodes.at[node];
        if (box->line1 - box->line0 > MOST_LINES)
            return false;
        if (box->pictures)
            return box->tag == TAG_TABLE || !s->lines.at[i].prose;
        node = box->parent;
    }
    return false;
}

static bool is_short_under_picture(const struct search *s, size_t i)
{
    enum { LONGEST = 400, FEWEST_WORDS = 2 };
    const struct line *l = &s->lines.at[i];
    return l->chars <= LONGEST && l->words >= FEWEST_WORDS && is_under_picture(s, i);
}

static bool is_in_caption_element(const struct search *s, size_t i)
{
    return html_inside(s, i, TAG_FIGCAPTION) || html_inside(s, i, TAG_FIGURE);
}

static bool is_short_caption_class(const struct search *s, size_t i)
{
    enum { LONGEST = 400 };
    return s->lines.at[i].chars <= LONGEST && line_has_caption_hint(s, i);
}

static const struct evidence for_caption[] = {
    {"alone with a picture", is_short_under_picture, 1, NULL},   /* chu-thich-anh, cong-thong-tin */
    {"in figcaption or figure", is_in_caption_element, 1, NULL}, /* tren-bai, anh */
    {"its class says so", is_short_caption_class, 1, NULL},      /* giua-chu-thich, tren-bai */
    {"a picture's credit", line_is_captioned, 1, NULL},          /* doan-khong-gi, doan-khong */
};

/* In a heading element: not so a whole paragraph. */
static bool is_marked_heading(const struct search *s, size_t i)
{
    enum { LONGEST = 300, LONGEST_SENTENCE = 120 };
    const struct line *l = &s->lines.at[i];
    return line_is_in_any_heading(s, i) &&
           l->chars <= (l->end == END_SENTENCE ? LONGEST_SENTENCE : LONGEST);
}

/* In bold type or capitals, and something follows. */
static bool is_typographic_heading(const struct search *s, size_t i)
{
    enum { FEWEST_WORDS = 2 };
    const struct line *l = &s->lines.at[i];
    return (l->bold || l->all_capitals) && i + 1 < s->to && l->words >= FEWEST_WORDS &&
           line_reads_as_heading(l);
}

static enum block_kind kind_of(const struct search *s, size_t i)
{
    if (s->lines.at[i].row)
        return BLOCK_TABLE;
    if (evidence_any(EVIDENCE_TABLE(for_caption), s, i))
        return BLOCK_CAPTION;
    if (is_marked_heading(s, i))
        return BLOCK_HEADING;
    if (line_is_in_item(s, i))
        return BLOCK_LIST;
    if (is_typographic_heading(s, i))
        return BLOCK_HEADING;
    return s->lines.at[i].marker ? BLOCK_LIST : BLOCK_PARAGRAPH;
}

/* ---- The sapo ---- */

static bool is_paragraph_or_heading(const struct search *s, size_t i)
{
    enum { LONGEST_SAPO = 900 };
    const struct line *l = &s->lines.at[i];
    return !l->reason && l->chars <= LONGEST_SAPO &&
           (l->kind == BLOCK_PARAGRAPH || l->kind == BLOCK_HEADING);
}

/* Whether the first paragraph is the sapo by its looks: all in bold type, or outside the element
 * that holds the text. */
static bool is_set_apart(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    return l->prose && s->title >= 0 && (l->bold || i < s->page->nodes.at[s->container].line0);
}

/* The sapo is named by its class or by the page's own description; otherwise it is a first
 * paragraph that is set apart. */
static void find_sapo(struct search *s)
{
    enum { FIRST_LINES = 4, FEWEST_WORDS = 6 };
    size_t seen = 0;
    for (size_t i = s->from; i < s->to && seen < FIRST_LINES; i++) {
        if (line_is_settled(s, i) || !is_paragraph_or_heading(s, i))
            continue;
        bool named = line_has_sapo_hint(s, i) || agrees_with_description(s, i);
        bool apart = seen == 0 && is_set_apart(s, i);
        if ((named || apart) && s->lines.at[i].words >= FEWEST_WORDS) {
            s->lines.at[i].kind = BLOCK_SAPO;
            return;
        }
        seen++;
    }
}

void html_classify(struct search *s)
{
    find_reasons(s);
    search_settle(s);
    for (size_t i = 0; i < s->lines.n; i++)
        if (!s->lines.at[i].reason && !line_is_settled(s, i))
            s->lines.at[i].kind = (uint8_t)kind_of(s, i);
    find_sapo(s);
}
