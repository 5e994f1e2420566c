#include "article/find/clean_plain.h"

#include "article/find/dateline.h"
#include "article/find/search.h"
#include "article/find/people.h"
#include "base/nfc.h"
#include "base/utf8.h"

/* Reasons that hold for a line in the midst of the body too; a heading may well be called as a
 * section of the paper is, and an address may be part of the story. */
static bool is_box(const char *reason)
{
    static const char *const boxes[] = {"share", "widget", "comments", "related", "tags", "advert"};
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++)
        if (page_is_reason(reason, boxes[i]))
            return true;
    return false;
}

static bool is_title_again(const struct page *p, size_t i)
{
    return p->title >= 0 && (size_t)p->title != i &&
           sv_eq(page_text(p, i), page_text(p, (size_t)p->title));
}

/* Headlines that follow "Tin liên quan" inside the body; the last one is a heading of the article
 * if it is much shorter than the others and prose follows. */
static void skip_headlines(struct page *p, size_t marker)
{
    size_t i = marker + 1, chars = 0;
    while (i < p->to && shape_is_headline(&p->lines.at[i].u) && !p->lines.at[i].known &&
           !p->lines.at[i].prose && !p->lines.at[i].reason)
        chars += p->lines.at[i++].u.chars;
    size_t n = i - marker - 1;
    if (n >= 2 && i < p->to && p->lines.at[i].prose) {
        size_t last = p->lines.at[i - 1].u.chars, others = (chars - last) / (n - 1);
        if (last * 4 < others * 3)
            i--;
    }
    for (size_t k = marker + 1; k < i; k++)
        p->lines.at[k].reason = "related";
}

/* "Đọc tiếp" ends the teaser of another article: a headline and the beginning of its text. */
static void skip_teaser(struct page *p, size_t marker)
{
    if (!page_is_read_on(p, marker) || marker < p->from + 3)
        return;
    struct line *text = &p->lines.at[marker - 1], *headline = text - 1;
    if (text->prose && !headline->prose && shape_is_headline(&headline->u))
        text->reason = headline->reason = "related";
}

static bool is_label(struct sv v)
{
    const char *colon = memchr(v.p, ':', v.n < 16 ? v.n : 16);
    return colon && v.n < 60;
}

/* "Vân Hải, ngày 18 tháng 9 năm 2024" */
static bool is_place_and_date(struct sv v)
{
    return v.n < 90 && sv_find(v, SV("ngày ")) >= 0 && sv_find(v, SV(" tháng ")) >= 0 &&
           sv_find(v, SV(" năm ")) >= 0;
}

/* Shaped as a heading is: short and without an end. */
static bool looks_like_heading(const struct page *p, size_t i)
{
    const struct unit *u = &p->lines.at[i].u;
    struct sv v = page_text(p, i);
    if (p->lines.at[i].prose && !(u->all_capitals && u->chars <= 200))
        return u->end == END_QUESTION && u->chars <= 90;
    if (u->chars > 170 || u->end == END_SENTENCE || u->end == END_OPEN || u->starts_small)
        return false;
    if (u->end == END_QUESTION && u->chars > 90)
        return false;
    if (v.p[0] == '(' || is_label(v) || is_place_and_date(v))
        return false;
    return !u->marker || u->numbered;
}

/* How many lines before and after i, itself included, look like headings without being capitals:
 * a long run is a table or a list of names. */
static size_t run_of_short_lines(const struct page *p, size_t i)
{
    enum { ENOUGH = 5 };
    size_t n = 1;
    for (size_t k = i; k-- > p->from && n < ENOUGH; n++)
        if (p->lines.at[k].u.all_capitals || !looks_like_heading(p, k))
            break;
    for (size_t k = i + 1; k < p->to && n < ENOUGH; n++, k++)
        if (p->lines.at[k].u.all_capitals || !looks_like_heading(p, k))
            break;
    return n;
}

static bool is_heading(const struct page *p, size_t i)
{
    const struct unit *u = &p->lines.at[i].u;
    size_t next = i + 1;
    if (!looks_like_heading(p, i))
        return false;
    while (next < p->to && (p->lines.at[next].reason || people_is_caption(page_text(p, next))))
        next++;
    if (u->all_capitals && u->words >= 2 && (next < p->to || p->to < p->lines.n))
        return true;
    if (next >= p->to || run_of_short_lines(p, i) >= 5)
        return false;
    if (!u->marker)
        return true;
    const struct unit *follower = &p->lines.at[next].u; /* "1. Giá vàng" above its text */
    return !follower->marker && p->lines.at[next].prose && u->chars <= 120;
}

/* Of a line that is read: what it is. */
static enum block_kind kind_of(const struct page *p, size_t i)
{
    const struct unit *u = &p->lines.at[i].u;
    bool above_credit = !p->lines.at[i].prose && i + 1 < p->to && !p->lines.at[i + 1].reason &&
                        people_is_credit(page_text(p, i + 1));
    if ((people_is_caption(page_text(p, i)) || above_credit) && !u->marker)
        return BLOCK_CAPTION;
    if (p->is_page || p->title >= 0 || p->byline >= 0) {
        if (is_heading(p, i))
            return BLOCK_HEADING;
    }
    return u->marker ? BLOCK_LIST : BLOCK_PARAGRAPH;
}

static void judge_body(struct page *p)
{
    for (size_t i = p->from; i < p->to; i++) {
        struct line *l = &p->lines.at[i];
        if (l->reason)
            continue;
        if (!l->u.has_letter)
            l->reason = "decoration";
        else if (p->is_page && is_title_again(p, i))
            l->reason = "repeated";
        else if (p->is_page && l->dated)
            l->reason = "clock";
        else if (p->is_page && (is_box(l->known) || (p->several && l->known)))
            l->reason = l->known;
        if (page_is_reason(l->reason, "related"))
            skip_headlines(p, i);
        if (page_is_reason(l->known, "related"))
            skip_teaser(p, i);
    }
    for (size_t i = p->from; i < p->to; i++)
        if (!p->lines.at[i].reason)
            p->lines.at[i].kind = (uint8_t)kind_of(p, i);
}

/* The first paragraph, where others follow it, is the sapo: of a page, or of a text that has both
 * a title and a byline. */
static void judge_sapo(struct page *p)
{
    enum { LONGEST_SAPO = 700 };
    size_t i = p->from, prose = 0;
    while (i < p->to && p->lines.at[i].reason)
        i++;
    for (size_t k = i + 1; k < p->to; k++)
        prose += p->lines.at[k].prose && !p->lines.at[k].reason;
    bool article = p->date >= 0 || (p->title >= 0 && (p->is_page || p->byline >= 0));
    if (i < p->to && article && prose && p->lines.at[i].kind == BLOCK_PARAGRAPH &&
        p->lines.at[i].prose && p->lines.at[i].u.chars <= LONGEST_SAPO)
        p->lines.at[i].kind = BLOCK_SAPO;
}

/* What stands around the body: known lines for their own reason, the lines below them for the
 * reason of the box they stand in. */
static void judge_around(struct page *p, size_t from, size_t to, bool below)
{
    const char *box = "menu";
    for (size_t i = from; i < to; i++) {
        struct line *l = &p->lines.at[i];
        if (l->known)
            l->reason = l->known;
        else if (!l->u.has_letter)
            l->reason = "decoration";
        else if (l->dated)
            l->reason = "clock";
        else if (is_title_again(p, i))
            l->reason = "repeated";
        else if (people_is_source(page_text(p, i)))
            l->reason = "source";
        else
            l->reason = box;
        if (below && l->known && !page_is_reason(l->known, "share") &&
            !page_is_reason(l->known, "widget"))
            box = l->known;
    }
}

/* Gives every line its reason or kind. */
static void judge(struct page *p)
{
    judge_around(p, 0, p->from, false);
    judge_around(p, p->to, p->lines.n, true);
    judge_body(p);
    ptrdiff_t own[] = {p->title, p->date, p->byline};
    static const uint8_t kinds[] = {BLOCK_TITLE, BLOCK_DATE, BLOCK_BYLINE};
    for (int k = 0; k < 3; k++)
        if (own[k] >= 0) {
            p->lines.at[own[k]].reason = NULL;
            p->lines.at[own[k]].kind = kinds[k];
        }
    judge_sapo(p);
}

static struct span part_of(struct span whole, size_t from, size_t length)
{
    return (struct span){whole.off + (uint32_t)from, (uint32_t)length};
}

/* The time may stand in the line before or after that of the date. */
static void borrow_time(const struct page *p, struct dateline *d)
{
    for (ptrdiff_t i = p->date - 1; i <= p->date + 1 && !d->has_time; i += 2) {
        if (i >= 0 && (size_t)i < p->lines.n && p->lines.at[i].dated)
            dateline_borrow_time(d, page_text(p, (size_t)i));
    }
}

/* The date's block is weekday and date alone; the rest of the line is skipped piece by piece. */
static struct span date_span(struct page *p)
{
    struct dateline d;
    struct span whole = p->lines.at[p->date].u.text;
    dateline_parse(page_text(p, (size_t)p->date), &d);
    borrow_time(p, &d);
    char iso[32];
    dateline_iso(&d, iso);
    p->a->date = arena_dup(&p->a->arena, sv_of(iso));
    struct span span = part_of(whole, d.date.off, d.date.len);
    dateline_free(&d);
    return span;
}

static void skip_around_date(struct page *p)
{
    struct dateline d;
    struct span whole = p->lines.at[p->date].u.text;
    dateline_parse(page_text(p, (size_t)p->date), &d);
    size_t done = 0;
    bool date_done = false;
    for (size_t i = 0; i <= d.rest.n; i++) {
        struct dateline_piece piece = {{whole.len, 0}, "decoration"};
        if (i < d.rest.n)
            piece = d.rest.at[i];
        if (!date_done && piece.text.off >= d.date.off) {
            article_skip(p->a, part_of(whole, done, d.date.off - done), "decoration");
            done = d.date.off + d.date.len;
            date_done = true;
        }
        /* Bars between the pieces. */
        article_skip(p->a, part_of(whole, done, piece.text.off - done), "decoration");
        article_skip(p->a, part_of(whole, piece.text.off, piece.text.len), piece.reason);
        done = piece.text.off + piece.text.len;
    }
    dateline_free(&d);
}

static struct span byline_span(const struct page *p)
{
    struct span whole = p->lines.at[p->byline].u.text;
    struct sv v = page_text(p, (size_t)p->byline);
    return part_of(whole, 0, sv_trim(sv_sub(v, 0, people_source_part(v))).n);
}

static void add_block(struct page *p, struct span text, uint8_t kind)
{
    *vec_push(&p->a->blocks) = (struct block){.kind = kind, .text = text};
}

static void add_blocks(struct page *p)
{
    if (p->title >= 0)
        add_block(p, p->lines.at[p->title].u.text, BLOCK_TITLE);
    if (p->date >= 0)
        add_block(p, date_span(p), BLOCK_DATE);
    for (size_t i = p->from; i < p->to; i++) {
        ptrdiff_t at = (ptrdiff_t)i;
        if (!p->lines.at[i].reason && at != p->title && at != p->date && at != p->byline)
            add_block(p, p->lines.at[i].u.text, p->lines.at[i].kind);
    }
    if (p->byline >= 0)
        add_block(p, byline_span(p), BLOCK_BYLINE);
}

/* In page order, also what is skipped inside blocks. */
static void add_skipped(struct page *p)
{
    bool opening = true;
    for (size_t i = 0; i < p->lines.n; i++) {
        const struct line *l = &p->lines.at[i];
        struct sv v = page_text(p, i);
        if (l->reason) {
            article_skip(p->a, l->u.text, l->reason);
        } else if ((ptrdiff_t)i == p->date) {
            skip_around_date(p);
        } else if ((ptrdiff_t)i == p->byline) {
            size_t cut = people_source_part(v);
            article_skip(p->a, part_of(l->u.text, cut, v.n - cut), "source");
        } else if (l->kind == BLOCK_SAPO || l->kind == BLOCK_PARAGRAPH) {
            size_t agency = boilerplate_agency(&p->rules, v, opening && p->is_page);
            if (agency && agency < v.n)
                article_skip(p->a, part_of(l->u.text, 0, agency), "agency");
            opening = opening && !l->prose;
        }
    }
}

void clean_plain(struct article *a)
{
    struct page p;
    page_look(&p, a);
    if (!page_find(&p)) {
        p.from = 0;
        p.to = p.lines.n;
    }
    judge(&p);
    add_blocks(&p);
    add_skipped(&p);
    page_free(&p);
}
