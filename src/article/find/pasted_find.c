#include "article/find/pasted.h"

#include "article/find/evidence.h"
#include "article/find/line_words.h"
#include "article/find/pasted_parts.h"

/* ---- Evidence that a line is in the article ---- */

/* Lines of a signed document. They belong to it, short as they are. */
static bool is_signature(const struct search *s, size_t i)
{
    static const char *const heads[] = {"TM. ", "KT. ",    "TL. ",    "TUQ. ",
                                        "Q. ",  "(Đã ký)", "(đã ký)", "Nơi nhận"};
    for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
        if (sv_starts(search_text(s, i), sv_of(heads[k])))
            return true;
    return false;
}

static const struct evidence weights[] = {
    {"comments, tags or the imprint begin", line_is_known_closing, -4.0, NULL}, /* binh-luan-dai */
    {"links to other articles", line_is_known_related, -1.0, NULL},             /* giua-lien-quan */
    {"known from menus", line_is_known, -0.3, NULL},           /* ngay-qua-xa-tren */
    {"a date or clock", line_is_dated, -0.5, NULL},            /* giua-gio */
    {"prose", line_is_prose, 1, line_prose_amount},            /* giua-gio, giua-lien-quan */
    {"a signature", is_signature, 0.5, NULL},                  /* ky-ten-mot, ky-ten-trang */
    {"a caption", line_is_caption, 0.2, NULL},                 /* giua-chu-thich */
    {"in a list", line_has_marker, 0.1, NULL},                 /* giua-muc-ke */
    {"a clause", line_is_clause, 0.25, NULL},                  /* giua-ve-cau */
    {"a few words with digits", line_has_digits, -0.04, NULL}, /* giua-so */
    {"a few words", line_is_any, -0.16, NULL},                 /* giua-ngan */
};

static void weigh(struct search *s)
{
    for (size_t i = 0; i < s->lines.n; i++)
        s->lines.at[i].weight = evidence_first(EVIDENCE_TABLE(weights), s, i);
}

/* ---- What is around the article ---- */

/* Lines known from menus, those of other boxes counted three times. */
static size_t count_furniture(const struct search *s, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        if (s->lines.at[i].known)
            n += s->lines.at[i].known == SKIP_MENU ? 1 : 3;
    return n;
}

/* Short lines without an end, like those of menus. */
static size_t count_short(const struct search *s, size_t from, size_t to)
{
    enum { MOST_WORDS = 6, MOST_CHARS = 44 };
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        const struct line *l = &s->lines.at[i];
        n += l->words <= MOST_WORDS && l->chars <= MOST_CHARS && l->end == END_NONE && !l->digits;
    }
    return n;
}

/* Whether the lines above the article's first are a page's head, not a part of its text. */
static bool head_is_furniture(const struct search *s, size_t first)
{
    enum { FURNITURE = 3, SHORT_LINES = 4 };
    return s->date >= 0 || count_furniture(s, 0, first) >= FURNITURE ||
           count_short(s, 0, first) >= SHORT_LINES;
}

static bool tail_is_furniture(const struct search *s)
{
    enum { FURNITURE = 3, SHORT_LINES = 6 };
    if (s->date >= 0 && s->to < s->lines.n && line_is_byline(s, s->to))
        return true; /* nothing of a dated article follows its byline */
    return count_furniture(s, s->to, s->lines.n) >= FURNITURE ||
           count_short(s, s->to, s->lines.n) >= SHORT_LINES;
}

/* ---- From where to where ---- */

bool pasted_is_read_on(const struct search *s, size_t i)
{
    return line_words_begin(s->a->rules, LINE_READ_ON, search_text(s, i));
}

/* A line after title and date that is no text: a name, a section, a button. */
static bool is_header_scrap(const struct search *s, size_t i)
{
    return line_is_known(s, i) || line_is_dated(s, i) || !line_has_six_words(s, i) ||
           line_is_byline(s, i);
}

/* The line after title and date. */
static size_t end_of_header(const struct search *s)
{
    size_t after_title = (size_t)(s->title + 1), after_date = (size_t)(s->date + 1);
    /* The sapo may be between title and date. */
    bool sapo = s->title >= 0 && after_date > after_title + 1 && line_is_text(s, after_title);
    return sapo || after_title > after_date ? after_title : after_date;
}

static void find_start(struct search *s)
{
    enum { MOST_SCRAPS = 8 };
    s->from = end_of_header(s);
    if (!s->from)
        s->from = s->core0;
    size_t i = s->from;
    while (i < s->lines.n && i < s->from + MOST_SCRAPS && is_header_scrap(s, i))
        i++;
    if (line_is_text(s, i))
        s->from = i;
}

/* The line after which the sum of weights from `from` on is greatest. Below comments or the
 * imprint, once there was text, weights above 0 count little. */
static size_t end_of_weight(const struct search *s, size_t from)
{
    double sum = 0, best = 0, damp = 1, text = 0;
    size_t end = from;
    for (size_t i = from; i < s->lines.n; i++) {
        const struct line *l = &s->lines.at[i];
        if (text > 1.5 && (l->known == SKIP_COMMENTS || l->known == SKIP_COPYRIGHT))
            damp = 0.15;
        double weight = l->weight > 0 ? l->weight * damp : l->weight;
        sum += weight;
        text += weight > 0 ? weight : 0;
        if (sum > best) {
            best = sum;
            end = i + 1;
        }
    }
    return end;
}

static void find_end(struct search *s)
{
    size_t end = end_of_weight(s, s->from);
    s->to = end > s->core1 ? end : s->core1;
    if (s->to < s->lines.n && pasted_is_read_on(s, s->to))
        s->to++; /* it ends a teaser and is skipped with it */
    /* Below a signature, a first name is who signed, and a second one who wrote. */
    if (s->to > s->from && is_signature(s, s->to - 1) && s->to + 1 < s->lines.n &&
        line_is_byline(s, s->to) && line_is_byline(s, s->to + 1))
        s->to++;
}

/* A clause, or some words with digits. */
static bool says_something(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    return l->words >= 3 && (l->end != END_NONE || l->digits);
}

static const struct evidence against_below[] = {
    {"known from menus", line_is_known, -1, NULL}, /* giua-chu-thich, giua-gio */
    {"a date or clock", line_is_dated, -1, NULL},  /* duoi-bai-ngay */
    {"names of people", line_is_byline, -1, NULL}, /* duoi-bai-nguoi */
};

static const struct evidence for_below[] = {
    {"in a list", line_has_marker, 1, NULL},          /* duoi-bai-tung-dong */
    {"continues a sentence", line_is_small, 1, NULL}, /* duoi-bai-nguoi, duoi-bai-tung-dong */
    {"a caption", line_is_caption, 1, NULL},          /* duoi-bai-tung-dong */
    {"a clause, or words with digits", says_something, 1, NULL}, /* duoi-bai-tung-dong */
};

/* Short lines below the prose may belong to it. `furniture`: what a page ends with is below. */
static void extend_end(struct search *s, bool furniture)
{
    enum { MOST_LINES = 40 };
    if (!furniture && s->lines.n - s->to <= MOST_LINES)
        s->to = s->lines.n;
    while (s->to < s->lines.n && !evidence_any(EVIDENCE_TABLE(against_below), s, s->to) &&
           evidence_any(EVIDENCE_TABLE(for_below), s, s->to))
        s->to++;
}

/* Few unknown lines above the text, in a page without title and date: they are read. */
static void extend_start(struct search *s)
{
    enum { MOST_LINES = 3 };
    for (int steps = 0; steps < MOST_LINES && s->from; steps++, s->from--)
        if (line_is_known(s, s->from - 1) || line_is_dated(s, s->from - 1))
            return;
}

/* Whether another article begins at the line: a date with a title beside it and prose below. */
static bool begins_article(const struct search *s, size_t i)
{
    enum { LINES_BELOW = 8, ENOUGH_PROSE = 3 };
    size_t prose = 0;
    if (!s->lines.at[i].has_date ||
        !(pasted_may_be_title(s, (ptrdiff_t)i - 1) || pasted_may_be_title(s, (ptrdiff_t)i + 1)))
        return false;
    for (size_t k = i + 1; k < s->lines.n && k <= i + LINES_BELOW; k++) {
        if (line_is_dated(s, k) || line_is_known_closing(s, k))
            break;
        prose += line_is_text(s, k);
    }
    return prose >= ENOUGH_PROSE;
}

static bool another_follows(const struct search *s)
{
    for (size_t i = s->to + 1; i < s->lines.n; i++)
        if (begins_article(s, i))
            return true;
    return false;
}

/* ---- The whole ---- */

/* Whether the first line of a text without furniture is its title: short, and prose follows. */
static bool first_line_is_title(const struct search *s)
{
    enum { LONGEST_TITLE = 200 };
    const struct line *l = &s->lines.at[0];
    bool possible = !l->prose && !l->dated && !l->marker && !l->starts_small && l->has_content &&
                    l->end != END_SENTENCE && l->end != END_OPEN && l->chars <= LONGEST_TITLE;
    return s->lines.n > 1 && possible && (s->title == 0 || line_is_text(s, 1));
}

/* Whether the line is nothing but a whole name. */
static bool names_author(const struct search *s, size_t i)
{
    struct sv text = search_text(s, i);
    return line_is_byline(s, i) && !line_is_known(s, i) && memchr(text.p, ' ', text.n);
}

/* Finds what is around the article, and corrects title and range by it. */
static void find_surroundings(struct search *s)
{
    bool head = head_is_furniture(s, s->title >= 0 ? (size_t)s->title : s->core0);
    bool tail = tail_is_furniture(s);
    s->is_page = head || tail;
    if (!s->is_page || (!head && s->title < 0)) {
        s->title = first_line_is_title(s) ? 0 : -1;
        s->from = (size_t)(s->title + 1);
        s->from += s->title == 0 && line_is_text(s, 2) && names_author(s, 1);
    } else if (s->title < 0) {
        extend_start(s);
    }
    extend_end(s, tail);
}

bool pasted_find(struct search *s)
{
    const double least_text = 0.6; /* two clauses (0.5) are too little, any prose (0.9) is enough */
    weigh(s);
    if (search_core(s, 0) < least_text)
        return false;
    pasted_find_dated_title(s);
    if (s->date < 0)
        pasted_find_undated_title(s);
    find_start(s);
    find_end(s);
    find_surroundings(s);
    pasted_cut_teasers(s);
    s->several = another_follows(s);
    if (s->several)
        s->to = s->lines.n;
    pasted_find_byline(s);
    return true;
}
