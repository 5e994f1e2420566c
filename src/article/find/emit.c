#include "article/find/emit.h"

#include "article/find/people.h"
#include "article/find/same_text.h"

static struct span part_of(struct span whole, size_t from, size_t length)
{
    return (struct span){whole.off + (uint32_t)from, (uint32_t)length};
}

/* ---- Blocks ---- */

/* Only weekday and date of a publication line are read. */
static struct span date_part(const struct search *s)
{
    struct dateline d;
    dateline_parse(s->a->rules, search_text(s, (size_t)s->date), &d);
    struct span span = part_of(s->lines.at[s->date].text, d.date.off, d.date.len);
    dateline_free(&d);
    return span;
}

/* "Tác giả: Hà Vy / Báo Sớm Mai" is read without the source's own name. */
static struct span byline_part(const struct search *s)
{
    struct sv text = search_text(s, (size_t)s->byline);
    struct sv names = sv_trim(sv_sub(text, 0, people_source_part(text)));
    return part_of(s->lines.at[s->byline].text, 0, names.n);
}

/* The <title> of a page is read without the name of the site. */
static struct span title_part(const struct search *s)
{
    const struct line *l = &s->lines.at[s->title];
    size_t length = l->text.len;
    if (!l->shown)
        length = title_without_site(search_text(s, (size_t)s->title));
    return part_of(l->text, 0, length);
}

/* Whether a paragraph continues after a <br>: in the same element, in mid sentence. */
static bool continues_after_break(const struct search *s, size_t i)
{
    const struct line *l = &s->lines.at[i], *next = l + 1;
    if (!s->page || line_is_settled(s, i) || line_is_settled(s, i + 1))
        return false;
    bool paragraphs = (l->kind == BLOCK_PARAGRAPH || l->kind == BLOCK_SAPO) &&
                      next->kind == BLOCK_PARAGRAPH && l->node == next->node;
    bool ended = l->end == END_SENTENCE || l->end == END_QUESTION;
    return paragraphs && !next->reason && !l->marker && !next->marker && next->starts_small &&
           !ended;
}

/* Whether the next line belongs to the same block: another cell of the table row `row`, or the
 * rest of a broken sentence. */
static bool shares_block(const struct search *s, size_t i, uint32_t row)
{
    const struct line *next = &s->lines.at[i + 1];
    if (s->lines.at[i].reason)
        return false;
    if (row)
        return next->row == row && !next->reason && next->kind == BLOCK_TABLE;
    return continues_after_break(s, i);
}

static size_t end_of_block(const struct search *s, size_t i)
{
    uint32_t row = s->lines.at[i].row;
    while (i + 1 < s->lines.n && shares_block(s, i, row))
        i++;
    return i + 1;
}

static void add_block(struct search *s, struct span text, uint8_t kind)
{
    *vec_push(&s->a->blocks) = (struct block){.kind = kind, .text = text};
}

static void add_text_blocks(struct search *s, bool sapo)
{
    for (size_t i = 0; i < s->lines.n;) {
        const struct line *l = &s->lines.at[i];
        size_t end = end_of_block(s, i);
        if (!l->reason && !line_is_settled(s, i) && (l->kind == BLOCK_SAPO) == sapo) {
            struct span last = s->lines.at[end - 1].text;
            add_block(s, part_of(l->text, 0, last.off + last.len - l->text.off), l->kind);
        }
        i = end;
    }
}

static void add_blocks(struct search *s)
{
    if (s->title >= 0)
        add_block(s, title_part(s), BLOCK_TITLE);
    if (s->date >= 0)
        add_block(s, date_part(s), BLOCK_DATE);
    add_text_blocks(s, true);
    add_text_blocks(s, false);
    if (s->byline >= 0)
        add_block(s, byline_part(s), BLOCK_BYLINE);
    else if (s->names.len)
        add_block(s, s->names, BLOCK_BYLINE);
}

/* ---- What is skipped ---- */

/* Skips a part of the publication line, without the names that it may begin with. */
static void skip_date_piece(struct search *s, struct span piece, enum skip_reason reason)
{
    size_t read = s->names.len && s->names.off == piece.off ? s->names.len : 0;
    struct span rest = part_of(piece, read, piece.len - read);
    if (rest.len)
        article_skip(s->a, rest, read ? SKIP_SOURCE : reason);
}

static void skip_around_date(struct search *s)
{
    struct span whole = s->lines.at[s->date].text;
    struct dateline_pieces pieces = {0};
    struct dateline d;
    dateline_parse(s->a->rules, search_text(s, (size_t)s->date), &d);
    dateline_split(&d, whole.len, &pieces);
    for (size_t i = 0; i < pieces.n; i++) {
        struct dateline_piece p = pieces.at[i];
        if (p.reason)
            skip_date_piece(s, part_of(whole, p.text.off, p.text.len), p.reason);
    }
    vec_free(&pieces);
    dateline_free(&d);
}

/* Skips what is hidden inside a block, in the list of the page from *hole on. */
static void skip_hidden(struct search *s, struct span block, size_t *hole)
{
    uint32_t end = block.off + block.len;
    for (; s->page && *hole < s->page->holes.n; ++*hole) {
        struct span span = s->page->holes.at[*hole].text;
        if (span.off >= end)
            return;
        if (span.off >= block.off && span.off + span.len <= end)
            article_skip(s->a, span, s->page->holes.at[*hole].reason);
    }
}

/* Skips an agency's name at the start of a paragraph and returns the rest. `opening`: this may be
 * the first paragraph of the article. */
static struct span skip_agency(struct search *s, size_t i, bool opening)
{
    struct span whole = s->lines.at[i].text;
    size_t n = boilerplate_agency(s->boilerplate, search_text(s, i), opening && s->is_page);
    if (!n || n >= whole.len)
        return whole;
    article_skip(s->a, part_of(whole, 0, n), SKIP_AGENCY);
    return part_of(whole, n, whole.len - n);
}

/* The part of the line that is read; the rest is skipped. */
static struct span skip_inside(struct search *s, size_t i, bool opening)
{
    const struct line *l = &s->lines.at[i];
    if ((ptrdiff_t)i == s->byline || (ptrdiff_t)i == s->title) {
        struct span read = (ptrdiff_t)i == s->title ? title_part(s) : byline_part(s);
        article_skip(s->a, part_of(l->text, read.len, l->text.len - read.len), SKIP_SOURCE);
        return read;
    }
    if (l->kind == BLOCK_SAPO || l->kind == BLOCK_PARAGRAPH)
        return skip_agency(s, i, opening);
    return l->text;
}

/* Whether the line is an article's first paragraph. The sapo of an HTML page often has none of the
 * agency's name, which is then at the start of the text. */
static bool ends_opening(const struct search *s, const struct line *l)
{
    return l->prose && (l->kind == BLOCK_PARAGRAPH || (l->kind == BLOCK_SAPO && !s->page));
}

static void add_skipped(struct search *s)
{
    bool opening = true;
    size_t hole = 0;
    for (size_t i = 0; i < s->lines.n; i++) {
        const struct line *l = &s->lines.at[i];
        if (l->reason) {
            article_skip(s->a, l->text, l->reason);
        } else if ((ptrdiff_t)i == s->date) {
            skip_around_date(s);
        } else {
            skip_hidden(s, skip_inside(s, i, opening), &hole);
            opening = opening && !ends_opening(s, l);
        }
    }
}

void emit_article(struct search *s)
{
    add_blocks(s);
    add_skipped(s);
}
