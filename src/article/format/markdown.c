/*
 * Markdown (CommonMark, with GitHub's tables and struck-out text), through md4c. What md4c does not
 * know is done here: footnotes ([^1]) and raised text (10^6^), as in Pandoc and in site generators.
 */
#include <md4c.h>

#include "article/format/draft.h"
#include "article/format/entity.h"
#include "article/format/feed_date.h"
#include "article/format/format.h"
#include "article/format/front_matter.h"
#include "article/format/html_draft.h"
#include "base/ascii.h"
#include "base/utf8.h"

struct reader {
    struct draft *draft;
    struct sv text;         /* the article's text */
    struct buf copy;        /* the same, which md4c reads: spaces stand in place of the footnotes */
    VEC(struct span) notes; /* the footnotes */
    size_t notes_done;      /* how many of them are in the draft */
    enum skip_reason reason; /* why the open block is skipped */
    bool in_html;            /* a block of HTML is open */
    struct span html;        /* its bytes */
    struct html_notes html_notes;
    unsigned raised; /* <sup> is open */
    uint8_t kind;    /* of the block that is open */
    uint8_t level;   /* of the heading that is open */
    unsigned lists;  /* open */
    bool in_row, in_table;
    unsigned pictures; /* open */
    size_t left;       /* how many more blocks are read */
    bool wants_number; /* a numbered item of a list was opened, and has no text yet */
    unsigned numbered; /* whether a list is: bit 0 the innermost one, bit 1 the one around it */
};

static void end_block(struct reader *r)
{
    draft_end_piece(r->draft, r->kind, r->reason);
    r->kind = r->lists ? BLOCK_LIST : BLOCK_PARAGRAPH;
    r->reason = SKIP_NONE;
}

/* The first heading is the title if nothing above it is read. */
static enum block_kind heading_kind(const struct reader *r)
{
    return r->draft->blocks ? BLOCK_HEADING : BLOCK_TITLE;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    (void)detail;
    struct reader *r = user;
    if (!r->left)
        return 1; /* a few bytes can make a table with millions of empty cells */
    r->left--;
    if (type == MD_BLOCK_TD || type == MD_BLOCK_TH) {
        draft_add_filler(r->draft, "; ");
        return 0;
    }
    end_block(r);
    switch (type) {
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        r->lists++;
        r->kind = BLOCK_LIST;
        r->numbered = r->numbered << 1 | (type == MD_BLOCK_OL);
        break;
    case MD_BLOCK_LI:
        r->wants_number = r->numbered & 1;
        break;
    case MD_BLOCK_H:
        r->kind = heading_kind(r);
        break;
    case MD_BLOCK_CODE:
        r->reason = SKIP_CODE;
        break;
    case MD_BLOCK_HTML:
        r->in_html = true;
        r->html = NO_SPAN;
        break;
    case MD_BLOCK_TR:
        r->kind = BLOCK_TABLE;
        break;
    default:
        break;
    }
    return 0;
}

/* Adds the text in a block of HTML. */
static void end_html(struct reader *r)
{
    const struct html_part part = {NULL, sv_at(r->text, r->html), r->html.off, SKIP_NONE};
    if (r->in_html && r->html.len)
        html_draft_read(&part, &r->html_notes, r->draft);
    r->in_html = false;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    (void)detail;
    struct reader *r = user;
    if (type == MD_BLOCK_TD || type == MD_BLOCK_TH)
        return 0;
    bool list = type == MD_BLOCK_UL || type == MD_BLOCK_OL;
    end_html(r);
    if (list && r->lists)
        r->lists--;
    if (list)
        r->numbered >>= 1;
    end_block(r);
    return 0;
}

/* The description of a picture is read as a caption; its address is not. */
static int enter_span(MD_SPANTYPE type, void *detail, void *user)
{
    (void)detail;
    struct reader *r = user;
    if (type == MD_SPAN_IMG && !r->pictures++ && r->kind == BLOCK_PARAGRAPH &&
        !draft_has_text(r->draft))
        r->kind = BLOCK_CAPTION;
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *user)
{
    (void)detail;
    struct reader *r = user;
    if (type != MD_SPAN_IMG || !r->pictures || --r->pictures)
        return 0;
    if (r->kind == BLOCK_CAPTION)
        end_block(r);
    return 0;
}

/* Sets the place of a text from md4c in the text of the article; false: it is not from there. */
static bool place_of(const struct reader *r, struct sv text, struct span *place)
{
    uintptr_t at = (uintptr_t)text.p, begin = (uintptr_t)r->copy.p;
    if (at < begin || at + text.n > begin + r->text.n)
        return false;
    *place = (struct span){(uint32_t)(at - begin), (uint32_t)text.n};
    return true;
}

/* Adds the number of a list item, such as "1.", in front of its text. To md4c it is markup. */
static void add_number(struct reader *r, uint32_t before)
{
    struct sv text = r->text;
    size_t line = before, end, from;
    while (line && text.p[line - 1] != '\n')
        line--;
    for (end = before; end > line && text.p[end - 1] != '.' && text.p[end - 1] != ')'; end--)
        if (text.p[end - 1] >= '0' && text.p[end - 1] <= '9')
            return;
    from = end > line ? end - 1 : end;
    while (from > line && text.p[from - 1] >= '0' && text.p[from - 1] <= '9')
        from--;
    if (end < from + 2)
        return;
    draft_add(r->draft, sv_sub(text, from, end - from),
              (struct span){(uint32_t)from, (uint32_t)(end - from)});
    draft_add_filler(r->draft, " ");
}

static void add_entity(struct reader *r, struct sv text, struct span place)
{
    uint32_t code;
    char bytes[4];
    if (entity_decode(text, &code) == text.n)
        text = (struct sv){bytes, utf8_encode(code, bytes)};
    draft_add(r->draft, text, place);
}

/* Adds the footnotes that stand before this place of the text. */
static void add_notes(struct reader *r, uint32_t before)
{
    for (; r->notes_done < r->notes.n && r->notes.at[r->notes_done].off < before; r->notes_done++) {
        struct span note = r->notes.at[r->notes_done];
        draft_end_piece(r->draft, r->kind, r->reason);
        draft_add(r->draft, sv_at(r->text, note), note);
        draft_end_piece(r->draft, BLOCK_PARAGRAPH, SKIP_NOTES);
    }
}

/* The length of [^1] or ^[a note] at the front; 0: it is none. */
static size_t mark_length(struct sv v)
{
    bool mark = sv_starts(v, SV("[^")), note = sv_starts(v, SV("^["));
    const char *end = mark || note ? memchr(v.p, ']', v.n) : NULL;
    size_t n = end ? (size_t)(end - v.p) + 1 : 0;
    return n > 3 && (note || !memchr(v.p, ' ', n)) ? n : 0;
}

/* The length of ^6^ at the front. */
static size_t raised_length(struct sv v)
{
    enum { LONGEST = 12 };
    const char *end = v.n > 2 && v.p[0] == '^' ? memchr(v.p + 1, '^', v.n - 1) : NULL;
    size_t n = end ? (size_t)(end - v.p) + 1 : 0;
    return n > 2 && n <= LONGEST && !memchr(v.p, ' ', n) ? n : 0;
}

static void add_words(struct reader *r, struct sv text, struct span place)
{
    for (size_t i = 0, from = 0; i <= text.n;) {
        struct sv rest = sv_sub(text, i, text.n - i);
        size_t mark = rest.n ? mark_length(rest) : 0;
        size_t raised = rest.n && !mark ? raised_length(rest) : 0;
        if (rest.n && !mark && !raised) {
            i++;
            continue;
        }
        uint32_t off = place.off + (uint32_t)i;
        draft_add(r->draft, sv_sub(text, from, i - from),
                  (struct span){place.off + (uint32_t)from, (uint32_t)(i - from)});
        if (mark)
            draft_add_hole(r->draft, sv_sub(rest, 0, mark), (struct span){off, (uint32_t)mark},
                           SKIP_NOTES);
        if (raised)
            draft_add_superscript(r->draft, sv_sub(rest, 1, raised - 2),
                                  (struct span){off + 1, (uint32_t)raised - 2});
        i += mark + raised + !rest.n;
        from = i;
    }
}

/* A tag within a line. */
static void read_tag(struct reader *r, struct sv tag)
{
    if (ascii_same(tag, SV("<sup>")))
        r->raised++;
    else if (ascii_same(tag, SV("</sup>")) && r->raised)
        r->raised--;
}

static void break_line(struct reader *r)
{
    uint8_t kind = r->kind;
    if (kind == BLOCK_TABLE || kind == BLOCK_TITLE) {
        draft_add_filler(r->draft, " ");
        return;
    }
    end_block(r);
    r->kind = kind;
}

static void add_placed(struct reader *r, MD_TEXTTYPE type, struct sv text, struct span place)
{
    add_notes(r, place.off);
    if (r->wants_number) {
        r->wants_number = false;
        add_number(r, place.off);
    }
    if (r->in_html)
        r->html =
            r->html.len ? (struct span){r->html.off, place.off + place.len - r->html.off} : place;
    else if (type == MD_TEXT_ENTITY)
        add_entity(r, text, place);
    else if (type == MD_TEXT_HTML && !r->reason)
        read_tag(r, text);
    else if (r->raised)
        draft_add_superscript(r->draft, text, place);
    else if (type == MD_TEXT_NORMAL)
        add_words(r, text, place);
    else
        draft_add(r->draft, text, place);
}

static int add_text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE n, void *user)
{
    struct reader *r = user;
    struct sv text = {bytes, n};
    struct span place;
    bool breaks =
        type == MD_TEXT_HTML && !r->reason && !r->in_html && ascii_starts(text, SV("<br"));
    if (type == MD_TEXT_BR || breaks)
        break_line(r);
    else if (type == MD_TEXT_SOFTBR)
        draft_add_filler(r->draft, " ");
    else if (place_of(r, text, &place))
        add_placed(r, type, text, place);
    else
        draft_add_filler(r->draft, text.n && text.p[0] == '\n' ? "\n" : " ");
    return 0;
}

/* ---- what stands around the text ---- */

static bool is_indented(struct sv line)
{
    return line.n && (line.p[0] == '\t' || sv_starts(line, SV("    ")));
}

static struct sv line_at(struct sv text, size_t at)
{
    const char *end = memchr(text.p + at, '\n', text.n - at);
    return sv_sub(text, at, end ? (size_t)(end - text.p) - at + 1 : text.n - at);
}

/* Whether the line begins a footnote: [^1]: a text. */
static bool begins_note(struct sv line)
{
    struct sv v = sv_trim(line);
    const char *end = sv_starts(v, SV("[^")) ? memchr(v.p, ']', v.n) : NULL;
    return end && !is_indented(line) && end > v.p + 2 && (size_t)(end - v.p) + 1 < v.n &&
           end[1] == ':';
}

/* The end of the footnote at `at`: its lines up to an empty one, and indented ones after that. */
static size_t note_end(struct sv text, size_t at)
{
    size_t end = at + line_at(text, at).n;
    for (size_t i = end; i < text.n;) {
        struct sv line = line_at(text, i);
        bool empty = !sv_trim(line).n, behind_empty = i > end;
        if (!empty && (begins_note(line) || (behind_empty && !is_indented(line))))
            break;
        i += line.n;
        end = empty ? end : i;
    }
    return end;
}

/* Finds the footnotes, and writes spaces in their place in the copy. Fenced code has none. */
static void find_notes(struct reader *r, size_t from)
{
    bool in_code = false;
    for (size_t i = from; i < r->text.n;) {
        struct sv line = line_at(r->text, i), v = sv_trim(line);
        in_code = in_code != (sv_starts(v, SV("```")) || sv_starts(v, SV("~~~")));
        if (in_code || !begins_note(line)) {
            i += line.n;
            continue;
        }
        size_t end = note_end(r->text, i);
        *vec_push(&r->notes) = (struct span){(uint32_t)i, (uint32_t)(end - i)};
        for (; i < end; i++)
            r->copy.p[i] = r->copy.p[i] == '\n' ? '\n' : ' ';
    }
}

static void add_part(struct reader *r, struct sv part, enum block_kind kind,
                     enum skip_reason reason)
{
    draft_add(r->draft, part, (struct span){(uint32_t)(part.p - r->text.p), (uint32_t)part.n});
    draft_end_piece(r->draft, kind, reason);
}

/* Adds the settings: the title and the author are read. */
static void add_front_matter(struct reader *r, const struct front_matter *f)
{
    struct draft *draft = r->draft;
    const struct {
        struct sv value;
        enum block_kind kind;
    } read[] = {{f->title, BLOCK_TITLE}, {f->author, BLOCK_BYLINE}};
    bool swap = f->author.n && f->author.p < f->title.p;
    size_t at = 0;
    for (size_t k = 0; k < 2; k++) {
        size_t i = swap ? 1 - k : k;
        if (!read[i].value.n || draft->keep_all || !memchr(read[i].value.p, ' ', read[i].value.n))
            continue;
        size_t value = (size_t)(read[i].value.p - r->text.p);
        add_part(r, sv_sub(r->text, at, value - at), BLOCK_PARAGRAPH, SKIP_FRONT_MATTER);
        add_part(r, read[i].value, read[i].kind, SKIP_NONE);
        at = value + read[i].value.n;
    }
    add_part(r, sv_sub(r->text, at, f->length - at), BLOCK_PARAGRAPH, SKIP_FRONT_MATTER);
    struct buf date = BUF_INIT;
    feed_date_append(&date, f->date);
    if (date.n >= 10 && ascii_is_digit(date.p[0]) && date.p[4] == '-')
        draft->a->date = arena_dup(&draft->a->arena, buf_sv(&date));
    buf_free(&date);
}

/* A heading that repeats the title of the settings. */
static void skip_repeated_title(struct draft *draft)
{
    size_t title = 0, i = 0;
    while (title < draft->pieces.n && draft->pieces.at[title].kind != BLOCK_TITLE)
        title++;
    for (i = title + 1; i < draft->pieces.n && draft->pieces.at[i].kind != BLOCK_HEADING;)
        i++;
    if (i < draft->pieces.n && !draft->keep_all &&
        sv_eq(draft_piece_text(draft, i), draft_piece_text(draft, title)))
        draft->pieces.at[i].reason = SKIP_REPEATED;
}

/* Reads the text after the front matter; false: md4c gave up. */
static bool parse(struct reader *r, size_t front)
{
    const MD_PARSER parser = {
        /* Authors of Vietnamese indent paragraphs: only fenced code is code. */
        .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS |
                 MD_FLAG_NOINDENTEDCODEBLOCKS,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = add_text,
    };
    int result = md_parse(r->copy.p + front, (MD_SIZE)(r->text.n - front), &parser, r);
    if (result < 0) /* its own failure; ours are greater than 0 */
        mem_exhausted();
    return result == 0;
}

static void free_reader(struct reader *r)
{
    buf_free(&r->copy);
    vec_free(&r->notes);
    html_notes_free(&r->html_notes);
}

enum format_result markdown_read(struct article *a, const struct format_options *options,
                                 struct draft *draft)
{
    struct reader r = {.draft = draft,
                       .text = a->text,
                       .copy = BUF_INIT,
                       .kind = BLOCK_PARAGRAPH,
                       .left = 1000 + 4 * a->text.n};
    struct front_matter front = front_matter_of(a->text);
    draft_begin(draft, a, options->raw);
    buf_add_sv(&r.copy, a->text);
    if (front.length)
        add_front_matter(&r, &front);
    find_notes(&r, front.length);
    bool parsed = parse(&r, front.length);
    if (parsed) {
        draft_end_piece(draft, BLOCK_PARAGRAPH, SKIP_NONE);
        add_notes(&r, (uint32_t)a->text.n);
        skip_repeated_title(draft);
    }
    free_reader(&r);
    if (parsed)
        return FORMAT_DRAFT;
    draft_free(draft);
    article_note(a, NO_SPAN, NOTE_FORMAT,
                 "it cannot be understood as Markdown, and is read as plain text");
    return FORMAT_TEXT;
}
