/*
 * Markdown (CommonMark, with GitHub's tables and struck-out text), through md4c.
 */
#include <md4c.h>

#include "article/format/draft.h"
#include "article/format/entity.h"
#include "article/format/format.h"
#include "base/utf8.h"

struct reader {
    struct draft *draft;
    struct sv text;     /* the article's text, which md4c reads */
    const char *reason; /* why the open block is skipped: "code", "markup"; or NULL */
    uint8_t kind;       /* of the block that is open */
    uint8_t level;      /* of the heading that is open */
    unsigned lists;     /* open */
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
    r->reason = NULL;
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
        r->reason = "code";
        break;
    case MD_BLOCK_HTML:
        r->reason = "markup";
        break;
    case MD_BLOCK_TR:
        r->kind = BLOCK_TABLE;
        break;
    default:
        break;
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    (void)detail;
    struct reader *r = user;
    if (type == MD_BLOCK_TD || type == MD_BLOCK_TH)
        return 0;
    bool list = type == MD_BLOCK_UL || type == MD_BLOCK_OL;
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
    uintptr_t at = (uintptr_t)text.p, begin = (uintptr_t)r->text.p;
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

static int add_text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE n, void *user)
{
    struct reader *r = user;
    struct sv text = {bytes, n};
    struct span place;
    if (r->wants_number && place_of(r, text, &place)) {
        r->wants_number = false;
        add_number(r, place.off);
    }
    if (type == MD_TEXT_HTML && !r->reason && sv_starts(text, SV("<br")))
        type = MD_TEXT_BR;
    if (type == MD_TEXT_BR && r->kind != BLOCK_TABLE && r->kind != BLOCK_TITLE) {
        uint8_t kind = r->kind;
        end_block(r);
        r->kind = kind;
    } else if (type == MD_TEXT_SOFTBR || type == MD_TEXT_BR) {
        draft_add_filler(r->draft, " ");
    } else if (!place_of(r, text, &place)) {
        draft_add_filler(r->draft, text.n && text.p[0] == '\n' ? "\n" : " ");
    } else if (type == MD_TEXT_ENTITY) {
        add_entity(r, text, place);
    } else if (type != MD_TEXT_HTML || r->reason) { /* a tag within a line is not text */
        draft_add(r->draft, text, place);
    }
    return 0;
}

/* The length of the settings between "---" lines at the top, which site generators read. */
static size_t front_matter(struct sv text)
{
    if (!sv_starts(text, SV("---\n")))
        return 0;
    ptrdiff_t end = sv_find(sv_sub(text, 3, text.n - 3), SV("\n---\n"));
    return end < 0 ? 0 : (size_t)end + 3 + 5;
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
    int result = md_parse(r->text.p + front, (MD_SIZE)(r->text.n - front), &parser, r);
    if (result < 0) /* its own failure; ours are greater than 0 */
        mem_exhausted();
    return result == 0;
}

enum format_result markdown_read(struct article *a, const struct format_options *options,
                                 struct draft *draft)
{
    struct reader r = {
        .draft = draft, .text = a->text, .kind = BLOCK_PARAGRAPH, .left = 1000 + 4 * a->text.n};
    draft_begin(draft, a, options->raw);
    size_t front = front_matter(a->text);
    if (front) {
        draft_add(draft, sv_sub(a->text, 0, front), (struct span){0, (uint32_t)front});
        draft_end_piece(draft, BLOCK_PARAGRAPH, "front matter");
    }
    if (!parse(&r, front)) {
        draft_free(draft);
        article_note(a, NO_SPAN, "format",
                     "it cannot be understood as Markdown, and is read as plain text");
        return FORMAT_TEXT;
    }
    draft_end_piece(draft, BLOCK_PARAGRAPH, NULL);
    return FORMAT_DRAFT;
}
