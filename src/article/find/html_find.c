#include "article/find/html_find.h"

#include "article/find/evidence.h"
#include "article/find/same_text.h"

static const struct html_node *node_at(const struct search *s, uint32_t i)
{
    return &s->page->nodes.at[i];
}

/* ---- The title ---- */

/* Measures how well the line agrees with a title from the page's head, in parts of `full`. */
static double agreement_with(const struct search *s, size_t i, const char *title, double full)
{
    return title ? text_agreement(search_text(s, i), sv_of(title)) * full / TEXTS_AGREE : 0;
}

/* The line is the <title> up to the last "|" or, without one, the last "-". */
static bool agrees_before_site(const struct search *s, size_t i)
{
    struct sv title = sv_of(s->page->meta.title);
    const char *end = title.n ? memrchr(title.p, '|', title.n) : NULL;
    if (!end && title.n)
        end = memrchr(title.p, '-', title.n);
    return end && text_agreement(search_text(s, i), sv_sub(title, 0, (size_t)(end - title.p))) ==
                      TEXTS_AGREE;
}

/* The best agreement of a line with the titles in the page's head. */
static double title_agreement(const struct search *s, size_t i)
{
    const struct html_meta *m = &s->page->meta;
    const double agreements[] = {
        agreement_with(s, i, m->headline, 5),
        agreement_with(s, i, m->ld_headline, 5),
        agreement_with(s, i, m->title, 4),
        agrees_before_site(s, i) ? 4 : 0,
    };
    double best = 0;
    for (size_t k = 0; k < sizeof agreements / sizeof *agreements; k++)
        best = agreements[k] > best ? agreements[k] : best;
    return best;
}

static bool is_lower_heading(const struct search *s, size_t i)
{
    return line_is_in_subheading(s, i) && !line_is_in_main_heading(s, i);
}

static bool is_in_menu(const struct search *s, size_t i)
{
    enum { LEVELS = 12 };
    uint32_t node = s->lines.at[i].node;
    for (int level = 0; node && level < LEVELS; level++, node = node_at(s, node)->parent) {
        const struct html_node *n = node_at(s, node);
        if (n->tag == TAG_NAV || n->tag == TAG_FOOTER ||
            n->hints & (HINT_MENU | HINT_RELATED | HINT_COMMENTS))
            return true;
    }
    return false;
}

/* A title must have at least one of these. */
static const struct evidence for_title[] = {
    {"agrees with the page's head", line_is_any, 1, title_agreement}, /* hop-ten, ten-gach */
    {"in h1", line_is_in_main_heading, 3, NULL},                      /* van-ban-html */
};

static const struct evidence more_on_title[] = {
    {"in h2 or h3", is_lower_heading, 1, NULL},              /* ten-h2-sau */
    {"its class says so", line_has_title_hint, 1, NULL},     /* ten-lop-sau */
    {"a link", line_is_linked, -2, NULL},                    /* ten-lien-ket-truoc */
    {"known from menus", line_is_known, -3, NULL},           /* ten-chia-se */
    {"in a menu or a box of links", is_in_menu, -1.5, NULL}, /* ten-h1-menu */
};

static bool is_no_title(const struct search *s, size_t i)
{
    enum { SHORTEST = 2, LONGEST = 300 };
    const struct line *l = &s->lines.at[i];
    return !l->shown || l->dated || !l->has_content || l->chars > LONGEST || l->chars < SHORTEST;
}

static double title_score(const struct search *s, size_t i)
{
    double score = is_no_title(s, i) ? 0 : evidence_sum(EVIDENCE_TABLE(for_title), s, i);
    return score > 0 ? score + evidence_sum(EVIDENCE_TABLE(more_on_title), s, i) : 0;
}

static void find_named_title(struct search *s)
{
    double best = 1.9; /* half an agreement with <title> (2) is enough */
    for (size_t i = 0; i < s->lines.n; i++) {
        double score = title_score(s, i);
        if (score > best) {
            best = score;
            s->title = (ptrdiff_t)i;
        }
    }
}

/* ---- Evidence that a line is in the article ---- */

static const struct evidence weights[] = {
    {"not shown", line_is_hidden, 0, NULL}, /* giua-an */
    {"in a box of comments, tags or the imprint", line_is_in_closing_box, -0.8,
     NULL},                                                                     /* giua-the */
    {"in another box", line_is_in_box, -0.25, NULL},                            /* giua-quang-cao */
    {"comments, tags or the imprint begin", line_is_known_closing, -2.5, NULL}, /* giua-tu-khoa */
    {"links to other articles", line_is_known_related, -0.6, NULL},             /* giua-lien-quan */
    {"known from menus", line_is_known, -0.3, NULL},                            /* giua-muc */
    {"a date or clock", line_is_dated, -0.1, NULL},                             /* giua-gio */
    {"a link", line_is_linked, -0.25, NULL},                      /* hop-phan-lon, sau-bai */
    {"about another article", line_is_teaser, -0.1, NULL},        /* sau-hai-tin */
    {"prose", line_is_prose, 1, line_prose_amount},               /* giua-gio, hop-ben */
    {"a caption by its class", line_has_caption_hint, 0.1, NULL}, /* giua-chu-thich */
    {"in a list", line_has_marker, 0.1, NULL},                    /* doan-khong */
    {"preformatted", line_is_preformatted, 0.1, NULL},            /* chu-go-may */
    {"a clause", line_is_clause, 0.25, NULL},                     /* doan-khong, doan-ngan */
    {"in a cell", line_is_in_cell, -0.01, NULL},                  /* giua-bang */
    {"a few words", line_is_any, -0.12, NULL},                    /* giua-ngan, tren-bai */
};

/* The end of the <article> around the title, if it holds a whole text: what follows is another one.
 * The number of lines if there is no such element. */
static size_t end_of_own_article(const struct search *s)
{
    enum { PARAGRAPHS = 3, LETTERS = 400 };
    const struct html_node *own = html_article_of_title(s);
    size_t paragraphs = 0, letters = 0;
    for (size_t i = own ? own->line0 : 0; own && i < own->line1; i++) {
        const struct line *l = &s->lines.at[i];
        bool text = l->prose && !l->known && !l->teaser && !html_box(s, i);
        paragraphs += text;
        letters += text ? l->text.len : 0;
    }
    return paragraphs >= PARAGRAPHS && letters >= LETTERS ? own->line1 : s->lines.n;
}

static void weigh(struct search *s)
{
    size_t end = end_of_own_article(s);
    for (size_t i = 0; i < s->lines.n; i++) {
        double weight = evidence_first(EVIDENCE_TABLE(weights), s, i);
        s->lines.at[i].weight = i >= end && weight > 0 ? 0 : weight; /* sau-the-article */
    }
}

/* The core is below the title. */
static bool find_core(struct search *s)
{
    const double least_text = 0.25; /* more than a clause */
    return search_core(s, (size_t)(s->title + 1)) > least_text;
}

/* ---- The container ---- */

/* Whether the line counts for its node as the one that holds the article. */
static bool is_text_of_core(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    return l->shown && !html_box(s, i) && !l->known && !l->linked && !l->teaser &&
           (l->prose || line_is_clause(s, i));
}

/* Elements that hold a part of a text, never the whole. */
static bool is_part_of_text(uint8_t tag)
{
    static const uint8_t parts[] = {TAG_P, TAG_LI, TAG_SPAN, TAG_BLOCKQUOTE, TAG_TR, TAG_LIST};
    return memchr(parts, tag, sizeof parts);
}

/* The deepest node that holds four fifths of the core's text. */
static void find_container(struct search *s)
{
    size_t n = s->lines.n;
    uint64_t *sums = mem_regrow(NULL, n + 1, sizeof *sums), all = 0;
    for (size_t i = 0; i <= n; i++) {
        sums[i] = all;
        if (i >= s->core0 && i < s->core1 && is_text_of_core(s, i))
            all += s->lines.at[i].chars;
    }
    s->container = 0;
    for (uint32_t k = 0; all && k < s->page->nodes.n; k++)
        if ((sums[node_at(s, k)->line1] - sums[node_at(s, k)->line0]) * 5 >= all * 4)
            s->container = k;
    free(sums);
    while (s->container && is_part_of_text(node_at(s, s->container)->tag))
        s->container = node_at(s, s->container)->parent;
}

/* ---- From where to where ---- */

/* Whether an article does not go on below the line, unless its text does. */
static bool ends_range(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    enum skip_reason box = html_box(s, i);
    if (!l->shown)
        return false;
    if (l->known)
        return reason_spreads(l->known);
    return reason_is_closing(box) || box == SKIP_RELATED || l->linked || l->teaser;
}

/* The first line above the core of a page without a known title. */
static size_t begin_above_core(const struct search *s)
{
    size_t container = node_at(s, s->container)->line0, i = s->core0;
    while (i > container && !ends_range(s, i - 1) && !s->lines.at[i - 1].dated)
        i--;
    return i;
}

/* The element around that of the line. */
static uint32_t parent_of_line(const struct search *s, size_t i)
{
    return node_at(s, s->lines.at[i].node)->parent;
}

/* The element around the last paragraph of the core; 0: it has none. */
static uint32_t parent_of_core(const struct search *s)
{
    for (size_t i = s->core1; i-- > s->core0;)
        if (is_text_of_core(s, i))
            return parent_of_line(s, i);
    return 0;
}

/* Whether comments, the imprint or the like begin at the line: no text follows. */
static bool stops_text(const struct search *s, size_t i)
{
    return reason_is_closing(s->lines.at[i].known) || reason_is_closing(html_box(s, i));
}

/* Skips the lines [from, to) between two paragraphs of the text if they are many and in boxes of
 * their own: a player, a gallery. */
static void skip_gap(struct search *s, size_t from, size_t to, uint32_t text)
{
    enum { LONG_GAP = 24 };
    if (to - from < LONG_GAP)
        return;
    for (size_t i = from; i < to; i++)
        if (parent_of_line(s, i) != text)
            s->lines.at[i].known = SKIP_WIDGET;
}

/* A paragraph beside the last one of the core belongs to the same text, though something is between
 * them. */
static void find_rest_of_text(struct search *s, size_t end)
{
    uint32_t text = parent_of_core(s);
    for (size_t i = s->to; text && i < end && !stops_text(s, i); i++) {
        if (!s->lines.at[i].prose || !is_text_of_core(s, i) || parent_of_line(s, i) != text)
            continue;
        skip_gap(s, s->to, i, text);
        s->to = i + 1;
    }
}

static void find_range(struct search *s)
{
    size_t end = node_at(s, s->container)->line1;
    s->from = s->title >= 0 ? (size_t)s->title + 1 : begin_above_core(s);
    s->to = s->core1;
    find_rest_of_text(s, end);
    while (s->to < end && !ends_range(s, s->to))
        s->to++;
}

/* ---- The title of a page whose head names none ---- */

static bool is_no_short_line(const struct search *s, size_t i)
{
    enum { FEWEST_WORDS = 3, LONGEST = 200 };
    const struct line *l = &s->lines.at[i];
    return l->words < FEWEST_WORDS || l->chars > LONGEST;
}

static bool is_part_of_sentence(const struct search *s, size_t i)
{
    return s->lines.at[i].end == END_SENTENCE || s->lines.at[i].end == END_OPEN;
}

static const struct evidence against_title[] = {
    {"not shown", line_is_hidden, -1, NULL},                         /* doan-khong-gi */
    {"known from menus", line_is_known, -1, NULL},                   /* doan-khong-gi */
    {"a date or clock", line_is_dated, -1, NULL},                    /* doan-khong-gi */
    {"a link", line_is_linked, -1, NULL},                            /* doan-khong-gi */
    {"in a list", line_has_marker, -1, NULL},                        /* doan-khong-gi */
    {"in a box", line_is_in_box, -1, NULL},                          /* doan-khong-gi */
    {"too short or too long", is_no_short_line, -1, NULL},           /* doan-khong, ten-dai */
    {"a sentence, or its beginning", is_part_of_sentence, -1, NULL}, /* doan-khong */
    {"names of people", line_is_byline, -1, NULL},                   /* doan-khong */
    {"a caption", line_is_caption, -1, NULL},                        /* doan-khong-gi */
};

static bool is_in_large_heading(const struct search *s, size_t i)
{
    return line_is_in_main_heading(s, i) || html_inside(s, i, TAG_H2);
}

static bool is_in_small_heading(const struct search *s, size_t i)
{
    return !is_in_large_heading(s, i) && (line_is_in_any_heading(s, i) || s->lines.at[i].bold);
}

static const struct evidence for_guessed_title[] = {
    {"its class says so", line_has_title_hint, 2, NULL},           /* doan-lop, cong-thong-tin */
    {"in h1 or h2", is_in_large_heading, 2, NULL},                 /* doan-trong-bai, doan-xa */
    {"in h3 to h6, or bold", is_in_small_heading, 1.5, NULL},      /* doan-dam, doan-h2 */
    {"more than a section's name", line_has_six_words, 0.5, NULL}, /* doan-h2 */
};

/* The best headline above the core or in its first lines, above all prose. */
static void guess_title(struct search *s)
{
    enum { FURTHEST_ABOVE = 16, FURTHEST_INSIDE = 4 };
    size_t low = s->core0 > FURTHEST_ABOVE ? s->core0 - FURTHEST_ABOVE : 0;
    size_t high = s->core0 + FURTHEST_INSIDE < s->core1 ? s->core0 + FURTHEST_INSIDE : s->core1;
    double best = 0.9; /* "more than a section's name" alone is too little */
    for (size_t i = low; i < high; i++) {
        if (i > s->core0 && s->lines.at[i - 1].prose)
            break;
        double score = evidence_sum(EVIDENCE_TABLE(for_guessed_title), s, i);
        if (score > best && !evidence_any(EVIDENCE_TABLE(against_title), s, i)) {
            best = score;
            s->title = (ptrdiff_t)i;
        }
    }
    if (s->title >= 0 && s->from <= (size_t)s->title)
        s->from = (size_t)s->title + 1;
}

/* Reads the <title> if no line that is shown may be the title. It must end with the name of the
 * site: otherwise it may be nothing but that name. */
static void use_document_title(struct search *s)
{
    for (size_t i = 0; s->title < 0 && i < s->lines.n; i++) {
        const struct line *l = &s->lines.at[i];
        if (l->tag == TAG_TITLE && line_has_six_words(s, i) &&
            title_without_site(search_text(s, i)) < l->text.len)
            s->title = (ptrdiff_t)i;
    }
}

/* ---- Is there an article at all ---- */

/* Measures how much of the page is links and how much is text. */
struct census {
    size_t teasers;
    size_t linked;  /* headlines */
    size_t others;  /* lines that are no links */
    size_t prose;   /* paragraphs of the article */
    uint64_t chars; /* of these */
};

static bool is_paragraph(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    return i >= s->from && i < s->to && l->prose && !l->teaser && !l->known && !html_box(s, i);
}

static struct census take_census(const struct search *s)
{
    enum { HEADLINE_WORDS = 4 };
    struct census c = {0};
    for (size_t i = 0; i < s->lines.n; i++) {
        const struct line *l = &s->lines.at[i];
        c.teasers += l->teaser;
        c.linked += l->shown && l->linked && l->words >= HEADLINE_WORDS;
        c.others += l->shown && !l->linked && l->has_content;
        if (is_paragraph(s, i)) {
            c.prose++;
            c.chars += l->chars;
        }
    }
    return c;
}

/* Whether this is a page of links: headlines with a few words below each. */
static bool is_list_page(const struct search *s)
{
    enum { MANY_TEASERS = 3, MANY_LINKS = 8, SOME_LINKS = 3 };
    enum { TEXT_PARAGRAPHS = 3, TEXT_CHARS = 400, NOTE_CHARS = 100 };
    const struct html_meta *m = &s->page->meta;
    struct census c = take_census(s);
    if (m->says_article && c.prose)
        return false;
    if (c.prose >= TEXT_PARAGRAPHS && c.chars >= TEXT_CHARS)
        return m->says_list && c.teasers > c.prose * 2;
    if (s->title >= 0 && c.prose && c.chars >= NOTE_CHARS)
        return c.teasers >= MANY_TEASERS && c.teasers > c.prose;
    if (c.teasers >= MANY_TEASERS || (m->says_list && c.linked >= SOME_LINKS))
        return true;
    return !c.prose && c.linked >= MANY_LINKS && c.linked * 2 > c.others;
}

static bool is_form(const struct search *s, size_t i)
{
    return s->lines.at[i].tag == TAG_FORM;
}

/* A page without links, forms and anything known from sites is a document: all of it is read. */
static bool is_document(const struct search *s)
{
    for (size_t i = 0; i < s->lines.n; i++)
        if (s->lines.at[i].linked_bytes || s->lines.at[i].known || is_form(s, i))
            return false;
    return true;
}

/* Whether the line is the first that a document has to read, apart from its date. */
static bool is_first_to_read(const struct search *s, ptrdiff_t line)
{
    for (ptrdiff_t i = 0; i < line; i++)
        if (s->lines.at[i].shown && s->lines.at[i].has_content && !s->lines.at[i].dated)
            return false;
    return true;
}

static void read_whole_document(struct search *s)
{
    if (!is_first_to_read(s, s->title))
        s->title = -1;
    s->container = 0;
    s->from = s->core0 = (size_t)(s->title + 1);
    s->to = s->core1 = s->lines.n;
}

/* A page without prose is read if it is a short note, not if it is a form or a list of links. */
static bool is_note(struct search *s)
{
    enum { MANY_LINKS = 8 };
    size_t forms = 0, linked = 0;
    for (size_t i = 0; i < s->lines.n; i++) {
        forms += is_form(s, i);
        linked += s->lines.at[i].shown && s->lines.at[i].linked;
    }
    s->from = s->core0 = s->core1 = (size_t)(s->title + 1);
    s->to = s->lines.n;
    return !forms && linked < MANY_LINKS && !is_list_page(s);
}

/* Finds title, boxes and core. False: there is no core. */
static bool find_title_and_core(struct search *s)
{
    find_named_title(s);
    html_find_boxes(s);
    weigh(s);
    if (find_core(s))
        return true;
    ptrdiff_t named = s->title;
    s->title = -1; /* it is below its text, or belongs to another box */
    if (find_core(s))
        return true;
    s->title = named;
    return false;
}

bool html_find(struct search *s)
{
    if (!find_title_and_core(s))
        return is_note(s);
    find_container(s);
    find_range(s);
    if (s->title < 0)
        guess_title(s);
    if (is_document(s)) {
        read_whole_document(s);
        return true;
    }
    if (s->title < 0)
        use_document_title(s);
    return !is_list_page(s);
}
