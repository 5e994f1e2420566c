#include "article/format/epub.h"

#include "article/format/draft.h"
#include "article/format/epub_package.h"
#include "article/format/html_draft.h"
#include "article/format/xml.h"
#include "article/input/unpacked.h"
#include "base/message.h"

struct reader {
    struct draft *draft;
    struct unpacked unpacked;
    uint32_t base; /* offset in the source of the package document */
    struct html_notes notes;
    bool in_title;   /* of the package */
    size_t chapters; /* read; the table of contents is none */
    size_t again;    /* places in the order of chapters that were read */
    size_t locked;   /* chapters that are encrypted */
    struct err why;  /* the last chapter that cannot be unpacked cannot; empty: all can */
};

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
        draft_end_piece(r->draft, BLOCK_TITLE, r->draft->pieces.n ? SKIP_REPEATED : SKIP_NONE);
    r->in_title = false;
}

static void add_title(void *user, struct sv text, struct span from)
{
    struct reader *r = user;
    from.off += r->base;
    if (r->in_title)
        draft_add(r->draft, text, from);
}

static enum status read_title(struct reader *r, const char *path, struct err *e)
{
    struct xml_client client = {
        .open = open_package, .close = close_package, .text = add_title, .user = r};
    struct span where;
    struct xml_fault fault;
    enum status status = unpacked_add(&r->unpacked, path, &where, e);
    if (status)
        return status;
    r->base = where.off;
    xml_walk(unpacked_bytes(&r->unpacked, where), NULL, &client, &fault);
    draft_end_piece(r->draft, BLOCK_PARAGRAPH, SKIP_NONE);
    if (fault.line)
        article_note(r->draft->a, NO_SPAN, NOTE_DAMAGED,
                     "%s is damaged in line %u (%s); what could be read of it is read", path,
                     fault.line, fault.message);
    return STATUS_OK;
}

static void report_missing(const struct reader *r, const char *path)
{
    article_note(r->draft->a, NO_SPAN, NOTE_MISSING, "the chapter %s is not in the book", path);
}

static enum status fail_as_chapter(struct reader *r, struct err *e)
{
    err_free(e);
    *e = r->why;
    r->why = ERR_INIT;
    return e->status;
}

/* A chapter that cannot be unpacked costs nothing but itself; a book that is too large is refused.
 */
static enum status report_bad(struct reader *r, struct err *e)
{
    if (r->unpacked.z->over_limit)
        return fail_as_chapter(r, e);
    article_note(r->draft->a, NO_SPAN, NOTE_MISSING, "%s", r->why.message.p);
    return STATUS_OK;
}

static enum status read_item(struct reader *r, const struct epub_package *package,
                             const struct epub_item *item, enum skip_reason reason, struct err *e)
{
    struct span where;
    if (epub_package_is_locked(package, item->path)) {
        r->locked++;
        return STATUS_OK;
    }
    if (!archive_has(r->unpacked.z, item->path)) {
        report_missing(r, item->path);
        return STATUS_OK;
    }
    if (unpacked_add(&r->unpacked, item->path, &where, &r->why))
        return report_bad(r, e);
    const struct html_part page = {item->path, unpacked_bytes(&r->unpacked, where), where.off,
                                   item->is_contents ? SKIP_CONTENTS : reason};
    html_draft_read(&page, &r->notes, r->draft);
    r->chapters += !item->is_contents;
    return STATUS_OK;
}

static enum status read_page(struct reader *r, struct epub_package *package,
                             const struct epub_place *place, struct err *e)
{
    struct epub_item *item = epub_package_page(package, place->id);
    if (item && item->is_read) {
        r->again++;
        return STATUS_OK;
    }
    if (item)
        item->is_read = true;
    if (item && item->path && item->is_page)
        return read_item(r, package, item, place->is_beside ? SKIP_BESIDE : SKIP_NONE, e);
    if (!item || !item->path)
        article_note(r->draft->a, NO_SPAN, NOTE_MISSING,
                     "a chapter (%.*s) that the book lists is not in it", SV_ARG(place->id));
    else if (!item->is_picture)
        article_note(r->draft->a, NO_SPAN, NOTE_MISSING,
                     "the chapter %s is in a format that is not read", item->path);
    return STATUS_OK;
}

/* The first chapter often begins with the title of the book, which has been read by then. */
static void skip_repeated_title(struct draft *draft)
{
    enum { FIRST = 4 };
    struct pieces *pieces = &draft->pieces;
    if (draft->keep_all || pieces->n < 2 || pieces->at[0].kind != BLOCK_TITLE)
        return;
    for (size_t i = 1, seen = 0; i < pieces->n && seen < FIRST; i++) {
        bool same = sv_eq(draft_piece_text(draft, i), draft_piece_text(draft, 0));
        if (pieces->at[i].reason)
            continue;
        seen++;
        if (same)
            pieces->at[i].reason = SKIP_REPEATED;
    }
}

static void report_asides(const struct reader *r)
{
    if (r->notes.marks)
        article_note(r->draft->a, NO_SPAN, NOTE_NOTES,
                     message_plural("%zu mark within a line is not read: numbers that lead to "
                                    "notes, and pronunciations beside characters",
                                    "%zu marks within lines are not read: numbers that lead to "
                                    "notes, and pronunciations beside characters",
                                    r->notes.marks),
                     r->notes.marks);
}

/* Fonts may be encrypted in any book; a chapter that is cannot be read. */
static enum status report_locked(const struct reader *r, struct err *e)
{
    if (r->locked && !r->chapters) {
        err_set(e, STATUS_INPUT,
                "is locked by the shop it comes from (DRM): all chapters are encrypted; only the "
                "shop's own programs can read it");
        return err_at(e, r->draft->a->name, 0, 0);
    }
    if (r->locked)
        article_note(r->draft->a, NO_SPAN, NOTE_MISSING,
                     message_plural("%zu chapter is not read: it is locked by the shop that the "
                                    "book comes from (DRM)",
                                    "%zu chapters are not read: they are locked by the shop that "
                                    "the book comes from (DRM)",
                                    r->locked),
                     r->locked);
    return STATUS_OK;
}

/* The standard wants each chapter once; a book that lists one for ever would never end. */
static void report_again(const struct reader *r)
{
    if (r->again)
        article_note(r->draft->a, NO_SPAN, NOTE_DAMAGED,
                     message_plural("the book lists %zu chapter again, which is read once",
                                    "the book lists %zu chapters again, which are read once",
                                    r->again),
                     r->again);
}

static enum status read_chapters(struct reader *r, struct epub_package *package, struct err *e)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < package->spine.n && !status; i++)
        status = read_page(r, package, &package->spine.at[i], e);
    report_again(r);
    if (!status)
        status = report_locked(r, e);
    if (!status && !r->chapters && r->why.message.n)
        status = fail_as_chapter(r, e);
    return status;
}

/* A book without its picture is read as well. */
static void read_picture(struct reader *r, const struct epub_package *package)
{
    struct article *a = r->draft->a;
    const char *path = epub_package_picture(package);
    struct buf bytes = BUF_INIT;
    struct err unused = ERR_INIT;
    if (path && !epub_package_is_locked(package, path) &&
        !archive_read(r->unpacked.z, path, &bytes, &unused))
        a->picture = (struct sv){arena_dup(&a->arena, buf_sv(&bytes)), bytes.n};
    err_free(&unused);
    buf_free(&bytes);
}

enum status epub_read(struct article *a, struct archive *z, const struct format_options *options,
                      struct draft *draft, struct err *e)
{
    struct epub_package package;
    struct reader r = {.draft = draft, .why = ERR_INIT};
    draft_begin(draft, a, options->raw);
    draft->encoding = options->encoding;
    draft->is_book = true;
    unpacked_begin(&r.unpacked, a, z);
    enum status status = epub_package_read(&package, z, e);
    if (!status && !options->raw)
        status = read_title(&r, package.path, e);
    if (!status)
        status = read_chapters(&r, &package, e);
    if (!status)
        skip_repeated_title(draft);
    if (!status && options->picture)
        read_picture(&r, &package);
    report_asides(&r);
    unpacked_become_source(&r.unpacked);
    epub_package_free(&package);
    html_notes_free(&r.notes);
    err_free(&r.why);
    if (status)
        draft_free(draft);
    return status;
}
