#include "article/find/pasted.h"

#include "article/find/evidence.h"
#include "article/find/people.h"

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

static double weight_between(const struct search *s, size_t from, size_t to)
{
    double sum = 0;
    for (size_t i = from; i < to; i++)
        sum += s->lines.at[i].weight;
    return sum;
}

/* ---- Title and date ---- */

/* "Trang chủ > Chuyện quê" */
static bool is_trail(const struct search *s, size_t i)
{
    static const char *const signs[] = {" > ", " » ", " › ", " | ", " / "};
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
        if (sv_find(search_text(s, i), sv_of(signs[k])) >= 0)
            return true;
    return false;
}

static bool is_no_headline(const struct search *s, size_t i)
{
    return !line_reads_as_headline(&s->lines.at[i]);
}

static const struct evidence against_title[] = {
    {"known from menus", line_is_known, -1, NULL},             /* ten-khong-biet */
    {"a date or clock", line_is_dated, -1, NULL},              /* ten-khong-ngay */
    {"in a list", line_has_marker, -1, NULL},                  /* ten-khong-muc-ke */
    {"does not read as a headline", is_no_headline, -1, NULL}, /* giua-ngan, ten-duoi-nam-dong */
    {"the way to a section", is_trail, -1, NULL},              /* ten-khong-duong */
    {"names of people", line_is_byline, -1, NULL},             /* ten-khong-nguoi */
};

static bool may_be_title(const struct search *s, ptrdiff_t i)
{
    return i >= 0 && (size_t)i < s->lines.n &&
           !evidence_any(EVIDENCE_TABLE(against_title), s, (size_t)i);
}

/* Prose of the article, not of a known box. */
static bool is_text(const struct search *s, size_t i)
{
    return i < s->lines.n && s->lines.at[i].prose && !s->lines.at[i].known;
}

/* Whether prose begins at the line i or within the `within` lines after it. */
static bool text_is_near(const struct search *s, size_t i, size_t within)
{
    for (size_t k = i; k <= i + within; k++)
        if (is_text(s, k))
            return true;
    return false;
}

static bool occurs_again(const struct search *s, size_t i)
{
    for (size_t k = 0; k < s->lines.n; k++)
        if (k != i && sv_eq(search_text(s, k), search_text(s, i)))
            return true;
    return false;
}

/* The title above the publication line: right above it, above the sapo, or above a few short lines
 * (names, a section); -1: none. */
static ptrdiff_t title_above(const struct search *s, size_t date)
{
    enum { MOST_SHORT_LINES = 4 };
    ptrdiff_t i = (ptrdiff_t)date - 1, sapo = i;
    if (sapo >= 1 && line_is_byline(s, (size_t)sapo)) /* below the sapo */
        sapo--;
    if (sapo >= 0 && is_text(s, (size_t)sapo) && may_be_title(s, sapo - 1))
        return sapo - 1;
    for (int steps = 0; steps < MOST_SHORT_LINES && i >= 0; steps++, i--) {
        if (may_be_title(s, i))
            return i;
        if (s->lines.at[i].prose || s->lines.at[i].dated)
            return -1;
    }
    return -1;
}

/* The longest headline between the publication line and the prose; -1: none. */
static ptrdiff_t title_below(const struct search *s, size_t date)
{
    enum { FURTHEST_TITLE = 4, FURTHEST_TEXT = 6 };
    ptrdiff_t best = -1;
    for (size_t i = date + 1; i < s->lines.n && i <= date + FURTHEST_TITLE; i++) {
        if (s->lines.at[i].prose)
            break;
        if (!may_be_title(s, (ptrdiff_t)i) || !text_is_near(s, i + 1, FURTHEST_TEXT))
            continue;
        if (best < 0 || s->lines.at[i].chars > s->lines.at[best].chars)
            best = (ptrdiff_t)i;
    }
    return best;
}

/* Whether, of a headline above the publication line and one below it, the one below is the title:
 * the one above is then the name of a section or of another article. */
static bool title_is_below(const struct search *s, size_t date, size_t above, size_t below)
{
    enum { SECTION_CHARS = 45 };
    const struct line *a = &s->lines.at[above], *b = &s->lines.at[below];
    if (occurs_again(s, above) || !is_text(s, below + 1))
        return false;
    if (occurs_again(s, below))
        return true;
    if (above + 1 == date)
        return a->chars < SECTION_CHARS && b->chars > a->chars;
    return !is_text(s, date - 1); /* a sapo between title and date joins them */
}

/* Sets the title that belongs to the publication line; returns how sure that is, 0: not at all. */
static double score_date(const struct search *s, size_t date, ptrdiff_t *title)
{
    enum { FURTHEST_TEXT = 5 };
    ptrdiff_t above = title_above(s, date), below = title_below(s, date);
    *title = above >= 0 ? above : below;
    if (*title < 0)
        return 0;
    if (above >= 0 && below >= 0 && title_is_below(s, date, (size_t)above, (size_t)below))
        *title = below;
    size_t after = (size_t)(*title > (ptrdiff_t)date ? *title : (ptrdiff_t)date) + 1;
    bool text = text_is_near(s, after, FURTHEST_TEXT) || (date && is_text(s, date - 1));
    return (*title == above ? 2 : 1) + (text ? 2 : 0);
}

/* Looks for a publication line with a title beside it, above the core or in its first lines. */
static void find_dated_title(struct search *s)
{
    enum { FURTHEST_ABOVE = 24, FURTHEST_INSIDE = 6 };
    const double most_furniture = -5; /* between the publication line and the core */
    double best = 0;
    size_t low = s->core0 > FURTHEST_ABOVE ? s->core0 - FURTHEST_ABOVE : 0;
    size_t high = s->core0 + FURTHEST_INSIDE < s->core1 ? s->core0 + FURTHEST_INSIDE : s->core1;
    for (size_t i = low; i < high; i++) {
        ptrdiff_t title;
        if (!s->lines.at[i].has_date ||
            (i < s->core0 && weight_between(s, i + 1, s->core0) < most_furniture))
            continue;
        double score = score_date(s, i, &title);
        if (score > best || (score == best && score > 0 && i <= s->core0)) {
            best = score;
            s->title = title;
            s->date = (ptrdiff_t)i;
        }
    }
}

static double lines_to_core(const struct search *s, size_t i)
{
    return (double)(s->core0 - i);
}

static bool has_six_words(const struct search *s, size_t i)
{
    return s->lines.at[i].words >= 6;
}

static bool is_long_headline(const struct search *s, size_t i)
{
    return s->lines.at[i].chars >= 40;
}

static const struct evidence for_title[] = {
    {"may be a title", line_is_any, 1.0, NULL},                /* ten-khong-biet, ten-khong-duong */
    {"far above the text", line_is_any, -0.09, lines_to_core}, /* khong-ngay-gan */
    {"more than a section's name", has_six_words, 0.4, NULL},  /* khong-ngay-hai-ten */
    {"long", is_long_headline, 0.2, NULL},                     /* khong-ngay-dai */
    {"printed twice", occurs_again, 0.8, NULL},                /* khong-ngay-lap */
};

/* Without a publication line: the best headline in the lines above the core. */
static void find_undated_title(struct search *s)
{
    enum { FURTHEST = 9 };
    double best = 0;
    for (size_t back = 1; back <= FURTHEST && back <= s->core0; back++) {
        size_t i = s->core0 - back;
        if (is_text(s, i))
            break;
        double score = evidence_sum(EVIDENCE_TABLE(for_title), s, i);
        if (score > best && may_be_title(s, (ptrdiff_t)i)) {
            best = score;
            s->title = (ptrdiff_t)i;
        }
    }
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
    static const char *const heads[] = {"Đọc tiếp", "đọc tiếp", "ĐỌC TIẾP"};
    for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
        if (sv_starts(search_text(s, i), sv_of(heads[k])))
            return true;
    return false;
}

/* A line after title and date that is no text: a name, a section, a button. */
static bool is_header_scrap(const struct search *s, size_t i)
{
    return line_is_known(s, i) || line_is_dated(s, i) || !has_six_words(s, i) ||
           line_is_byline(s, i);
}

/* The line after title and date. */
static size_t end_of_header(const struct search *s)
{
    size_t after_title = (size_t)(s->title + 1), after_date = (size_t)(s->date + 1);
    /* The sapo may be between title and date. */
    bool sapo = s->title >= 0 && after_date > after_title + 1 && is_text(s, after_title);
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
    if (is_text(s, i))
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
        !(may_be_title(s, (ptrdiff_t)i - 1) || may_be_title(s, (ptrdiff_t)i + 1)))
        return false;
    for (size_t k = i + 1; k < s->lines.n && k <= i + LINES_BELOW; k++) {
        if (line_is_dated(s, k) || line_is_known_closing(s, k))
            break;
        prose += is_text(s, k);
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

/* ---- Teasers after the article ---- */

/* A button or a time between the headline and the blurb of a teaser. */
static bool is_button(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    return l->known || l->dated || !l->has_content;
}

/* A line between two teasers: also the name of a section. */
static bool is_between_teasers(const struct search *s, size_t i)
{
    enum { MOST_WORDS = 3 };
    const struct line *l = &s->lines.at[i];
    return is_button(s, i) ||
           (l->words <= MOST_WORDS && l->end == END_NONE && !line_is_byline(s, i));
}

/* Goes up from `end` over at most two lines of which `is_such` is true. */
static size_t above_such(const struct search *s, size_t end,
                         bool (*is_such)(const struct search *s, size_t line))
{
    enum { MOST = 2 };
    for (int n = 0; n < MOST && end > s->from && is_such(s, end - 1); n++)
        end--;
    return end;
}

static bool is_blurb(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    return !l->known && !l->marker && has_six_words(s, i) && (l->prose || l->end == END_SENTENCE);
}

static bool is_headline(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    return may_be_title(s, (ptrdiff_t)i) && !l->prose && has_six_words(s, i) &&
           l->end == END_NONE && !line_is_caption(s, i);
}

/* The first line of a teaser that ends above the line `end`: the headline of another article, which
 * may be printed twice, and a paragraph of it. `end` if there is none. */
static size_t begin_of_teaser(const struct search *s, size_t end)
{
    size_t blurb = above_such(s, end, is_between_teasers);
    if (blurb < s->from + 2 || !is_blurb(s, blurb - 1))
        return end;
    size_t headline = above_such(s, blurb - 1, is_button);
    if (headline <= s->from || !is_headline(s, headline - 1))
        return end;
    headline--;
    while (headline > s->from && sv_eq(search_text(s, headline), search_text(s, headline - 1)))
        headline--;
    return headline;
}

/* Whether a teaser begins at the line, or below a line between two. */
static bool begins_teaser(const struct search *s, size_t i)
{
    i += i < s->lines.n && is_between_teasers(s, i);
    if (i + 1 >= s->lines.n || !is_headline(s, i))
        return false;
    i += 1 + is_button(s, i + 1);
    return i < s->lines.n && is_blurb(s, i);
}

/* Whether prose is the begin of an article: "(BSM) - Sáng nay …", or it breaks off: "…". */
static bool is_opening(const struct search *s, size_t i)
{
    struct sv text = search_text(s, i);
    return boilerplate_agency(s->boilerplate, text, true) || sv_ends(text, SV("...")) ||
           sv_ends(text, SV("…"));
}

static bool has_opening(const struct search *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (is_text(s, i) && is_opening(s, i))
            return true;
    return false;
}

/* Whether two neighbouring words of the title stand in one of the lines, in any case. */
static bool shares_words_of_title(const struct search *s, size_t from, size_t to)
{
    struct buf title = BUF_INIT, lines = BUF_INIT;
    line_add_lower(&title, search_text(s, (size_t)s->title));
    for (size_t i = from; i < to; i++)
        line_add_lower(&lines, search_text(s, i));
    struct sv rest = buf_sv(&title), last = line_next_word(&rest);
    bool found = false;
    for (struct sv word = line_next_word(&rest); word.n && !found; word = line_next_word(&rest)) {
        struct sv pair = {last.p, (size_t)(word.p + word.n - last.p)};
        found = sv_find(buf_sv(&lines), pair) >= 0;
        last = word;
    }
    buf_free(&title);
    buf_free(&lines);
    return found;
}

/* What the text ends with: teasers, or sections of the article with a paragraph each. */
struct endings {
    size_t first; /* the first line of the first of them */
    size_t n;
    size_t openings; /* that begin an article, or break off */
    size_t of_title; /* that speak of what the title speaks of */
};

static struct endings find_endings(const struct search *s)
{
    struct endings e = {.first = s->to};
    for (;;) {
        size_t begin = begin_of_teaser(s, e.first);
        if (begin == e.first)
            return e;
        e.openings += has_opening(s, begin, e.first);
        e.of_title += s->title >= 0 && shares_words_of_title(s, begin, e.first);
        e.first = begin;
        e.n++;
    }
}

/* Where the text ends above a box: above lines known from sites, and if a byline is above it and
 * some short lines, above that. */
static size_t end_above_box(const struct search *s, size_t box)
{
    enum { SHORT_LINES = 5, MOST_WORDS = 6 };
    size_t end = box;
    while (end > s->from && line_is_known(s, end - 1))
        end--;
    for (size_t i = box; i > s->from && i + SHORT_LINES >= box; i--) {
        const struct line *l = &s->lines.at[i - 1];
        if (!l->known && line_is_byline(s, i - 1)) {
            while (i > s->from + 1 && line_is_byline(s, i - 2))
                i--;
            return i - 1;
        }
        if (!l->known && (l->words > MOST_WORDS || l->end != END_NONE))
            break;
    }
    return end;
}

/* Whether the text ends with teasers: all of them open an article, or something divides them from
 * the text, or they are three and speak of other things than the title. */
static bool are_teasers(const struct search *s, const struct endings *e)
{
    enum { FEWEST = 2, MANY = 3, FEW_OF_TITLE = 3 };
    bool signed_below = s->to < s->lines.n && line_is_byline(s, s->to);
    size_t all = e->n + (e->n && begins_teaser(s, s->to));
    if (all < FEWEST)
        return false;
    if (e->openings == e->n || end_above_box(s, e->first) < e->first)
        return true;
    return s->is_page && all >= MANY && s->title >= 0 && e->of_title * FEW_OF_TITLE <= e->n &&
           !signed_below;
}

static void cut_teasers(struct search *s)
{
    struct endings e = find_endings(s);
    if (!are_teasers(s, &e))
        return;
    for (size_t i = e.first; i < s->to; i++)
        if (!s->lines.at[i].known)
            s->lines.at[i].known = SKIP_RELATED;
    s->is_page = true;
    s->to = end_above_box(s, e.first);
    s->core1 = s->core1 < s->to ? s->core1 : s->to;
}

/* ---- Byline ---- */

static bool is_byline_of_page(const struct search *s, size_t i)
{
    return !s->lines.at[i].known && line_is_byline(s, i);
}

/* In the first lines below the text, buttons left out; -1: none. */
static ptrdiff_t byline_below(const struct search *s)
{
    enum { FURTHEST = 3 };
    for (size_t i = s->to; i < s->lines.n && i < s->to + FURTHEST; i++) {
        enum skip_reason known = s->lines.at[i].known;
        if (known && known != SKIP_WIDGET)
            break;
        if (is_byline_of_page(s, i))
            return (ptrdiff_t)i;
    }
    return -1;
}

/* With a label ("Tác giả: …"), further below the text, but above comments and other articles; -1:
 * none. */
static ptrdiff_t byline_with_label(const struct search *s)
{
    enum { FURTHEST = 12 };
    for (size_t i = s->to; i < s->lines.n && i < s->to + FURTHEST; i++) {
        enum skip_reason known = s->lines.at[i].known;
        if (known == SKIP_COMMENTS || known == SKIP_RELATED || is_text(s, i))
            break;
        struct sv text = search_text(s, i);
        if (is_byline_of_page(s, i) && memchr(text.p, ':', text.n))
            return (ptrdiff_t)i;
    }
    return -1;
}

/* Above a publication line that is above the title, lines known from sites left out; -1: none. */
static ptrdiff_t byline_above_title(const struct search *s)
{
    ptrdiff_t i = s->date - 1;
    if (s->date < 0 || s->title < s->date)
        return -1;
    while (i >= 0 && s->lines.at[i].known)
        i--;
    return i >= 0 && i + 2 >= s->date - 1 && is_byline_of_page(s, (size_t)i) ? i : -1;
}

/* Right below the buttons that follow the text; -1: none. */
static ptrdiff_t byline_below_buttons(const struct search *s)
{
    size_t i = s->to;
    while (i < s->lines.n && s->lines.at[i].known && !reason_spreads(s->lines.at[i].known))
        i++;
    return i < s->lines.n && is_byline_of_page(s, i) ? (ptrdiff_t)i : -1;
}

/* The last line of the text, what is not read and a source left out; -1: it is no byline. */
static ptrdiff_t byline_at_end(const struct search *s)
{
    size_t end = s->to;
    while (end > s->from + 1 && (line_is_known(s, end - 1) || line_is_source(s, end - 1) ||
                                 !s->lines.at[end - 1].has_content))
        end--;
    bool found = end > s->from + 1 && s->core1 <= end && line_is_byline(s, end - 1) &&
                 !s->lines.at[end - 1].prose;
    return found ? (ptrdiff_t)end - 1 : -1;
}

/* Between title and text, or right below the sapo of a dated article; -1: none. */
static ptrdiff_t byline_above(const struct search *s)
{
    size_t begin = s->title >= 0 ? (size_t)s->title + 1 : s->from;
    size_t end = s->date >= 0 && is_text(s, s->from) ? s->from + 2 : s->from;
    for (size_t i = begin; i < end && i < s->lines.n; i++)
        if (is_byline_of_page(s, i))
            return (ptrdiff_t)i;
    return -1;
}

static void find_byline(struct search *s)
{
    s->byline = byline_below(s);
    if (s->byline < 0)
        s->byline = byline_at_end(s);
    if (s->byline < 0 && (s->is_page || s->from > (size_t)(s->title + 1)))
        s->byline = byline_above(s);
    if (s->byline < 0 && s->is_page)
        s->byline = byline_below_buttons(s);
    if (s->byline < 0 && s->is_page)
        s->byline = byline_with_label(s);
    search_find_names(s);
    if (s->byline < 0 && !s->names.len && s->is_page)
        s->byline = byline_above_title(s);
}

/* ---- The whole ---- */

/* Whether the first line of a text without furniture is its title: short, and prose follows. */
static bool first_line_is_title(const struct search *s)
{
    enum { LONGEST_TITLE = 200 };
    const struct line *l = &s->lines.at[0];
    bool possible = !l->prose && !l->dated && !l->marker && !l->starts_small && l->has_content &&
                    l->end != END_SENTENCE && l->end != END_OPEN && l->chars <= LONGEST_TITLE;
    return s->lines.n > 1 && possible && (s->title == 0 || is_text(s, 1));
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
        s->from += s->title == 0 && is_text(s, 2) && names_author(s, 1);
    } else if (s->title < 0 && s->date < 0) {
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
    find_dated_title(s);
    if (s->date < 0)
        find_undated_title(s);
    find_start(s);
    find_end(s);
    find_surroundings(s);
    cut_teasers(s);
    s->several = another_follows(s);
    if (s->several)
        s->to = s->lines.n;
    find_byline(s);
    return true;
}
