#include "article/format/html_parse.h"

#include "article/format/entity.h"
#include "article/format/superscript.h"
#include "base/ascii.h"
#include "base/nfc.h"
#include "base/utf8.h"

/* The part of the decoded text that a text from the parser was made from. */
struct place {
    size_t from, to;
    bool linear;
};

static bool is_at(const struct html_parser *p, size_t at, struct sv text)
{
    return at + text.n <= p->source.n && memcmp(p->source.p + at, text.p, text.n) == 0;
}

/* Whether the text begins with a reference to an ampersand, and not with an ampersand. */
static bool is_written_out(struct sv rest)
{
    uint32_t code;
    return entity_decode(rest, &code) && code == '&';
}

/* Finds the place of a text from the parser: right after the text before it, right in front of the
 * position of the parser, a reference, or somewhere between the two. */
static struct place find_place(const struct html_parser *p, struct sv text, size_t bound)
{
    const char *source = p->source.p;
    bool goes_on = p->tag_at <= p->cursor;
    size_t low = goes_on || p->tag_at > bound ? p->cursor : p->tag_at;
    if (goes_on && is_at(p, p->cursor, text) && p->cursor + text.n <= bound)
        return (struct place){p->cursor, p->cursor + text.n, true};
    if (bound >= p->cursor + text.n && is_at(p, bound - text.n, text))
        return (struct place){bound - text.n, bound, true};
    if (text.n <= 8 && bound > low) {
        size_t near = bound - low > 48 ? bound - 48 : low;
        const char *entity = goes_on && source[low] == '&'
                                 ? source + low
                                 : memrchr(source + near, '&', bound - near);
        size_t at = entity ? (size_t)(entity - source) : 0;
        if (entity && sv_is(text, "&") && !is_written_out(sv_sub(p->source, at, p->source.n - at)))
            return (struct place){at, at + 1, true};
        if (entity)
            return (struct place){at, bound, false};
    }
    size_t window = bound + 8 < p->source.n ? bound + 8 : p->source.n;
    const char *hit = memmem(source + low, window - low, text.p, text.n);
    if (!hit)
        hit = memmem(source + p->cursor, window - p->cursor, text.p, text.n);
    if (hit)
        return (struct place){(size_t)(hit - source), (size_t)(hit - source) + text.n, true};
    if (bound == p->cursor) /* the position of the parser is unknown */
        bound = p->cursor + text.n < p->source.n ? p->cursor + text.n : p->source.n;
    return (struct place){p->cursor, bound, false};
}

static void add_text(struct html_parser *p, struct sv text, struct place place)
{
    struct html_text *t = &p->page->text;
    uint32_t code;
    char bytes[4];
    if (!place.linear && text.n && utf8_decode(text, &code) == text.n &&
        entity_meaning(code) != code) {
        text = (struct sv){bytes, utf8_encode(entity_meaning(code), bytes)};
        html_text_add(t, text, place.from, place.to, false);
        return;
    }
    html_text_add(t, text, place.from, place.to, place.linear);
}

/* Adds text that is not read. Inside a line it is a hole. */
static void add_hidden(struct html_parser *p, struct sv text, struct place place,
                       enum skip_reason reason)
{
    struct html_text *t = &p->page->text;
    html_text_flush(t);
    size_t from = t->out.n;
    add_text(p, text, place);
    html_text_flush(t);
    if (from > t->out.n)
        from = t->out.n;
    while (from > t->line && from < t->out.n && ((unsigned char)t->out.p[from] & 0xC0) == 0x80)
        from--;
    struct span hole = {(uint32_t)from, (uint32_t)(t->out.n - from)};
    p->hidden += hole.len;
    struct skipped *last =
        p->page->holes.n > p->first_hole ? &p->page->holes.at[p->page->holes.n - 1] : NULL;
    if (last && last->text.off + last->text.len >= hole.off && last->reason == reason)
        last->text.len = hole.off + hole.len - last->text.off;
    else if (hole.len)
        *vec_push(&p->page->holes) = (struct skipped){hole, reason};
}

/* Puts a space between a visible word and the text after it that is not read. */
static void part_from_word(struct html_parser *p, struct place place)
{
    struct html_text *t = &p->page->text;
    if (t->out.n + t->codes.n == t->line || t->space)
        return;
    t->space = true;
    t->space_from = place.from;
}

/* Puts a space between a hole and the text behind it, so that they are no one word. */
static void part_from_hole(struct html_parser *p, struct sv text, struct place place)
{
    struct html_text *t = &p->page->text;
    if (p->page->holes.n == p->first_hole || !text.n)
        return;
    html_text_flush(t);
    struct span hole = p->page->holes.at[p->page->holes.n - 1].text;
    bool word = ascii_is_letter(text.p[0]) || ascii_is_digit(text.p[0]) || text.p[0] & 0x80;
    if (word && !t->space && hole.off + hole.len == t->out.n) {
        t->space = true;
        t->space_from = place.from;
    }
}

static void add_raised(struct html_parser *p, struct sv text, struct place place)
{
    struct html_text *t = &p->page->text;
    html_text_flush(t);
    struct sv before = sv_sub(buf_sv(&t->out), t->line, t->out.n - t->line);
    enum superscript kind = t->space ? SUPERSCRIPT_TEXT : superscript_kind(before, sv_trim(text));
    if (kind == SUPERSCRIPT_NOTE) {
        part_from_word(p, place);
        add_hidden(p, text, place, SKIP_NOTES);
        return;
    }
    part_from_hole(p, text, place);
    for (size_t i = 0; i < text.n && kind == SUPERSCRIPT_POWER; i++)
        html_text_add(t, sv_of(superscript_sign(text.p[i])), place.from + i, place.from + i + 1,
                      false);
    if (kind == SUPERSCRIPT_TEXT)
        add_text(p, text, place);
}

/* A text of a formula, while it is said. */
struct formula_text {
    struct html_parser *p;
    struct place place; /* of the text */
};

static void add_word(void *user, struct sv word, size_t from, size_t to)
{
    struct html_text *t = user;
    t->space_from = t->space_from < from ? t->space_from : from;
    html_text_add(t, word, from, to, false);
}

void html_add_words(struct html_parser *p, struct sv words, size_t next)
{
    struct html_text *t = &p->page->text;
    html_text_flush(t);
    math_divide(words, source_map_source_end(&t->map), next, add_word, t);
}

static void add_of_formula(void *user, struct sv text, size_t from, size_t n)
{
    const struct formula_text *f = user;
    struct place part = f->place;
    if (!n) {
        html_add_words(f->p, text, part.from);
        return;
    }
    if (part.linear)
        part = (struct place){part.from + from, part.from + from + n, true};
    part.linear = part.linear && is_at(f->p, part.from, text);
    add_text(f->p, text, part);
}

static void add_formula(struct html_parser *p, struct sv text, struct place place)
{
    struct sv said = text;
    unsigned flags;
    if (!mathml_before(&p->formula, &said, sv_from(p->source, place.to), &flags))
        return;
    if (place.linear)
        place.from += (size_t)(said.p - text.p);
    part_from_hole(p, said, place);
    struct formula_text f = {p, place};
    math_say(&p->formula.math, said, flags | (place.linear ? MATH_EXACT : 0), add_of_formula, &f);
}

static bool is_blank(struct sv text)
{
    return !sv_trim(text).n;
}

/* Puts a space between two links that only a style sheet parts, and between a link and a text that
 * begins with a capital behind a small letter: "<a>Cũ nhất</a><span>Tự động". */
static void part_links(struct html_parser *p, struct sv text, struct place place)
{
    struct html_text *t = &p->page->text;
    uint32_t link = html_top(p)->link, before, code;
    if (!p->line_begun || link == p->last_link || t->space)
        return;
    html_text_flush(t);
    size_t at = t->out.n;
    while (at > t->line && ((unsigned char)t->out.p[--at] & 0xC0) == 0x80)
        continue;
    if (at >= t->out.n || !text.n || !utf8_decode(text, &code))
        return;
    utf8_decode(sv_sub(buf_sv(&t->out), at, t->out.n - at), &before);
    bool letters = char_kind_of(before) == CHAR_LETTER && char_kind_of(code) == CHAR_LETTER;
    if (letters && ((link && p->last_link) || (char_is_small(before) && !char_is_small(code))))
        part_from_word(p, place);
}

/* Counts text for its line. */
static void count_piece(struct html_parser *p, size_t n)
{
    const struct html_frame *f = html_top(p);
    if (!p->line_begun) {
        p->line = (struct html_line){.node = f->node, .tag = f->tag, .link = f->link};
        p->line_begun = true;
    }
    p->line.linked += f->flags & IN_LINK ? (uint32_t)n : 0;
    p->line.bold += f->flags & IN_BOLD ? (uint32_t)n : 0;
}

/* Adds the number of an item in front of its text. Each byte was made from one of the markup there,
 * which has as many. */
static void add_number(struct html_parser *p, struct sv text, struct place place)
{
    struct html_text *t = &p->page->text;
    struct sv number = buf_sv(&p->number);
    size_t low = source_map_source_end(&t->map), at = place.from;
    at = at > low + number.n ? at - number.n : low;
    if (!list_number_is_written(number, text) && place.from > low) {
        part_from_hole(p, number, (struct place){at, at + 1, false});
        t->space_from = t->space_from < at ? t->space_from : at;
        for (size_t i = 0; i < number.n; i++, at += at + 1 < place.from)
            html_text_add(t, sv_sub(number, i, 1), at, at + 1, false);
        count_piece(p, number.n);
    }
    buf_clear(&p->number);
}

static void add_piece(struct html_parser *p, struct sv text, struct place place)
{
    struct html_frame f = *html_top(p);
    if (!is_blank(text)) {
        part_links(p, text, place);
        count_piece(p, text.n);
        p->last_link = f.link;
    }
    bool hidden = f.flags & IN_HIDDEN;
    if (hidden != p->was_hidden)
        part_from_word(p, place);
    p->was_hidden = hidden;
    if (p->number.n && !hidden && !is_blank(text))
        add_number(p, text, place);
    if (hidden)
        add_hidden(p, text, place, SKIP_HIDDEN);
    else if (f.flags & IN_RAISED)
        add_raised(p, text, place);
    else if (mathml_is_open(&p->formula))
        add_formula(p, text, place);
    else {
        part_from_hole(p, text, place);
        add_text(p, text, place);
    }
}

/* Adds preformatted text, in which a line feed ends a line. */
static void add_preformatted(struct html_parser *p, struct sv text, struct place place)
{
    while (place.linear && text.n) {
        const char *end = memchr(text.p, '\n', text.n);
        size_t n = end ? (size_t)(end - text.p) : text.n;
        add_piece(p, sv_sub(text, 0, n), (struct place){place.from, place.from + n, true});
        if (!end)
            return;
        html_end_line(p);
        text = sv_sub(text, n + 1, text.n - n - 1);
        place.from += n + 1;
    }
    if (text.n)
        add_piece(p, text, place);
}

void html_on_text(void *user, const char *bytes, size_t n)
{
    struct html_parser *p = user;
    if (p->stopped || html_top(p)->flags & IN_GONE)
        return;
    struct sv text = {bytes, n};
    struct place place = find_place(p, text, html_position(p));
    p->cursor = place.to;
    if (html_top(p)->flags & IN_PRE)
        add_preformatted(p, text, place);
    else
        add_piece(p, text, place);
}
