#include "article/find/paper.h"

#include "article/find/dateline.h"
#include "article/find/paper_sheet.h"

/* ---- units ---- */

/* Whether a skipped stretch lies inside a block. */
static bool lies_inside(const struct unit *whole, const struct unit *part)
{
    return !whole->reason && part->text.off < whole->text.off + whole->text.len;
}

/* Whether the text is a property of the file. The title there is often that of another paper, which
 * the file was copied from. */
static bool is_property(const struct article *a, struct span text)
{
    struct span source = article_source_span(a, text);
    const char *member = article_member(a, &source);
    return member && strcmp(member, "docProps/core.xml") == 0;
}

static void list_units(struct sheet *s)
{
    const struct article *a = s->a;
    size_t kept = 0;
    for (size_t i = 0; i < a->blocks.n; i++)
        *vec_push(&s->units) = (struct unit){a->blocks.at[i].text, SKIP_NONE, a->blocks.at[i].kind};
    for (size_t i = 0; i < a->skipped.n; i++)
        *vec_push(&s->units) =
            (struct unit){a->skipped.at[i].text, a->skipped.at[i].reason, BLOCK_PARAGRAPH};
    qsort(s->units.at, s->units.n, sizeof *s->units.at, span_cmp);
    for (size_t i = 0; i < s->units.n; i++) {
        struct unit u = s->units.at[i];
        if (kept && u.reason && lies_inside(&s->units.at[kept - 1], &u))
            *vec_push(&s->inside) = (struct skipped){u.text, u.reason};
        else
            s->units.at[kept++] = u;
    }
    s->units.n = kept;
    struct unit *first = kept ? &s->units.at[0] : NULL;
    if (first && first->kind == BLOCK_TITLE && is_property(a, first->text))
        first->reason = SKIP_PROPERTIES;
}

bool sheet_may_restore(const struct unit *u)
{
    return !u->reason || u->reason == SKIP_MENU || u->reason == SKIP_CLOCK ||
           u->reason == SKIP_SECTION || u->reason == SKIP_SOURCE;
}

static void list_cells(struct sheet *s)
{
    struct paper *p = &s->paper;
    for (size_t i = 0; i < s->units.n; i++) {
        const struct unit *u = &s->units.at[i];
        if (s->is_notice ? !u->reason : sheet_may_restore(u))
            paper_add_cells(&p->cells, s->a->rules, s->a->text, u->text, (uint32_t)i,
                            u->kind == BLOCK_TABLE);
    }
}

/* ---- which articles are looked at ---- */

/* Whether a short stretch has words that all letterheads have. This quick test saves most articles
 * the search with the table. */
static bool may_be_paper(const struct article *a)
{
    static const struct sv signs[] = {SV("NGHĨA VIỆT NAM"), SV("ạnh phúc"),      SV("ẠNH PHÚC"),
                                      SV("nghĩa Việt Nam"), SV("CỘNG SẢN VIỆT"), SV("Số")};
    enum { LONGEST = 400 };
    for (size_t i = 0; i < a->blocks.n + a->skipped.n; i++) {
        struct span span =
            i < a->blocks.n ? a->blocks.at[i].text : a->skipped.at[i - a->blocks.n].text;
        struct sv v = sv_at(a->text, span);
        for (size_t k = 0; v.n <= LONGEST && k < sizeof signs / sizeof *signs; k++)
            if (k + 1 < sizeof signs / sizeof *signs ? sv_find(v, signs[k]) >= 0
                                                     : sv_starts(v, signs[k]))
                return true;
    }
    return false;
}

/* ---- blocks ---- */

static void add_paper_block(struct sheet *s, struct span text, uint8_t kind)
{
    *vec_push(&s->a->blocks) = (struct block){.kind = kind, .text = text};
}

static uint32_t cell_end(const struct paper *p, size_t cell)
{
    struct span text = p->cells.at[cell].line.text;
    return text.off + text.len;
}

static struct span from_to(const struct paper *p, size_t first, size_t last)
{
    uint32_t off = p->cells.at[first].line.text.off;
    return (struct span){off, cell_end(p, last) - off};
}

/* Whether all cells between the two have the role of the first, are skipped or are empty. */
static bool are_together(const struct paper *p, size_t first, size_t last)
{
    for (size_t i = first + 1; i < last; i++)
        if (p->cells.at[i].role != ROLE_SKIPPED && p->cells.at[i].line.has_content &&
            p->cells.at[i].role != p->cells.at[first].role)
            return false;
    return true;
}

/* Whether the two cells of a letterhead are one name, as "ỦY BAN NHÂN DÂN" and "XÃ HÒA SƠN" are. An
 * office and the office above it are two. */
static bool shares_name(const struct paper *p, size_t first, size_t next)
{
    const struct paper_cell *c = &p->cells.at[next];
    bool person = p->cells.at[first].signs & PAPER_SIGNER;
    return c->role == ROLE_SUBJECT || (c->signs & PAPER_PLACE) || person;
}

/* Adds the cells of the letterhead that have this role. Cells that belong together become one
 * block. */
static void add_role(struct sheet *s, enum paper_role role, uint8_t kind)
{
    const struct paper *p = &s->paper;
    ptrdiff_t first = -1, last = -1;
    for (size_t i = p->head; i <= p->body; i++) {
        bool mine = i < p->body && p->cells.at[i].role == role;
        if (first >= 0 && (i == p->body || (mine && !(shares_name(p, (size_t)first, i) &&
                                                      are_together(p, (size_t)first, i))))) {
            add_paper_block(s, from_to(p, (size_t)first, (size_t)last), kind);
            first = -1;
        }
        if (mine) {
            first = first < 0 ? (ptrdiff_t)i : first;
            last = (ptrdiff_t)i;
        }
    }
}

static void add_letterhead(struct sheet *s)
{
    add_role(s, ROLE_ISSUER, BLOCK_HEADING);
    add_role(s, ROLE_KIND, BLOCK_HEADING);
    add_role(s, ROLE_NUMBER, BLOCK_PARAGRAPH);
    add_role(s, ROLE_SUBJECT, BLOCK_HEADING);
    add_role(s, ROLE_DATE, BLOCK_PARAGRAPH);
}

/* ---- the body ---- */

/* The kind of block for the cells first .. last of a unit in the body. */
static uint8_t kind_in_body(const struct sheet *s, const struct unit *u, size_t first, size_t last)
{
    enum { LONGEST_HEADING = 120 };
    const struct line *l = &s->paper.cells.at[first].line;
    if (u->kind == BLOCK_LIST || u->kind == BLOCK_TABLE || u->kind == BLOCK_CAPTION)
        return u->kind;
    if (u->kind == BLOCK_HEADING) /* "Xin trân trọng cảm ơn!" is not a heading */
        return l->end == END_QUESTION && !l->all_capitals ? BLOCK_PARAGRAPH : BLOCK_HEADING;
    if (u->kind == BLOCK_TITLE || (u->kind == BLOCK_DATE && s->is_notice))
        return s->is_notice ? u->kind : BLOCK_HEADING;
    if (first == last && l->all_capitals && l->words >= 2 && l->chars <= LONGEST_HEADING)
        return BLOCK_HEADING;
    return l->marker ? BLOCK_LIST : BLOCK_PARAGRAPH;
}

/* Whether a page number divides a paragraph, and the cell is the rest of the paragraph. */
static bool continues_paragraph(const struct sheet *s, size_t cell)
{
    const struct paper *p = &s->paper;
    if (!s->a->blocks.n || cell < 2 || p->cells.at[cell - 1].role != ROLE_SKIPPED ||
        p->cells.at[cell - 1].reason != SKIP_PAGE)
        return false;
    const struct block *b = &s->a->blocks.at[s->a->blocks.n - 1];
    const struct line *before = &p->cells.at[cell - 2].line;
    return b->kind == BLOCK_PARAGRAPH && before->end == END_NONE && !before->all_capitals &&
           b->text.off + b->text.len == cell_end(p, cell - 2) &&
           p->cells.at[cell].line.starts_small;
}

static void add_body(struct sheet *s, const struct unit *u, size_t first, size_t last)
{
    struct span span = from_to(&s->paper, first, last);
    if (continues_paragraph(s, first)) {
        struct span *open = &s->a->blocks.at[s->a->blocks.n - 1].text;
        open->len = span.off + span.len - open->off;
    } else {
        add_paper_block(s, span, kind_in_body(s, u, first, last));
    }
}

/* Adds the cells [from, to) of a unit: cells without a role as blocks, ROLE_SKIPPED as skipped. */
static void add_unit(struct sheet *s, const struct unit *u, size_t from, size_t to)
{
    const struct paper *p = &s->paper;
    for (size_t i = from; i < to; i++) {
        const struct paper_cell *c = &p->cells.at[i];
        if (c->role == ROLE_SKIPPED)
            article_skip(s->a, c->line.text, c->reason);
        if (c->role)
            continue;
        size_t last = i;
        while (last + 1 < to && !p->cells.at[last + 1].role)
            last++;
        bool content = false;
        for (size_t k = i; k <= last; k++)
            content = content || p->cells.at[k].line.has_content;
        if (content)
            add_body(s, u, i, last);
        else
            article_skip(s->a, from_to(p, i, last), SKIP_DECORATION);
        i = last;
    }
}

/* Adds a unit that is not a part of the paper, unchanged. */
static void keep_unit(struct sheet *s, const struct unit *u)
{
    if (u->reason)
        article_skip(s->a, u->text, u->reason);
    else
        add_paper_block(s, u->text, u->kind);
}

/* ---- the signature ---- */

/* Adds the office and the name of the first signer, then those of the second. */
static void add_two_signers(struct sheet *s)
{
    const struct paper *p = &s->paper;
    size_t last = p->signed_to;
    uint16_t most = 0;
    for (size_t i = p->signature; i < p->signed_to; i++)
        if (p->cells.at[i].column > most)
            most = p->cells.at[i].column;
    for (uint16_t column = 0; column <= most; column++)
        for (size_t i = p->signature; i < p->signed_to; i++)
            if (p->cells.at[i].role == ROLE_SIGNER && p->cells.at[i].column == column) {
                add_paper_block(s, p->cells.at[i].line.text, BLOCK_PARAGRAPH);
                last = i;
            }
    if (last < p->signed_to)
        s->a->blocks.at[s->a->blocks.n - 1].kind = BLOCK_BYLINE;
}

static size_t next_signer(const struct paper *p, size_t i)
{
    while (i < p->signed_to && p->cells.at[i].role != ROLE_SIGNER)
        i++;
    return i;
}

/* Adds the signature. Office and name are one block, the byline, if the text between them is
 * skipped. */
static void add_signature(struct sheet *s)
{
    const struct paper *p = &s->paper;
    if (p->two_sign) {
        add_two_signers(s);
        return;
    }
    size_t first = next_signer(p, p->signature), last = first;
    for (size_t i = first; i < p->signed_to; i = next_signer(p, i + 1))
        if (are_together(p, first, i))
            last = i;
    if (first < p->signed_to)
        add_paper_block(s, from_to(p, first, last), BLOCK_BYLINE);
    for (size_t i = next_signer(p, last + 1); i < p->signed_to; i = next_signer(p, i + 1))
        add_paper_block(s, p->cells.at[i].line.text, BLOCK_PARAGRAPH);
}

/* ---- the whole ---- */

/* Whether the page has a title of its own above the paper. */
static void find_page_title(struct sheet *s)
{
    for (uint32_t i = 0; i < s->head; i++)
        s->titled = s->titled || (!s->units.at[i].reason && s->units.at[i].kind == BLOCK_TITLE);
}

/* Sets the date of the article to that of the letterhead or, without one, that above the
 * signature. */
static void set_date(struct sheet *s)
{
    const struct paper *p = &s->paper;
    for (size_t i = p->head; !s->titled && i < p->cells.n; i++) {
        if (!p->cells.at[i].is_place || (p->cells.at[i].role && p->cells.at[i].role != ROLE_DATE))
            continue;
        struct sv date = paper_date_part(s->a->rules, paper_text(p, i));
        struct dateline d;
        char iso[ISO_DATE_SIZE];
        s->a->date = NULL;
        if (date.n && dateline_parse(s->a->rules, date, &d)) {
            dateline_iso(&d, iso);
            s->a->date = arena_dup(&s->a->arena, sv_of(iso));
            dateline_free(&d);
        }
        return;
    }
}

/* Finds the cells of a unit, at or after *from: [*from, return value). */
static size_t unit_cells(const struct paper *p, uint32_t unit, size_t *from)
{
    size_t i = *from;
    while (i < p->cells.n && p->cells.at[i].unit < unit)
        i++;
    *from = i;
    while (i < p->cells.n && p->cells.at[i].unit == unit)
        i++;
    return i;
}

bool sheet_restore(struct sheet *s, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!sheet_may_restore(&s->units.at[i]) ||
            paper_is_boilerplate(&s->paper, sv_at(s->a->text, s->units.at[i].text)))
            return false;
    for (uint32_t i = 0; i < count; i++)
        s->units.at[i].reason = SKIP_NONE;
    return true;
}

/* Adds the units above the paper: title, date and lead of the page, then the others. */
static void add_above(struct sheet *s)
{
    static const uint8_t order[] = {BLOCK_TITLE, BLOCK_DATE, BLOCK_SAPO};
    for (size_t k = 0; k < sizeof order; k++)
        for (uint32_t i = 0; i < s->head; i++)
            if (!s->units.at[i].reason && s->units.at[i].kind == order[k])
                keep_unit(s, &s->units.at[i]);
    for (uint32_t i = 0; i < s->head; i++) {
        struct unit u = s->units.at[i];
        if (!u.reason && u.kind == BLOCK_BYLINE)
            u.kind = BLOCK_PARAGRAPH;
        if (u.reason || !memchr(order, u.kind, sizeof order))
            keep_unit(s, &u);
    }
}

/* Adds the stretches that are skipped inside blocks, except those in a cell that is skipped as a
 * whole. */
static void keep_inside(struct sheet *s)
{
    const struct paper *p = &s->paper;
    size_t cell = 0;
    for (size_t i = 0; i < s->inside.n; i++) {
        struct skipped part = s->inside.at[i];
        while (cell < p->cells.n && cell_end(p, cell) <= part.text.off)
            cell++;
        if (cell == p->cells.n || p->cells.at[cell].role != ROLE_SKIPPED ||
            part.text.off < p->cells.at[cell].line.text.off)
            *vec_push(&s->a->skipped) = part;
    }
}

static bool has_role(const struct paper *p, size_t from, size_t to)
{
    while (from < to && !p->cells.at[from].role)
        from++;
    return from < to;
}

static void add_below_head(struct sheet *s)
{
    const struct unit *byline = NULL;
    size_t cell = 0;
    for (uint32_t i = s->head; i < s->units.n; i++) {
        const struct unit *u = &s->units.at[i];
        size_t to = unit_cells(&s->paper, i, &cell);
        if (to == cell || (u->reason && i > s->last))
            keep_unit(s, u);
        else if (!u->reason && u->kind == BLOCK_BYLINE && !byline && !s->paper.signed_to &&
                 !has_role(&s->paper, cell, to))
            byline = u;
        else
            add_unit(s, u, cell, to);
        cell = to;
    }
    add_signature(s);
    if (byline)
        keep_unit(s, byline);
}

/* The first cell of the letterhead that has this role; an empty span if there is none. */
static struct span first_of_role(const struct paper *p, enum paper_role role)
{
    for (size_t i = p->head; i < p->body; i++)
        if (p->cells.at[i].role == role)
            return p->cells.at[i].line.text;
    return (struct span){0, 0};
}

/* Sets the title of the article: kind and subject of the paper. */
static void set_title(struct sheet *s)
{
    static const uint8_t roles[] = {ROLE_KIND, ROLE_SUBJECT};
    const struct paper *p = &s->paper;
    struct buf title = BUF_INIT;
    for (size_t k = 0; k < sizeof roles && !s->titled; k++)
        for (size_t i = p->head; i < p->body; i++)
            if (p->cells.at[i].role == roles[k]) {
                buf_adds(&title, title.n ? " " : "");
                buf_add_sv(&title, paper_text(p, i));
            }
    if (title.n)
        s->a->title = arena_dup(&s->a->arena, buf_sv(&title));
    buf_free(&title);
}

/* Drops the signature of a paper that an article quotes: the byline is the writer of the article.
 */
static void prefer_writer(struct sheet *s)
{
    struct paper *p = &s->paper;
    bool writer = false;
    for (size_t i = p->body; i < p->cells.n; i++) {
        const struct unit *u = &s->units.at[p->cells.at[i].unit];
        writer = writer || (!u->reason && u->kind == BLOCK_BYLINE && !p->cells.at[i].role);
    }
    if (!s->titled || !writer)
        return;
    for (size_t i = p->signature; i < p->signed_to; i++)
        if (p->cells.at[i].role == ROLE_SIGNER)
            p->cells.at[i].role = ROLE_NONE;
    p->signed_to = 0;
}

static void arrange(struct sheet *s)
{
    enum { MOST_ABOVE = 8 }; /* a page has more lines above its article */
    struct paper *p = &s->paper;
    s->head = s->last = p->cells.at[p->head].unit;
    for (uint32_t i = s->head; i < s->units.n; i++)
        if (!s->units.at[i].reason)
            s->last = i;
    if (p->signed_to && p->cells.at[p->signed_to - 1].unit > s->last)
        s->last = p->cells.at[p->signed_to - 1].unit;
    find_page_title(s);
    prefer_writer(s);
    if (!s->titled && s->head <= MOST_ABOVE)
        sheet_restore(s, s->head);
    s->a->blocks.n = s->a->skipped.n = 0;
    keep_inside(s);
    add_above(s);
    add_letterhead(s);
    add_below_head(s);
    set_date(s);
    set_title(s);
    s->a->paper_kind = first_of_role(p, ROLE_KIND);
    s->a->paper_number = first_of_role(p, ROLE_NUMBER);
}

void sheet_arrange_notice(struct sheet *s, uint32_t title)
{
    struct paper *p = &s->paper;
    size_t cell = 0;
    s->is_notice = true;
    p->cells.n = 0;
    list_cells(s);
    p->head = p->body = unit_cells(p, title, &cell);
    s->last = (uint32_t)s->units.n;
    paper_find_lists(p);
    paper_find_signature(p);
    s->a->blocks.n = s->a->skipped.n = 0;
    keep_inside(s);
    add_below_head(s);
}

/* Whether one of the first stretches is a greeting, or names a kind of notice in capitals. */
static bool may_be_notice(const struct article *a)
{
    enum { FIRST = 10 };
    struct paper_cells cells = {0};
    uint64_t found = 0;
    for (uint32_t i = 0; i < a->blocks.n && i < FIRST; i++)
        paper_add_cells(&cells, a->rules, a->text, a->blocks.at[i].text, i, false);
    for (uint32_t i = 0; i < a->skipped.n && i < FIRST; i++)
        paper_add_cells(&cells, a->rules, a->text, a->skipped.at[i].text, i, false);
    for (size_t i = 0; i < cells.n; i++)
        found |=
            cells.at[i].line.all_capitals ? cells.at[i].signs : cells.at[i].signs & PAPER_GREETING;
    vec_free(&cells);
    return found & (PAPER_GREETING | PAPER_KIND);
}

void paper_find(struct article *a)
{
    bool paper = may_be_paper(a);
    if (!paper && !may_be_notice(a))
        return;
    struct sheet s = {.a = a, .paper = {.a = a}};
    list_units(&s);
    if (paper)
        list_cells(&s);
    if (paper_find_head(&s.paper)) {
        paper_find_lists(&s.paper);
        paper_find_signature(&s.paper);
        paper_find_pages(&s.paper);
        arrange(&s);
    } else {
        sheet_read_notice(&s);
    }
    vec_free(&s.units);
    vec_free(&s.inside);
    vec_free(&s.paper.cells);
}
