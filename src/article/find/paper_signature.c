#include "article/find/paper_roles.h"

#include "base/ascii.h"

enum { MOST_CELLS = 16 }; /* of a signature */

/* ---- the signer ---- */

/* Whether the cell is an office of a signer and nothing else: "KT. CHỦ TỊCH", "Trưởng thôn". */
static bool is_office(const struct paper_cell *c)
{
    enum { LONGEST = 90, MOST_WORDS = 6 };
    const struct line *l = &c->line;
    return (c->signs & PAPER_SIGNER) && !c->role && l->chars <= LONGEST && l->end == END_NONE &&
           !l->digits && !l->marker && !l->starts_small &&
           (l->all_capitals || l->words <= MOST_WORDS);
}

/* Whether the cell is the second line of an office: "XÃ HÒA SƠN", "ỦY BAN NHÂN DÂN". */
static bool continues_office(const struct paper_cell *c)
{
    return c->line.all_capitals && c->line.end == END_NONE &&
           (c->signs & (PAPER_PLACE | PAPER_ISSUER));
}

/* Whether the cell is a note such as "(Đã ký)" or "(Ký, ghi rõ họ tên)". */
static bool is_signed_note(const struct paper *p, size_t i)
{
    enum { MOST_WORDS = 10 };
    const struct paper_cell *c = &p->cells.at[i];
    char first = *paper_text(p, i).p;
    return (c->signs & PAPER_SIGNED) && c->line.words <= MOST_WORDS &&
           (c->whole || first == '(' || first == '[');
}

struct signature {
    size_t first, end;
    size_t names, notes, offices;
    bool two; /* two offices are in one line */
};

/* Reads the signature that starts with the office in cell `from`. False: it is not a signature. */
static bool read_signature(const struct paper *p, size_t from, struct signature *out)
{
    *out = (struct signature){.first = from};
    for (size_t i = from; i < p->cells.n && i < from + MOST_CELLS; i++) {
        const struct paper_cell *c = &p->cells.at[i];
        if (!c->line.has_content || c->role == ROLE_SKIPPED)
            continue;
        if (is_signed_note(p, i)) {
            out->notes++;
        } else if (is_office(c) || (i > from && !out->names && continues_office(c))) {
            if (out->names)
                break;
            out->two = out->two || (i == from + 1 && !c->begins_line && !out->notes);
            out->offices++;
        } else if (paper_is_name(p->signs, c, p->a->text)) {
            out->names++;
        } else {
            break;
        }
        out->end = i + 1;
        if (out->names == (out->two ? 2 : 1))
            break;
    }
    return out->end && (out->names || out->notes);
}

static bool follows_recipients(const struct paper *p, size_t i)
{
    enum { NEAR = 12 };
    for (size_t k = i > NEAR ? i - NEAR : 0; k < i + 2 && k < p->cells.n; k++)
        if (p->cells.at[k].role == ROLE_SKIPPED && p->cells.at[k].reason == SKIP_RECIPIENTS)
            return true;
    return false;
}

/* The evidence that this is the signature of the paper. */
static unsigned sureness(const struct paper *p, const struct signature *s)
{
    const struct paper_cell *c = &p->cells.at[s->first];
    return 4u * follows_recipients(p, s->first) + 2u * c->line.all_capitals + (s->notes > 0);
}

static void set_signature(struct paper *p, const struct signature *s)
{
    p->signature = s->first;
    p->signed_to = s->end;
    p->two_sign = s->two;
    for (size_t i = s->first; i < s->end; i++) {
        struct paper_cell *c = &p->cells.at[i];
        if (!c->role && c->line.has_content && !is_signed_note(p, i))
            c->role = ROLE_SIGNER;
    }
}

void paper_find_signature(struct paper *p)
{
    struct signature best = {0}, s;
    unsigned best_sure = 0;
    for (size_t i = p->body; i < p->cells.n; i++) {
        if (!is_office(&p->cells.at[i]) || !read_signature(p, i, &s))
            continue;
        unsigned sure = sureness(p, &s);
        /* Of equal ones the last wins; but if they follow lists of recipients, the first does,
         * because other papers may follow the first. */
        if (!best.end || sure > best_sure || (sure == best_sure && sure < 4)) {
            best = s;
            best_sure = sure;
        }
        i = s.end - 1;
    }
    if (best.end)
        set_signature(p, &best);
    for (size_t i = p->body; i < p->cells.n; i++) {
        struct paper_cell *c = &p->cells.at[i];
        if (!c->role && is_signed_note(p, i))
            paper_skip_cell(c, SKIP_SIGNED);
    }
}

/* ---- pages ---- */

/* The value of a cell that holds only a number; 0: it holds something else. *marked: the number
 * has dashes around it or "Trang" before it. */
static unsigned number_of_page(struct sv v, bool *marked)
{
    static const struct sv heads[] = {SV("Trang "), SV("trang "), SV("TRANG ")};
    unsigned number = 0;
    size_t digits = 0;
    *marked = false;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (sv_starts(v, heads[i])) {
            v = sv_from(v, heads[i].n);
            *marked = true;
        }
    if (v.n > 2 && v.p[0] == '-' && v.p[v.n - 1] == '-') {
        v = sv_trim(sv_sub(v, 1, v.n - 2));
        *marked = true;
    }
    while (digits < v.n && digits < 4 && ascii_is_digit(v.p[digits]))
        number = number * 10 + (unsigned)(v.p[digits++] - '0');
    if (!digits)
        return 0;
    while (*marked && digits < v.n && (v.p[digits] == '/' || ascii_is_digit(v.p[digits])))
        digits++;
    return digits == v.n ? number : 0;
}

void paper_find_pages(struct paper *p)
{
    enum { FEWEST_CELLS = 10 }; /* on a page */
    unsigned next = 0;
    size_t last = 0;
    for (size_t i = 0; i < p->cells.n; i++) {
        struct paper_cell *c = &p->cells.at[i];
        bool marked, alone = c->begins_line && (i + 1 == p->cells.n || c[1].begins_line);
        unsigned number = c->role || !alone ? 0 : number_of_page(paper_text(p, i), &marked);
        bool expected = number && (next ? number == next : number == 1 || number == 2) &&
                        i >= last + (number == 1 ? 0 : FEWEST_CELLS);
        if (!number || !(marked || expected))
            continue;
        paper_skip_cell(c, SKIP_PAGE);
        next = number + 1;
        last = i;
    }
}
