#include "article/find/html_classify.h"

#include "article/find/dateline.h"
#include "article/find/html_meta.h"
#include "article/format/html_names.h"
#include "article/find/people.h"

static bool is_reason(const char *reason, const char *name)
{
    return reason && strcmp(reason, name) == 0;
}

static const char *box_of(const struct html_view *v, size_t i)
{
    return v->boxes.at[v->page->lines.at[i].node];
}

/* ---- date ---- */

static bool date_of_line(const struct html_view *v, size_t i, char iso[32])
{
    struct dateline d;
    bool full = v->lines.at[i].dated && dateline_parse(html_line_text(v, i), &d) && d.date.len;
    if (full)
        dateline_iso(&d, iso);
    if (v->lines.at[i].dated)
        dateline_free(&d);
    return full;
}

/* What the page's head says, or the <time> nearest to the title. */
static bool date_of_page(const struct html_view *v, char iso[32])
{
    const struct html_meta *m = &v->page->meta;
    if (m->ld_date && html_meta_date(sv_of(m->ld_date), iso))
        return true;
    if (m->published && html_meta_date(sv_of(m->published), iso))
        return true;
    size_t low = v->title >= 0 ? (size_t)v->title : v->core0, high = v->core0 + 2;
    low = low > 6 ? low - 6 : 0;
    for (size_t i = 0; i < v->page->times.n; i++) {
        struct html_time t = v->page->times.at[i];
        if (t.value && t.line >= low && t.line <= high && html_meta_date(sv_of(t.value), iso))
            return true;
    }
    return false;
}

static double date_score(const struct html_view *v, size_t i, const char *known)
{
    enum { NEAR = 24 };
    char iso[32];
    size_t title = v->title >= 0 ? (size_t)v->title : v->core0;
    size_t away = i > title ? i - title : title - i;
    if (!v->lines.at[i].seen || !date_of_line(v, i, iso) || (away > NEAR && i < v->core1) ||
        (i >= v->core1 + 6) || is_reason(box_of(v, i), "comments"))
        return 0;
    unsigned hints = html_hints_around(v, i, 1);
    double score = 1.5 - (double)(away < NEAR ? away : NEAR) / NEAR;
    score += hints & HINT_DATE || html_inside(v, i, TAG_TIME) ? 0.5 : 0;
    score -= hints & HINT_WIDGET || box_of(v, i) ? 0.6 : 0;
    score -= i < title && away > 3 ? 0.6 : 0;
    score += i > title && i <= v->core0 ? 0.4 : 0; /* a site's own clock stands above */
    if (known)
        score += strncmp(known, iso, 10) == 0 ? 2 : -2;
    return score;
}

/* The time may stand in the line before or after that of the date. */
static void borrow_time(const struct html_view *v, struct dateline *d)
{
    for (ptrdiff_t i = v->date - 1; i <= v->date + 1 && !d->has_time; i += 2) {
        if (i >= 0 && (size_t)i < v->lines.n && v->lines.at[i].dated)
            dateline_borrow_time(d, html_line_text(v, (size_t)i));
    }
}

void html_find_date(struct html_view *v)
{
    char iso[32], shown[32];
    bool known = date_of_page(v, iso);
    double best = 0.3;
    for (size_t i = 0; i < v->lines.n; i++) {
        double score = (ptrdiff_t)i != v->title ? date_score(v, i, known ? iso : NULL) : 0;
        if (score > best) {
            best = score;
            v->date = (ptrdiff_t)i;
        }
    }
    if (v->date >= 0 && (!known || strlen(iso) <= 10)) {
        struct dateline d;
        dateline_parse(html_line_text(v, (size_t)v->date), &d);
        borrow_time(v, &d);
        dateline_iso(&d, shown);
        dateline_free(&d);
        memcpy(iso, shown, sizeof iso);
        known = true;
    }
    if (known)
        v->page->a->date = arena_dup(&v->page->a->arena, sv_of(iso));
}

/* ---- tables ---- */

/* Whether the line is set as running text is, not as a table's cell. */
static bool is_no_cell(const struct html_unit *l)
{
    return l->seen && (l->u.chars > 300 || (l->prose && l->u.chars > 150));
}

/* For each line: the row around it. A table that holds another, long text or the title only lays
 * out the page. */
static void find_rows(struct html_view *v)
{
    size_t n = v->page->nodes.n;
    struct table {
        uint32_t table, row;
    } *in = mem_regrow(NULL, n, sizeof *in);
    uint32_t *cells = mem_zalloc(n * sizeof *cells), *rows = mem_zalloc(n * sizeof *rows);
    in[0] = (struct table){0, 0};
    for (uint32_t i = 1; i < n; i++) {
        const struct html_node *node = &v->page->nodes.at[i];
        in[i] = in[node->parent];
        if (node->tag == TAG_TABLE) {
            cells[in[i].table] = UINT32_MAX / 2; /* the outer one lays out */
            in[i] = (struct table){i, 0};
        } else if (node->tag == TAG_TR) {
            in[i].row = i;
            rows[in[i].table]++;
        } else if (node->tag == TAG_TD) {
            cells[in[i].table] += cells[in[i].table] < UINT32_MAX / 2;
        }
    }
    for (size_t i = 0; i < v->lines.n; i++)
        if ((ptrdiff_t)i == v->title || (ptrdiff_t)i == v->date || is_no_cell(&v->lines.at[i]))
            cells[in[v->page->lines.at[i].node].table] = UINT32_MAX / 2;
    cells[in[v->body].table] = UINT32_MAX / 2;
    for (size_t i = 0; i < v->lines.n; i++) {
        struct table t = in[v->page->lines.at[i].node];
        bool data = t.row && rows[t.table] && cells[t.table] < UINT32_MAX / 2 &&
                    cells[t.table] * 2 >= rows[t.table] * 3;
        v->lines.at[i].row = data ? t.row : 0;
    }
    free(in);
    free(cells);
    free(rows);
}

/* ---- byline ---- */

/* How well the line names those whom the page's head names: 2, all of several; 1, one; 0, none. */
static int names_authors(const struct html_view *v, size_t i)
{
    const char *const lists[] = {v->page->meta.people, v->page->meta.author};
    struct sv text = html_line_text(v, i);
    int best = 0;
    if (text.n > 160 || v->lines.at[i].u.words > 24)
        return 0;
    for (size_t k = 0; k < 2; k++) {
        struct sv rest = sv_of(lists[k]);
        if (rest.n && memchr(rest.p, ';', rest.n) && html_agree(text, rest) == 2)
            return 2;
        for (int names = 0; lists[k] && rest.p && names < 8; names++) {
            struct sv name = sv_trim(sv_cut(&rest, ';'));
            if (name.n >= 4 && html_agree(text, name) == 2)
                best = 1;
        }
    }
    return best;
}

static bool may_be_byline(const struct html_view *v, size_t i)
{
    const struct html_unit *l = &v->lines.at[i];
    return l->seen && !l->prose && !l->dated && !l->known && (ptrdiff_t)i != v->title &&
           (ptrdiff_t)i != v->date && l->u.has_letter && l->u.chars <= 120 &&
           (people_is_byline(html_line_text(v, i)) || names_authors(v, i)) &&
           !is_reason(box_of(v, i), "comments") && !is_reason(box_of(v, i), "tags");
}

static double byline_score(const struct html_view *v, size_t i)
{
    if (!may_be_byline(v, i))
        return 0;
    int names = names_authors(v, i);
    bool hinted = html_hints_around(v, i, 2) & HINT_AUTHOR;
    bool heading = html_inside(v, i, TAG_H2) || html_inside(v, i, TAG_H3) || v->lines.at[i].row ||
                   html_inside(v, i, TAG_FIGURE);
    bool in_range = i >= v->from && i < v->to;
    size_t last = v->to;
    while (last > v->core0 && !v->lines.at[last - 1].prose)
        last--;
    double score = (names ? 1 + names : 0) + (hinted ? 2 : 0) - (heading ? 1.5 : 0);
    if (i >= last && in_range && i < last + 6 && v->to <= last + 6)
        score += html_inside(v, i, TAG_LI) ? 0.5 : 2;
    else if (i < v->core0 && v->title >= 0 && i > (size_t)v->title)
        score += 0.5;
    else if (!in_range && !names && !hinted)
        return 0;
    if (v->date >= 0 && i + 2 >= (size_t)v->date && i <= (size_t)v->date + 2)
        score += 0.5;
    if (box_of(v, i))
        score -= 1;
    return score;
}

void html_find_byline(struct html_view *v)
{
    enum { BEHIND = 60 };
    find_rows(v);
    double best = 0.9;
    size_t low = v->title >= 0 ? (size_t)v->title : v->from;
    low = low > 6 ? low - 6 : 0;
    for (size_t i = low; i < v->to + BEHIND && i < v->lines.n; i++) {
        double score = byline_score(v, i);
        if (score >= best && score > 0.9) {
            best = score;
            v->byline = (ptrdiff_t)i;
        }
    }
}

/* ---- what is not read ---- */

static bool is_title_again(const struct html_view *v, size_t i)
{
    return v->title >= 0 && (size_t)v->title != i &&
           html_agree(html_line_text(v, i), html_line_text(v, (size_t)v->title)) == 2;
}

static bool is_byline_again(const struct html_view *v, size_t i)
{
    return v->byline >= 0 && (size_t)v->byline != i &&
           html_agree(html_line_text(v, i), html_line_text(v, (size_t)v->byline)) == 2;
}

static const char *unseen_reason(const struct html_view *v, size_t i)
{
    uint8_t tag = v->page->lines.at[i].tag;
    return tag == TAG_TITLE ? "title" : tag == TAG_FORM ? "widget" : "hidden";
}

/* Why a line is not read wherever it stands; NULL: nothing speaks against it. */
static const char *reason_anywhere(const struct html_view *v, size_t i)
{
    const struct html_unit *l = &v->lines.at[i];
    const char *box = box_of(v, i);
    if (!l->seen)
        return unseen_reason(v, i);
    if (!l->u.has_letter)
        return "decoration";
    if (is_title_again(v, i))
        return "repeated";
    if (l->dated)
        return "clock";
    return box ? box : v->page->lines.at[i].tag == TAG_FORM ? "widget" : NULL;
}

static bool agrees_with_description(const struct html_view *v, size_t i)
{
    const char *description = v->page->meta.description;
    struct sv text = html_line_text(v, i);
    size_t agency = boilerplate_agency(&v->rules, text, true);
    return description &&
           (html_agree(text, sv_of(description)) ||
            (agency && html_agree(sv_sub(text, agency, text.n - agency), sv_of(description))));
}

static bool is_box_reason(const char *reason)
{
    static const char *const boxes[] = {"share", "widget", "comments", "related", "tags", "advert"};
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++)
        if (is_reason(reason, boxes[i]))
            return true;
    return false;
}

/* Of a line between title and end that nothing speaks against yet. */
static const char *reason_in_range(const struct html_view *v, size_t i)
{
    const struct html_node *body = &v->page->nodes.at[v->body];
    const struct html_unit *l = &v->lines.at[i];
    bool sapo = !l->linked && (agrees_with_description(v, i) ||
                               (html_hints_around(v, i, 1) & HINT_SAPO && l->u.words >= 6));
    if (is_byline_again(v, i))
        return "repeated";
    if (is_box_reason(l->known))
        return l->known;
    if (l->linked && !l->row)
        return "related";
    if (sapo || l->prose)
        return l->teaser ? "related" : NULL;
    bool outside = i < body->line0 || i >= body->line1;
    bool sentence =
        l->u.words >= 2 && !l->known && (l->u.end == END_SENTENCE || l->u.end == END_QUESTION);
    bool heads = i < v->core0 && !sentence && !html_inside(v, i, TAG_FIGURE) && !l->u.marker &&
                 !html_inside(v, i, TAG_H2) && !html_inside(v, i, TAG_H3) &&
                 !people_is_caption(html_line_text(v, i)) && !l->row &&
                 !(html_hints_around(v, i, 1) & HINT_CAPTION);
    if (v->core0 < v->core1 && (outside || heads))
        return l->known ? l->known : people_is_source(html_line_text(v, i)) ? "source" : "menu";
    return NULL;
}

static void judge_reasons(struct html_view *v)
{
    const char *below = "menu";
    for (size_t i = 0; i < v->lines.n; i++) {
        struct html_unit *l = &v->lines.at[i];
        l->reason = reason_anywhere(v, i);
        if (l->reason)
            continue;
        if (i >= v->from && i < v->to) {
            l->reason = reason_in_range(v, i);
            continue;
        }
        l->reason = l->known ? l->known : l->linked || l->teaser ? "related" : below;
        if (i >= v->to && l->known && !is_reason(l->known, "share") &&
            !is_reason(l->known, "widget"))
            below = l->known;
    }
    const ptrdiff_t own[] = {v->title, v->date, v->byline};
    for (int k = 0; k < 3; k++)
        if (own[k] >= 0)
            v->lines.at[own[k]].reason = NULL;
}

/* ---- what is read ---- */

/* Whether the line stands alone with a picture in a box of their own. */
static bool is_under_picture(const struct html_view *v, size_t i)
{
    uint32_t node = v->page->lines.at[i].node;
    for (int level = 0; node && level < 5; level++) {
        const struct html_node *box = &v->page->nodes.at[node];
        if (box->line1 - box->line0 > 2 || node == v->body)
            return false;
        if (box->pictures)
            return box->tag == TAG_TABLE || !v->lines.at[i].prose;
        node = box->parent;
    }
    return false;
}

static bool is_picture_text(const struct html_view *v, size_t i)
{
    struct sv text = html_line_text(v, i);
    if (is_under_picture(v, i) && v->lines.at[i].u.chars <= 400 && v->lines.at[i].u.words >= 2)
        return true;
    if (html_inside(v, i, TAG_FIGCAPTION) || html_inside(v, i, TAG_FIGURE))
        return true;
    if (v->lines.at[i].u.chars <= 400 && html_hints_around(v, i, 2) & HINT_CAPTION)
        return true;
    bool above_credit = !v->lines.at[i].prose && i + 1 < v->to && !v->lines.at[i + 1].reason &&
                        people_is_credit(html_line_text(v, i + 1));
    return (people_is_caption(text) || above_credit) && !v->lines.at[i].u.marker;
}

static bool looks_like_heading(const struct html_unit *u)
{
    return u->u.chars <= 170 && u->u.end != END_SENTENCE && u->u.end != END_OPEN &&
           !u->u.starts_small && !(u->u.end == END_QUESTION && u->u.chars > 90) &&
           (!u->u.marker || u->u.numbered);
}

static bool in_heading(const struct html_view *v, size_t i)
{
    return html_inside(v, i, TAG_H1) || html_inside(v, i, TAG_H2) || html_inside(v, i, TAG_H3) ||
           html_inside(v, i, TAG_HEADING);
}

static enum block_kind kind_of(const struct html_view *v, size_t i)
{
    const struct html_unit *l = &v->lines.at[i];
    if (l->row)
        return BLOCK_TABLE;
    if (is_picture_text(v, i))
        return BLOCK_CAPTION;
    if (in_heading(v, i) && l->u.chars <= 300 && (l->u.end != END_SENTENCE || l->u.chars <= 120))
        return BLOCK_HEADING;
    if (html_inside(v, i, TAG_LI))
        return BLOCK_LIST;
    bool more = i + 1 < v->to;
    if ((l->bold || l->u.all_capitals) && more && l->u.words >= 2 && looks_like_heading(l))
        return BLOCK_HEADING;
    return l->u.marker ? BLOCK_LIST : BLOCK_PARAGRAPH;
}

/* The sapo is named by its class or the page's own description; otherwise it is a first paragraph
 * all in bold type, or one that stands apart from the text. */
static void judge_sapo(struct html_view *v)
{
    enum { LONGEST_SAPO = 900, LOOK_AT = 4 };
    const struct html_node *body = &v->page->nodes.at[v->body];
    size_t seen = 0;
    for (size_t i = v->from; i < v->to && seen < LOOK_AT; i++) {
        struct html_unit *l = &v->lines.at[i];
        ptrdiff_t at = (ptrdiff_t)i;
        if (l->reason || at == v->date || at == v->byline || l->u.chars > LONGEST_SAPO ||
            (l->kind != BLOCK_PARAGRAPH && l->kind != BLOCK_HEADING))
            continue;
        bool named = html_hints_around(v, i, 1) & HINT_SAPO || agrees_with_description(v, i);
        bool apart = l->prose && v->title >= 0 && seen == 0 && (l->bold || i < body->line0);
        if ((named || apart) && l->u.words >= 6) {
            l->kind = BLOCK_SAPO;
            return;
        }
        seen++;
    }
}

void html_judge(struct html_view *v)
{
    static const uint8_t kinds[] = {BLOCK_TITLE, BLOCK_DATE, BLOCK_BYLINE};
    const ptrdiff_t own[] = {v->title, v->date, v->byline};
    judge_reasons(v);
    for (size_t i = 0; i < v->lines.n; i++)
        if (!v->lines.at[i].reason)
            v->lines.at[i].kind = (uint8_t)kind_of(v, i);
    for (int k = 0; k < 3; k++)
        if (own[k] >= 0) {
            v->lines.at[own[k]].kind = kinds[k];
            v->lines.at[own[k]].row = 0;
        }
    judge_sapo(v);
}
