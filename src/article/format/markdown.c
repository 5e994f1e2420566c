/*
 * Markdown (CommonMark, with GitHub's tables and struck-out text), through md4c.
 */
#include <md4c.h>

#include "article/format/assembly.h"
#include "article/format/entity.h"
#include "article/format/format.h"
#include "article/find/masthead.h"
#include "base/utf8.h"

struct reader {
    struct assembly m;
    struct sv text;     /* the article's text, which md4c reads */
    const char *reason; /* of the block that is read: "code", "markup", or NULL */
    uint8_t kind;       /* of the block that is open */
    uint8_t level;      /* of the heading that is open */
    unsigned lists;     /* lists around */
    bool in_row, in_table;
    unsigned pictures; /* around */
    size_t left;       /* how many tags may still come */
    bool wants_number; /* the number of the item of a list stands before what comes next */
    unsigned numbered; /* bit 0: the list that is open, bit 1: the one around it ... */
};

static void end_block(struct reader *r)
{
    assembly_end(&r->m, r->kind, r->reason);
    r->kind = r->lists ? BLOCK_LIST : BLOCK_PARAGRAPH;
    r->reason = NULL;
}

/* The first heading is the title, if nothing that is read stands above it. */
static enum block_kind heading_kind(const struct reader *r)
{
    return r->m.blocks ? BLOCK_HEADING : BLOCK_TITLE;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    (void)detail;
    struct reader *r = user;
    if (!r->left)
        return 1; /* a few bytes can make a table of endless empty cells */
    r->left--;
    if (type == MD_BLOCK_TD || type == MD_BLOCK_TH) {
        assembly_glue(&r->m, "; ");
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

/* The description of a picture is read as a caption would be; where it leads to is not. */
static int enter_span(MD_SPANTYPE type, void *detail, void *user)
{
    (void)detail;
    struct reader *r = user;
    if (type == MD_SPAN_IMG && !r->pictures++ && r->kind == BLOCK_PARAGRAPH &&
        !assembly_is_open(&r->m))
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

/* Where the text that md4c gives lies in what it was given; false: nowhere, it is md4c's own. */
static bool place_of(const struct reader *r, struct sv text, struct span *place)
{
    uintptr_t at = (uintptr_t)text.p, begin = (uintptr_t)r->text.p;
    if (at < begin || at + text.n > begin + r->text.n)
        return false;
    *place = (struct span){(uint32_t)(at - begin), (uint32_t)text.n};
    return true;
}

/* "1." stands in the document, and is read, though md4c takes it for markup. */
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
    assembly_add(&r->m, sv_sub(text, from, end - from),
                 (struct span){(uint32_t)from, (uint32_t)(end - from)});
    assembly_glue(&r->m, " ");
}

static void add_entity(struct reader *r, struct sv text, struct span place)
{
    uint32_t code;
    char bytes[4];
    if (entity_decode(text, &code) == text.n)
        text = (struct sv){bytes, utf8_encode(code, bytes)};
    assembly_add(&r->m, text, place);
}

static int take_text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE n, void *user)
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
        assembly_glue(&r->m, " ");
    } else if (!place_of(r, text, &place)) {
        assembly_glue(&r->m, text.n && text.p[0] == '\n' ? "\n" : " ");
    } else if (type == MD_TEXT_ENTITY) {
        add_entity(r, text, place);
    } else if (type != MD_TEXT_HTML || r->reason) { /* a tag within a line is markup, no text */
        assembly_add(&r->m, text, place);
    }
    return 0;
}

/* Lines between "---" at the very top, as generators of sites take them: their length. */
static size_t front_matter(struct sv text)
{
    if (!sv_starts(text, SV("---\n")))
        return 0;
    ptrdiff_t end = sv_find(sv_sub(text, 3, text.n - 3), SV("\n---\n"));
    return end < 0 ? 0 : (size_t)end + 3 + 5;
}

enum status markdown_read(struct article *a, const struct format_options *options,
                          enum format_result *result, struct err *e)
{
    struct reader r = {.text = a->text, .kind = BLOCK_PARAGRAPH, .left = 1000 + 4 * a->text.n};
    MD_PARSER parser = {
        /* Writers of Vietnamese indent paragraphs: only what is fenced is code. */
        .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS |
                 MD_FLAG_NOINDENTEDCODEBLOCKS,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = take_text,
    };
    assembly_begin(&r.m, a, options->raw);
    size_t front = front_matter(a->text);
    if (front) {
        assembly_add(&r.m, sv_sub(a->text, 0, front), (struct span){0, (uint32_t)front});
        assembly_end(&r.m, BLOCK_PARAGRAPH, "front matter");
    }
    if (md_parse(a->text.p + front, (MD_SIZE)(a->text.n - front), &parser, &r)) {
        assembly_free(&r.m);
        article_note(a, (struct span){0, 0}, "format",
                     "it cannot be understood as Markdown, and is read as plain text");
        *result = FORMAT_TEXT;
        return STATUS_OK;
    }
    *result = FORMAT_READ;
    assembly_end(&r.m, BLOCK_PARAGRAPH, NULL);
    masthead_find(&r.m);
    return assembly_finish(&r.m, e);
}
