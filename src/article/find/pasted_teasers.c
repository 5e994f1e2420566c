#include "article/find/pasted_parts.h"

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
    return !l->known && !l->marker && line_has_six_words(s, i) &&
           (l->prose || l->end == END_SENTENCE);
}

static bool is_headline(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i];
    return pasted_may_be_title(s, (ptrdiff_t)i) && !l->prose && line_has_six_words(s, i) &&
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
        if (line_is_text(s, i) && is_opening(s, i))
            return true;
    return false;
}

/* Whether one of the lines holds two words of the title that follow each other; case is ignored. */
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

/* The end of the text: teasers, or sections of the article with a paragraph each. */
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

void pasted_cut_teasers(struct search *s)
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
