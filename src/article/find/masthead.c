#include "article/find/masthead.h"

#include "article/find/dateline.h"
#include "article/find/people.h"

/* Appends the parts of a publication line as pieces: the date, and the skipped parts around it. */
static void add_date_pieces(struct pieces *out, const struct piece *whole, const struct dateline *d)
{
    struct dateline_pieces parts = {0};
    dateline_split(d, whole->text.len, &parts);
    for (size_t i = 0; i < parts.n; i++) {
        struct span span = parts.at[i].text;
        enum skip_reason reason = parts.at[i].reason;
        uint8_t kind = reason ? BLOCK_PARAGRAPH : BLOCK_DATE;
        *vec_push(out) = (struct piece){{whole->text.off + span.off, span.len}, reason, kind};
    }
    vec_free(&parts);
}

/* Replaces the piece by the parts of its publication line. */
static void split_piece(struct draft *draft, size_t at, const struct dateline *d)
{
    struct pieces all = {0};
    char iso[ISO_DATE_SIZE];
    vec_reserve(&all, draft->pieces.n);
    for (size_t i = 0; i < draft->pieces.n; i++) {
        if (i == at)
            add_date_pieces(&all, &draft->pieces.at[i], d);
        else
            *vec_push(&all) = draft->pieces.at[i];
    }
    vec_free(&draft->pieces);
    draft->pieces = all;
    dateline_iso(d, iso);
    draft->a->date = arena_dup(&draft->a->arena, sv_of(iso));
}

static bool try_date(struct draft *draft, size_t at)
{
    struct dateline d;
    bool found = dateline_parse(draft->a->rules, draft_piece_text(draft, at), &d) && d.date.len;
    if (found)
        split_piece(draft, at, &d);
    dateline_free(&d);
    return found;
}

/* ---- the title ---- */

/* Whether a program, not the author, wrote this title into the properties. */
static bool is_default_title(struct sv v)
{
    return sv_starts(v, SV("Microsoft Word")) || sv_starts(v, SV("Document")) ||
           sv_starts(v, SV("PowerPoint")) || sv_starts(v, SV("Slide ")) || !memchr(v.p, ' ', v.n);
}

static bool has_title(const struct draft *draft)
{
    for (size_t i = draft->properties; i < draft->pieces.n; i++)
        if (draft->pieces.at[i].kind == BLOCK_TITLE)
            return true;
    return false;
}

/* Gives a document without a title the title of its properties. If the first paragraph repeats that
 * title, the paragraph becomes the title instead. */
static void find_title(struct draft *draft)
{
    size_t first = draft->properties;
    if (!first || has_title(draft))
        return;
    struct sv title = draft_piece_text(draft, 0);
    if (first < draft->pieces.n && sv_eq(draft_piece_text(draft, first), title))
        draft->pieces.at[first].kind = BLOCK_TITLE;
    else if (!is_default_title(title))
        draft->pieces.at[0].reason = SKIP_NONE;
}

/* ---- date and byline ---- */

static void find_date(struct draft *draft)
{
    enum { FIRST = 4, LONGEST = 200 };
    size_t seen = 0;
    for (size_t i = 0; i < draft->pieces.n && seen < FIRST; i++) {
        const struct piece *p = &draft->pieces.at[i];
        if (p->reason)
            continue;
        seen++;
        if (p->kind == BLOCK_PARAGRAPH && p->text.len < LONGEST && try_date(draft, i))
            return;
    }
}

static void find_byline(struct draft *draft)
{
    enum { FEWEST_BLOCKS = 3 };
    size_t last = 0;
    for (size_t i = 0; i < draft->pieces.n; i++)
        if (draft->pieces.at[i].kind == BLOCK_BYLINE && !draft->pieces.at[i].reason)
            return;
        else if (!draft->pieces.at[i].reason)
            last = i;
    if (draft->blocks < FEWEST_BLOCKS || draft->pieces.at[last].kind != BLOCK_PARAGRAPH)
        return;
    struct sv line = draft_piece_text(draft, last);
    if (people_is_byline(draft->a->rules, line) && people_source_part(line) == line.n)
        draft->pieces.at[last].kind = BLOCK_BYLINE;
}

void masthead_find(struct draft *draft)
{
    if (draft->keep_all)
        return;
    find_title(draft);
    find_date(draft);
    find_byline(draft);
}
