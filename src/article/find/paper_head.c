#include "article/find/paper_roles.h"

#include "article/find/boilerplate.h"

enum { MOST_CELLS = 24 }; /* of a letterhead */

/* Whether the cell is the national name, its motto or the name of the Party, and nothing else. */
static bool is_state_head(const struct paper_cell *c)
{
    return c->whole && (c->signs & (PAPER_NATION | PAPER_MOTTO | PAPER_PARTY)) &&
           (c->line.all_capitals || !(c->signs & PAPER_PARTY));
}

/* ---- the lines of the letterhead ---- */

struct head {
    bool has_issuer, has_kind, has_number, has_date, has_subject;
    bool state, motto;
    const struct paper_cell *subject; /* the last cell of it */
};

bool paper_is_boilerplate(const struct paper *p, struct sv line)
{
    const struct packed_table *known = rules_table(p->a->rules, TABLE_BOILERPLATE);
    return boilerplate_reason(known, line, false) != SKIP_NONE;
}

/* Whether the line may be the name of an office: it is in capitals, or the table knows it. */
static bool may_be_issuer(const struct paper_cell *c)
{
    enum { LONGEST = 110 };
    const struct line *l = &c->line;
    return l->chars <= LONGEST && l->words && l->end == END_NONE && !l->marker &&
           !(c->signs & (PAPER_OPENER | PAPER_RECIPIENTS)) &&
           (l->all_capitals || (c->signs & (PAPER_ISSUER | PAPER_PLACE)));
}

static bool is_kind_of_paper(const struct paper_cell *c)
{
    return (c->signs & PAPER_KIND) && (c->line.all_capitals || c->whole);
}

/* Whether the line may be the subject of the paper, which follows the kind. */
static bool may_be_subject(const struct paper_cell *c)
{
    enum { LONGEST = 260 };
    const struct line *l = &c->line;
    return l->chars <= LONGEST && l->words >= 2 && !l->marker && l->end != END_SENTENCE &&
           l->end != END_OPEN && !line_reads_as_prose(l) && !(c->signs & PAPER_OPENER) &&
           !(l->all_capitals && (c->signs & (PAPER_SIGNER | PAPER_ISSUER)));
}

static bool continues_subject(const struct head *h, const struct paper_cell *c)
{
    enum { LONGEST = 220 };
    const struct line *l = &c->line;
    if (!h->subject || h->subject->column != c->column || l->marker || l->chars > LONGEST ||
        (c->signs & PAPER_OPENER) || l->all_capitals != h->subject->line.all_capitals)
        return false;
    bool ended = h->subject->line.end == END_SENTENCE || h->subject->line.end == END_OPEN;
    return l->starts_small ? !ended || h->subject->line.end == END_OPEN
                           : !c->blank_before && !ended && may_be_subject(c);
}

/* The role of the next cell of the letterhead; ROLE_NONE: the letterhead ends before it. */
static enum paper_role role_in_head(const struct head *h, const struct paper_cell *c)
{
    if (is_state_head(c))
        return ROLE_SKIPPED;
    if (c->is_number && !h->has_number)
        return ROLE_NUMBER;
    if (c->is_place && !h->has_date)
        return ROLE_DATE;
    if (!h->has_kind && is_kind_of_paper(c))
        return ROLE_KIND;
    if (!h->has_subject && (c->signs & PAPER_SUBJECT))
        return ROLE_SUBJECT;
    if (continues_subject(h, c))
        return ROLE_SUBJECT;
    if (h->has_kind)
        return !h->has_subject && may_be_subject(c) ? ROLE_SUBJECT : ROLE_NONE;
    return may_be_issuer(c) ? ROLE_ISSUER : ROLE_NONE;
}

static void note_role(struct head *h, const struct paper_cell *c, enum paper_role role)
{
    h->has_issuer = h->has_issuer || role == ROLE_ISSUER;
    h->has_kind = h->has_kind || role == ROLE_KIND;
    h->has_number = h->has_number || role == ROLE_NUMBER;
    h->has_date = h->has_date || role == ROLE_DATE;
    h->has_subject = h->has_subject || role == ROLE_SUBJECT;
    h->state = h->state || (role == ROLE_SKIPPED && !(c->signs & PAPER_MOTTO));
    h->motto = h->motto || (role == ROLE_SKIPPED && (c->signs & PAPER_MOTTO));
    if (role == ROLE_SUBJECT)
        h->subject = c;
    else if (role == ROLE_KIND)
        h->subject = NULL;
}

/* Whether the cell is a line such as "-----o0o-----". */
static bool is_head_ornament(const struct paper *p, size_t i)
{
    struct buf words = BUF_INIT;
    if (p->cells.at[i].line.words > 1)
        return false;
    paper_words(&words, paper_text(p, i));
    bool ornament = sv_is(buf_sv(&words), "o0o") || sv_is(buf_sv(&words), "ooo");
    buf_free(&words);
    return ornament;
}

/* Reads the letterhead that starts at cell `from` into *h. If `set` is true, sets the roles of its
 * cells. Returns the cell after it. */
static size_t read_head(struct paper *p, size_t from, struct head *h, bool set)
{
    size_t end = from;
    *h = (struct head){0};
    for (size_t i = from; i < p->cells.n && i < from + MOST_CELLS; i++) {
        struct paper_cell *c = &p->cells.at[i];
        if (!c->line.has_content)
            continue;
        if (is_head_ornament(p, i)) {
            if (set)
                paper_skip_cell(c, SKIP_DECORATION);
            continue;
        }
        enum paper_role role = role_in_head(h, c);
        if (!role)
            break;
        note_role(h, c, role);
        end = i + 1;
        if (set && role == ROLE_SKIPPED)
            paper_skip_cell(c, SKIP_MOTTO);
        else if (set)
            c->role = (uint8_t)role;
    }
    return end;
}

/* ---- is it one? ---- */

/* Counts the signs of a letterhead. Those that only papers have count twice. */
static unsigned score(const struct head *h, const struct paper *p, size_t body)
{
    bool opens = body < p->cells.n && (p->cells.at[body].signs & PAPER_OPENER);
    return 2u * h->state + h->motto + 2u * h->has_number + h->has_date + h->has_kind +
           h->has_subject + h->has_issuer + opens;
}

/* The first cell of a letterhead: the names of offices above its first sure line belong to it. */
static size_t begin_of_head(const struct paper *p, size_t sure)
{
    enum { MOST_LINES = 4 };
    size_t from = sure;
    for (size_t i = sure, lines = 0; i-- > 0 && lines < MOST_LINES;) {
        const struct paper_cell *c = &p->cells.at[i];
        if (!c->line.has_content)
            continue;
        if (!may_be_issuer(c) && !is_kind_of_paper(c))
            break;
        if (paper_is_boilerplate(p, paper_text(p, i)))
            break;
        from = i;
        lines++;
    }
    return from;
}

bool paper_find_head(struct paper *p)
{
    enum { ENOUGH = 4, ENOUGH_STATE = 3 };
    for (size_t i = 0; i < p->cells.n; i++) {
        const struct paper_cell *c = &p->cells.at[i];
        if (!is_state_head(c) && !c->is_number)
            continue;
        struct head h;
        size_t from = begin_of_head(p, i), to = read_head(p, from, &h, false);
        if (to <= i || score(&h, p, to) < (h.state ? ENOUGH_STATE : ENOUGH))
            continue;
        p->head = from;
        p->body = read_head(p, from, &h, true);
        return true;
    }
    return false;
}

/* ---- below the letterhead ---- */

/* Whether the cell is "Nơi nhận:", alone or with the first recipient after it. */
static bool begins_recipients(const struct paper *p, size_t i)
{
    const struct paper_cell *c = &p->cells.at[i];
    if (!(c->signs & PAPER_RECIPIENTS))
        return false;
    struct sv v = paper_text(p, i);
    const char *colon = memchr(v.p, ':', v.n);
    return c->whole || (colon && (size_t)(colon - v.p) <= strlen("NƠI NHẬN") + 4);
}

/* Whether the cell is a line of the list ("- Như Điều 3;", "Lưu: VT."), or if `open`, the rest of
 * one. */
static bool is_recipient(const struct paper *p, size_t i, bool open)
{
    enum { LONGEST = 160 };
    const struct paper_cell *c = &p->cells.at[i];
    if (c->line.chars > LONGEST || (c->line.all_capitals && (c->signs & PAPER_SIGNER)))
        return false;
    return (c->signs & PAPER_COPY) || *paper_text(p, i).p == '-' ||
           (c->line.marker && !c->line.numbered) ||
           (open && (c->line.starts_small || c->line.end == END_OPEN));
}

static void skip_recipients(struct paper *p, size_t begin)
{
    enum { MOST = 40 };
    struct paper_cell *c = &p->cells.at[begin];
    uint16_t column = c->column;
    bool open = true;
    paper_skip_cell(c, SKIP_RECIPIENTS);
    for (size_t i = begin + 1; i < p->cells.n && i < begin + MOST; i++) {
        c = &p->cells.at[i];
        if (!c->line.has_content || c->role || c->column > column)
            continue;
        if (!is_recipient(p, i, open))
            return;
        paper_skip_cell(c, SKIP_RECIPIENTS);
        open = c->line.end != END_SENTENCE;
    }
}

void paper_find_lists(struct paper *p)
{
    for (size_t i = p->body; i < p->cells.n; i++) {
        struct paper_cell *c = &p->cells.at[i];
        if (!c->role && is_state_head(c))
            paper_skip_cell(c, SKIP_MOTTO);
        else if (!c->role && begins_recipients(p, i))
            skip_recipients(p, i);
    }
}
