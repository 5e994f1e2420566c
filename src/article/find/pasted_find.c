#include "article/find/search.h"

#include "article/find/dateline.h"
#include "article/find/people.h"

struct sv page_text(const struct page *p, size_t i)
{
    return sv_at(p->a->text, p->lines.at[i].u.text);
}

bool page_is_reason(const char *reason, const char *name)
{
    return reason && strcmp(reason, name) == 0;
}

/* Behind these an article does not go on. */
static bool is_closing(const char *reason)
{
    return page_is_reason(reason, "comments") || page_is_reason(reason, "copyright") ||
           page_is_reason(reason, "tags") || page_is_reason(reason, "links");
}

/* Lines of a signed document: they belong to it, short as they are. */
static bool is_signature(struct sv v)
{
    static const char *const heads[] = {"TM. ", "KT. ",    "TL. ",    "TUQ. ",
                                        "Q. ",  "(Đã ký)", "(đã ký)", "Nơi nhận"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (sv_starts(v, sv_of(heads[i])))
            return true;
    return false;
}

/* How much a line speaks for (above 0) or against being inside the article. */
static double weight_of(const struct line *l, struct sv v)
{
    if (l->known) {
        if (is_closing(l->known))
            return -4.0;
        return page_is_reason(l->known, "related") ? -1.0 : -0.3;
    }
    if (l->dated)
        return -0.5;
    if (l->prose)
        return 0.4 + (l->u.chars < 400 ? l->u.chars : 400) / 120.0;
    if (is_signature(v))
        return 0.5;
    if (people_is_caption(v))
        return 0.2;
    if (l->u.marker)
        return 0.1;
    if (l->u.words >= 4 && l->u.end != END_NONE)
        return 0.25;
    return l->u.digits ? -0.04 : -0.16;
}

void page_look(struct page *p, struct article *a)
{
    *p = (struct page){.a = a, .title = -1, .date = -1, .byline = -1};
    boilerplate_load(&p->rules);
    unit_vec units = {0};
    shape_units(&units, p->a->text);
    vec_reserve(&p->lines, units.n);
    for (size_t i = 0; i < units.n; i++) {
        struct line l = {.u = units.at[i]};
        struct sv v = sv_at(p->a->text, l.u.text);
        struct dateline d;
        l.prose = shape_is_prose(&l.u);
        l.dated = !l.prose && l.u.digits && dateline_parse(v, &d);
        if (!l.prose && l.u.digits)
            dateline_free(&d);
        l.known = l.dated ? NULL : boilerplate_reason(&p->rules, v, l.prose);
        l.weight = weight_of(&l, v);
        *vec_push(&p->lines) = l;
    }
    vec_free(&units);
}

/* The run of lines with the greatest sum of weights. Once readers' comments or the imprint have
 * begun below a good deal of prose, prose counts little. */
static bool find_core(struct page *p)
{
    double sum = 0, best = 0, damp = 1;
    size_t start = 0;
    for (size_t i = 0; i < p->lines.n; i++) {
        const struct line *l = &p->lines.at[i];
        if (sum <= 0) {
            sum = 0;
            start = i;
        }
        if (best > 1.5 &&
            (page_is_reason(l->known, "comments") || page_is_reason(l->known, "copyright")))
            damp = 0.15;
        sum += l->weight > 0 ? l->weight * damp : l->weight;
        if (sum > best) {
            best = sum;
            p->core0 = start;
            p->core1 = i + 1;
        }
    }
    return best >= 0.6;
}

static bool is_trail(struct sv v)
{
    return sv_find(v, SV(" > ")) >= 0 || sv_find(v, SV(" » ")) >= 0 || sv_find(v, SV(" › ")) >= 0 ||
           sv_find(v, SV(" | ")) >= 0 || sv_find(v, SV(" / ")) >= 0;
}

static bool may_be_title(const struct page *p, ptrdiff_t i)
{
    if (i < 0 || (size_t)i >= p->lines.n)
        return false;
    const struct line *l = &p->lines.at[i];
    struct sv v = page_text(p, (size_t)i);
    return !l->known && !l->dated && !l->u.marker && shape_is_headline(&l->u) && !is_trail(v) &&
           !people_is_byline(v);
}

static bool is_prose_at(const struct page *p, size_t i)
{
    return i < p->lines.n && p->lines.at[i].prose && !p->lines.at[i].known;
}

/* Whether running text begins within a few lines from i on. */
static bool prose_is_near(const struct page *p, size_t i, size_t within)
{
    for (size_t k = i; k < p->lines.n && k <= i + within; k++)
        if (is_prose_at(p, k))
            return true;
    return false;
}

static bool occurs_again(const struct page *p, size_t i)
{
    struct sv v = page_text(p, i);
    for (size_t k = 0; k < p->lines.n; k++)
        if (k != i && p->lines.at[k].u.text.len == v.n && sv_eq(page_text(p, k), v))
            return true;
    return false;
}

/* The title that stands before the publication line d: right before it, before the sapo, or before
 * a few short lines (names, a section). */
static ptrdiff_t title_above(const struct page *p, size_t d)
{
    ptrdiff_t i = (ptrdiff_t)d - 1;
    if (is_prose_at(p, (size_t)i) && i >= 0 && may_be_title(p, i - 1))
        return i - 1;
    for (int steps = 0; steps < 4 && i >= 0; steps++, i--) {
        if (may_be_title(p, i))
            return i;
        if (p->lines.at[i].prose || p->lines.at[i].dated)
            return -1;
    }
    return -1;
}

/* The longest headline between the publication line d and the prose. */
static ptrdiff_t title_below(const struct page *p, size_t d)
{
    ptrdiff_t best = -1;
    for (size_t i = d + 1; i < p->lines.n && i <= d + 4 && !p->lines.at[i].prose; i++) {
        if (!may_be_title(p, (ptrdiff_t)i) || !prose_is_near(p, i + 1, 6))
            continue;
        if (best < 0 || p->lines.at[i].u.chars > p->lines.at[best].u.chars)
            best = (ptrdiff_t)i;
    }
    return best;
}

static bool has_full_date(const struct page *p, size_t i, char iso[32])
{
    struct dateline d;
    bool full = dateline_parse(page_text(p, i), &d) && d.date.len;
    if (full && iso)
        dateline_iso(&d, iso);
    dateline_free(&d);
    return full;
}

/* The title that goes with the publication line d, and how sure that is. */
static double judge_date(const struct page *p, size_t d, ptrdiff_t *title)
{
    ptrdiff_t above = title_above(p, d), below = title_below(p, d);
    *title = above >= 0 ? above : below;
    if (*title < 0)
        return 0;
    if (above >= 0 && below >= 0) {
        const struct unit *u = &p->lines.at[above].u, *v = &p->lines.at[below].u;
        bool beside = above + 1 == (ptrdiff_t)d;
        bool after_sapo = !beside && is_prose_at(p, d - 1);
        bool better = occurs_again(p, (size_t)below) || (!beside && !after_sapo) ||
                      (beside && u->chars < 45 && v->chars > u->chars);
        if (better && !occurs_again(p, (size_t)above) && is_prose_at(p, (size_t)below + 1))
            *title = below;
    }
    size_t after = (size_t)(*title > (ptrdiff_t)d ? *title : (ptrdiff_t)d) + 1;
    double score = *title == above ? 2 : 1;
    score += prose_is_near(p, after, 5) || is_prose_at(p, d - (d > 0)) ? 2 : 0;
    return score;
}

static double weight_between(const struct page *p, size_t from, size_t to)
{
    double sum = 0;
    for (size_t i = from; i < to; i++)
        sum += p->lines.at[i].weight;
    return sum;
}

/* Looks for a publication line with a title beside it, above the core or in its first lines. */
static void find_date(struct page *p)
{
    enum { FURTHEST = 24 };
    double best = 0;
    size_t low = p->core0 > FURTHEST ? p->core0 - FURTHEST : 0;
    size_t high = p->core0 + 6 < p->core1 ? p->core0 + 6 : p->core1;
    for (size_t i = low; i < high && i < p->lines.n; i++) {
        ptrdiff_t title;
        if (!p->lines.at[i].dated || !has_full_date(p, i, NULL))
            continue;
        double score = judge_date(p, i, &title);
        if (i < p->core0 && weight_between(p, i + 1, p->core0) < -5)
            continue;
        if (score > best || (score == best && score > 0 && i <= p->core0)) {
            best = score;
            p->title = title;
            p->date = (ptrdiff_t)i;
        }
    }
}

/* Without a publication line: the best headline in the lines above the core. */
static void find_title(struct page *p)
{
    double best = 0;
    for (size_t back = 1; back <= 9 && back <= p->core0; back++) {
        size_t i = p->core0 - back;
        const struct line *l = &p->lines.at[i];
        if (l->prose && !l->known)
            break;
        if (!may_be_title(p, (ptrdiff_t)i))
            continue;
        double score = 1.0 - 0.09 * (double)back + (l->u.words >= 6 ? 0.4 : 0) +
                       (l->u.chars >= 40 ? 0.2 : 0) + (occurs_again(p, i) ? 0.8 : 0);
        if (score > best) {
            best = score;
            p->title = (ptrdiff_t)i;
        }
    }
}

static size_t count_furniture(const struct page *p, size_t from, size_t to)
{
    size_t menu = 0, other = 0;
    for (size_t i = from; i < to; i++) {
        const struct line *l = &p->lines.at[i];
        if (l->known)
            *(page_is_reason(l->known, "menu") ? &menu : &other) += 1;
    }
    return other * 3 + menu;
}

/* Short lines without an end, such as menus consist of. */
static size_t count_short(const struct page *p, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        const struct unit *u = &p->lines.at[i].u;
        n += u->words <= 6 && u->chars < 45 && u->end == END_NONE && !u->digits;
    }
    return n;
}

bool page_is_read_on(const struct page *p, size_t i)
{
    struct sv v = page_text(p, i);
    return sv_starts(v, SV("Đọc tiếp")) || sv_starts(v, SV("đọc tiếp")) ||
           sv_starts(v, SV("ĐỌC TIẾP"));
}

/* A line right after the title and date that is no text: a name, a section, a button. */
static bool is_header_scrap(const struct page *p, size_t i)
{
    const struct line *l = &p->lines.at[i];
    return l->known || l->dated || l->u.words < 6 || people_is_byline(page_text(p, i));
}

static void place_start(struct page *p)
{
    size_t head = 0;
    if (p->title >= 0)
        head = (size_t)p->title + 1;
    if (p->date >= 0 && (size_t)p->date + 1 > head)
        head = (size_t)p->date + 1;
    /* The sapo may stand between title and date. */
    if (p->title >= 0 && p->date > p->title + 1 && is_prose_at(p, (size_t)p->title + 1))
        head = (size_t)p->title + 1;
    p->from = head;
    if (!head)
        p->from = p->core0;
    size_t scraps = p->from;
    while (scraps < p->lines.n && scraps < p->from + 8 && is_header_scrap(p, scraps))
        scraps++;
    if (is_prose_at(p, scraps))
        p->from = scraps;
}

/* The end of the body: where the sum of weights from its start is greatest, not before the core's
 * end. */
static void place_end(struct page *p)
{
    double sum = 0, best = 0, damp = 1, seen = 0;
    p->to = p->core1 > p->from ? p->core1 : p->from;
    for (size_t i = p->from; i < p->lines.n; i++) {
        const struct line *l = &p->lines.at[i];
        if (seen > 1.5 &&
            (page_is_reason(l->known, "comments") || page_is_reason(l->known, "copyright")))
            damp = 0.15;
        double weight = l->weight > 0 ? l->weight * damp : l->weight;
        sum += weight;
        seen += weight > 0 ? weight : 0;
        if (sum > best) {
            best = sum;
            if (i + 1 > p->to)
                p->to = i + 1;
        }
    }
    if (p->to < p->lines.n && page_is_read_on(p, p->to))
        p->to++; /* it ends a teaser, which goes with it */
    bool signed_last = p->to > p->from && is_signature(page_text(p, p->to - 1));
    if (signed_last && p->to + 1 < p->lines.n && people_is_byline(page_text(p, p->to)) &&
        people_is_byline(page_text(p, p->to + 1)))
        p->to++; /* who signed; who wrote stands below */
}

/* Short lines below the prose that still belong to it: they say something. */
static bool belongs_below(const struct page *p, size_t i)
{
    const struct line *l = &p->lines.at[i];
    if (l->known || l->dated || people_is_byline(page_text(p, i)))
        return false;
    return l->u.marker || l->u.starts_small || people_is_caption(page_text(p, i)) ||
           (l->u.words >= 3 && (l->u.end != END_NONE || l->u.digits));
}

static void extend_end(struct page *p, bool furniture)
{
    if (!furniture && p->lines.n - p->to <= 40) {
        p->to = p->lines.n;
        return;
    }
    while (p->to < p->lines.n && belongs_below(p, p->to))
        p->to++;
}

/* The byline: in the first lines below the body, or the body's own last line; otherwise a name
 * between title and body. */
static void find_byline(struct page *p)
{
    for (size_t i = p->to; i < p->lines.n && i < p->to + 3; i++) {
        if (p->lines.at[i].known && !page_is_reason(p->lines.at[i].known, "widget"))
            break;
        if (!p->lines.at[i].known && people_is_byline(page_text(p, i))) {
            p->byline = (ptrdiff_t)i;
            return;
        }
    }
    size_t last = p->to;
    while (last > p->from + 1 &&
           (p->lines.at[last - 1].known || !p->lines.at[last - 1].u.has_letter ||
            people_is_source(page_text(p, last - 1))))
        last--;
    if (last > p->from + 1 && p->core1 < last + 1 && people_is_byline(page_text(p, last - 1)) &&
        !p->lines.at[last - 1].prose) {
        p->byline = (ptrdiff_t)last - 1;
        return;
    }
    if (!p->is_page)
        return;
    size_t head = p->title >= 0 ? (size_t)p->title + 1 : p->from;
    /* Also right below the sapo of a dated article. */
    size_t end = p->date >= 0 && is_prose_at(p, p->from) ? p->from + 2 : p->from;
    for (size_t i = head; i < end && i < p->lines.n; i++)
        if (!p->lines.at[i].known && people_is_byline(page_text(p, i))) {
            p->byline = (ptrdiff_t)i;
            return;
        }
}

/* Whether what stands above the first line of the article is a page's head, not its text. */
static bool head_is_furniture(const struct page *p, size_t first)
{
    return p->date >= 0 || count_furniture(p, 0, first) >= 3 || count_short(p, 0, first) >= 4;
}

static bool tail_is_furniture(const struct page *p)
{
    if (p->date >= 0 && p->to < p->lines.n && people_is_byline(page_text(p, p->to)))
        return true; /* nothing of a dated article stands below its byline */
    return count_furniture(p, p->to, p->lines.n) >= 3 || count_short(p, p->to, p->lines.n) >= 6;
}

/* Few unknown lines above the body, in a page without a title: they are read. */
static void take_lines_above(struct page *p)
{
    size_t steps = 0;
    while (p->from && steps++ < 3) {
        const struct line *l = &p->lines.at[p->from - 1];
        if (l->known || l->dated)
            return;
        p->from--;
    }
}

/* Whether below the body another article begins, with a title, a date and its own text. */
static bool another_follows(const struct page *p)
{
    for (size_t i = p->to + 1; i < p->lines.n; i++) {
        size_t prose = 0;
        if (!p->lines.at[i].dated || !has_full_date(p, i, NULL) ||
            !(may_be_title(p, (ptrdiff_t)i - 1) || may_be_title(p, (ptrdiff_t)i + 1)))
            continue;
        for (size_t k = i + 1; k < p->lines.n && k < i + 9; k++) {
            if (p->lines.at[k].dated || is_closing(p->lines.at[k].known))
                break;
            prose += is_prose_at(p, k);
        }
        if (prose >= 3)
            return true;
    }
    return false;
}

/* Whether the first line of a text without furniture is its title: short, and prose follows. */
static bool heads_plain_text(const struct page *p)
{
    const struct line *l = &p->lines.at[0];
    return p->lines.n > 1 && !l->prose && !l->dated && !l->u.marker && !l->u.starts_small &&
           l->u.has_letter && l->u.end != END_SENTENCE && l->u.end != END_OPEN &&
           l->u.chars <= 200 && (p->title == 0 || is_prose_at(p, 1));
}

bool page_find(struct page *p)
{
    if (!find_core(p))
        return false;
    find_date(p);
    if (p->date < 0)
        find_title(p);
    place_start(p);
    place_end(p);
    size_t first = p->title >= 0 ? (size_t)p->title : p->core0;
    bool head = head_is_furniture(p, first), tail = tail_is_furniture(p);
    p->is_page = head || tail;
    if (!p->is_page || (!head && p->title < 0)) {
        p->title = heads_plain_text(p) ? 0 : -1;
        p->from = p->title + 1;
    } else if (p->title < 0 && p->date < 0) {
        take_lines_above(p);
    }
    extend_end(p, tail);
    p->several = another_follows(p);
    if (p->several)
        p->to = p->lines.n;
    find_byline(p);
    return true;
}

void page_free(struct page *p)
{
    boilerplate_free(&p->rules);
    vec_free(&p->lines);
}
