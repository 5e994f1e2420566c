#include "article/format/epub.h"

#include "article/format/draft.h"
#include "article/format/epub_package.h"
#include "article/format/xml.h"
#include "article/input/unpacked.h"
#include "base/message.h"

/* The meaning of an element of a page for the text in it. */
enum role { INLINE, PART, HEADING, ITEM, ROW, CELL, CAPTION, BREAK, SILENT, CONTENTS, NOTES };

struct reader {
    struct draft *draft;
    struct unpacked unpacked;
    uint32_t base;      /* offset in the source of the member that is read */
    unsigned depth;     /* tags open */
    unsigned skipped;   /* depth of the element that is not read; 0: none is open */
    const char *reason; /* why it is not; NULL: it holds no text, but a script or the like */
    unsigned headings, items, rows, captions; /* open */
    unsigned aside;  /* depth of an element within a line that is not read; 0: none is open */
    size_t asides;   /* how many there were */
    unsigned raised; /* depth of <sup>; 0: none is open */
    bool in_title;   /* of the package */
};

static enum role role_of_name(const char *name)
{
    static const struct {
        const char *name;
        enum role role;
    } tags[] = {
        {"p", PART},          {"div", PART},     {"section", PART},
        {"article", PART},    {"body", PART},    {"blockquote", PART},
        {"ul", PART},         {"ol", PART},      {"dl", PART},
        {"table", PART},      {"figure", PART},  {"header", PART},
        {"footer", PART},     {"aside", PART},   {"pre", PART},
        {"address", PART},    {"hr", PART},      {"main", PART},
        {"thead", PART},      {"tbody", PART},   {"h1", HEADING},
        {"h2", HEADING},      {"h3", HEADING},   {"h4", HEADING},
        {"h5", HEADING},      {"h6", HEADING},   {"li", ITEM},
        {"dt", ITEM},         {"dd", ITEM},      {"tr", ROW},
        {"td", CELL},         {"th", CELL},      {"figcaption", CAPTION},
        {"caption", CAPTION}, {"br", BREAK},     {"head", SILENT},
        {"script", SILENT},   {"style", SILENT}, {"nav", CONTENTS},
    };
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strcmp(tags[i].name, name) == 0)
            return tags[i].role;
    return INLINE;
}

static bool is_note(struct sv type)
{
    return sv_find(type, SV("footnote")) >= 0 || sv_find(type, SV("endnote")) >= 0 ||
           sv_find(type, SV("rearnote")) >= 0;
}

static enum role role_of(const struct xml_tag *tag)
{
    enum role role = role_of_name(tag->name);
    struct sv type = xml_attribute(tag, "type");
    if ((role == PART || role == ITEM) && is_note(type))
        return NOTES;
    return (role == PART || role == ITEM) && sv_is(type, "toc") ? CONTENTS : role;
}

/* An element within a line: the number of a note, the pronunciation of a character. */
static bool is_aside(const struct xml_tag *tag)
{
    bool note = xml_is(tag, "a") && sv_find(xml_attribute(tag, "type"), SV("noteref")) >= 0;
    return note || xml_is(tag, "rt") || xml_is(tag, "rp");
}

static void end_piece(struct reader *r)
{
    enum block_kind kind = r->captions   ? BLOCK_CAPTION
                           : r->headings ? BLOCK_HEADING
                           : r->rows     ? BLOCK_TABLE
                           : r->items    ? BLOCK_LIST
                                         : BLOCK_PARAGRAPH;
    draft_end_piece(r->draft, kind, r->skipped ? r->reason : NULL);
}

static unsigned *count_of(struct reader *r, enum role role)
{
    switch (role) {
    case HEADING:
        return &r->headings;
    case ITEM:
        return &r->items;
    case ROW:
        return &r->rows;
    case CAPTION:
        return &r->captions;
    default:
        return NULL;
    }
}

static void skip_from_here(struct reader *r, enum role role)
{
    r->skipped = r->depth;
    r->reason = role == CONTENTS ? "contents" : role == NOTES ? "notes" : NULL;
}

static void on_open(void *user, const struct xml_tag *tag)
{
    struct reader *r = user;
    enum role role = role_of(tag);
    r->depth++;
    if (r->skipped) {
        if (role != INLINE && r->reason)
            end_piece(r);
        return;
    }
    if (role == BREAK && r->rows + r->headings)
        draft_add_filler(r->draft, " ");
    else if (role == CELL || (role == PART && r->rows))
        draft_add_filler(r->draft, "; ");
    else if (role != INLINE)
        end_piece(r);
    unsigned *count = count_of(r, role);
    if (count)
        ++*count;
    if (role == SILENT || role == CONTENTS || role == NOTES)
        skip_from_here(r, role);
    if (!r->raised && xml_is(tag, "sup"))
        r->raised = r->depth;
    if (!r->aside && !r->draft->keep_all && is_aside(tag)) {
        r->aside = r->depth;
        r->asides++;
    }
}

static void on_close(void *user, const char *name, const char *space)
{
    (void)space;
    struct reader *r = user;
    enum role role = role_of_name(name);
    bool in_row = r->rows && (role == CELL || role == PART || role == BREAK);
    if (r->aside == r->depth)
        r->aside = 0;
    if (r->raised == r->depth)
        r->raised = 0;
    if (role != INLINE && role != BREAK && !in_row)
        end_piece(r);
    unsigned *count = count_of(r, role);
    if (r->skipped && r->depth <= r->skipped)
        r->skipped = 0;
    else if (r->skipped)
        count = NULL;
    if (count && *count)
        --*count;
    r->depth -= r->depth > 0;
}

static void add_text(void *user, struct sv text, struct span from)
{
    struct reader *r = user;
    from.off += r->base;
    if (r->aside || (r->skipped && !r->reason))
        return;
    if (!draft_has_text(r->draft) && !sv_trim(text).n)
        return;
    if (!r->raised)
        draft_add(r->draft, text, from);
    else if (!draft_add_superscript(r->draft, text, from))
        r->asides++;
}

/* ---- the members of the archive ---- */

static void open_package(void *user, const struct xml_tag *tag)
{
    struct reader *r = user;
    r->in_title = xml_is(tag, "title") && sv_find(sv_of(tag->space), SV("purl.org/dc")) >= 0;
}

static void close_package(void *user, const char *name, const char *space)
{
    (void)name, (void)space;
    struct reader *r = user;
    if (r->in_title)
        draft_end_piece(r->draft, BLOCK_TITLE, r->draft->pieces.n ? "repeated" : NULL);
    r->in_title = false;
}

static void add_title(void *user, struct sv text, struct span from)
{
    struct reader *r = user;
    from.off += r->base;
    if (r->in_title)
        draft_add(r->draft, text, from);
}

static enum status read_member(struct reader *r, const char *path, const struct xml_client *client,
                               struct err *e)
{
    struct span where;
    struct xml_fault fault;
    enum status status = unpacked_add(&r->unpacked, path, &where, e);
    if (status)
        return status;
    r->base = where.off;
    xml_walk(unpacked_bytes(&r->unpacked, where), NULL, client, &fault);
    r->depth = r->skipped = r->headings = r->items = r->rows = r->captions = r->aside = r->raised =
        0;
    end_piece(r);
    if (fault.line)
        article_note(r->draft->a, (struct span){0, 0}, "damaged",
                     "%s is damaged in line %u (%s); what could be read of it is read", path,
                     fault.line, fault.message);
    return STATUS_OK;
}

static enum status refuse_locked(const struct reader *r, const char *path, struct err *e)
{
    err_set(e, STATUS_INPUT,
            "is locked by the shop it comes from (DRM: %s is encrypted); only the shop's own "
            "programs can read it",
            path);
    return err_at(e, r->draft->a->name, 0, 0);
}

static enum status read_page(struct reader *r, const struct epub_package *package, struct sv id,
                             struct err *e)
{
    struct xml_client client = {on_open, on_close, add_text, r};
    const struct epub_item *item = epub_package_item(package, id);
    if (!item || !item->path) {
        article_note(r->draft->a, (struct span){0, 0}, "missing",
                     "a chapter (%.*s) that the book lists is not in it", SV_ARG(id));
        return STATUS_OK;
    }
    if (!item->is_page)
        return STATUS_OK;
    if (epub_package_is_locked(package, item->path))
        return refuse_locked(r, item->path, e);
    if (archive_has(r->unpacked.z, item->path))
        return read_member(r, item->path, &client, e);
    article_note(r->draft->a, (struct span){0, 0}, "missing", "the chapter %s is not in the book",
                 item->path);
    return STATUS_OK;
}

/* The first chapter often begins with the title of the book, which has been read by then. */
static void skip_repeated_title(struct draft *draft)
{
    enum { FIRST = 4 };
    struct pieces *pieces = &draft->pieces;
    if (draft->keep_all || pieces->n < 2 || pieces->at[0].kind != BLOCK_TITLE)
        return;
    for (size_t i = 1; i < pieces->n && i < FIRST; i++)
        if (!pieces->at[i].reason && sv_eq(draft_piece_text(draft, i), draft_piece_text(draft, 0)))
            pieces->at[i].reason = "repeated";
}

static void report_asides(const struct reader *r)
{
    if (r->asides)
        article_note(r->draft->a, (struct span){0, 0}, "notes",
                     message_plural("%zu mark within a line is not read: numbers that lead to "
                                    "notes, and pronunciations beside characters",
                                    "%zu marks within lines are not read: numbers that lead to "
                                    "notes, and pronunciations beside characters",
                                    r->asides),
                     r->asides);
}

enum status epub_read(struct article *a, struct archive *z, const struct format_options *options,
                      struct draft *draft, struct err *e)
{
    struct epub_package package;
    struct reader r = {.draft = draft};
    draft_begin(draft, a, options->raw);
    draft->encoding = options->encoding;
    draft->is_book = true;
    unpacked_begin(&r.unpacked, a, z);
    enum status status = epub_package_read(&package, z, e);
    if (!status && !options->raw) {
        struct xml_client client = {open_package, close_package, add_title, &r};
        status = read_member(&r, package.path, &client, e);
    }
    for (size_t i = 0; i < package.spine.n && !status; i++)
        status = read_page(&r, &package, package.spine.at[i], e);
    if (!status)
        skip_repeated_title(draft);
    report_asides(&r);
    unpacked_become_source(&r.unpacked);
    epub_package_free(&package);
    if (status)
        draft_free(draft);
    return status;
}
