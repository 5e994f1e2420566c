#include "article/format/docx.h"

#include "article/format/docx_reader.h"
#include "base/message.h"

/* ---- the properties ---- */

static void open_property_file(void *user, const struct xml_tag *tag)
{
    struct docx_reader *r = user;
    r->in_title = xml_is(tag, "title");
}

static void close_property_file(void *user, const char *name, const char *space)
{
    (void)name, (void)space;
    struct docx_reader *r = user;
    r->in_title = false;
}

static void add_title(void *user, struct sv text, struct span from)
{
    struct docx_reader *r = user;
    from.off += r->base;
    if (r->in_title)
        draft_add(r->draft, text, from);
}

static void read_properties(struct docx_reader *r, struct unpacked *unpacked, const char *member)
{
    struct err e = ERR_INIT;
    struct span where;
    if (member && !unpacked_add(unpacked, member, &where, &e)) {
        struct xml_client client = {
            .open = open_property_file, .close = close_property_file, .text = add_title, .user = r};
        struct xml_fault fault;
        r->base = where.off;
        xml_walk(unpacked_bytes(unpacked, where), NULL, &client, &fault);
        draft_end_piece(r->draft, BLOCK_TITLE, SKIP_PROPERTIES);
    }
    err_free(&e);
}

/* ---- the document ---- */

/* Reads a member without which the document can be read. */
static void read_helper(struct archive *z, const char *member, struct buf *xml)
{
    struct err e = ERR_INIT;
    buf_clear(xml);
    if (member && archive_read(z, member, xml, &e))
        buf_clear(xml);
    err_free(&e);
}

static void load_helpers(struct docx_reader *r, struct archive *z,
                         const struct docx_package *package)
{
    struct buf xml = BUF_INIT;
    read_helper(z, package->styles, &xml);
    docx_styles_load(&r->styles, buf_sv(&xml));
    read_helper(z, package->numbering, &xml);
    docx_numbering_load(&r->numbering, buf_sv(&xml));
    buf_free(&xml);
}

/* Reads a member as text, with the reason why it is not read aloud; SKIP_NONE: it is. */
static void read_member(struct docx_reader *r, struct sv bytes, struct span where,
                        enum skip_reason reason, struct xml_fault *fault)
{
    struct xml_client client = {
        .open = docx_on_open, .close = docx_on_close, .text = docx_on_text, .user = r};
    r->base = where.off;
    r->member = bytes;
    r->part_reason = reason;
    draft_move_to(r->draft, where.off);
    xml_walk(bytes, NULL, &client, fault);
    r->joins_next = false;
    r->rows = r->ignored = 0;
    docx_fields_forget(&r->fields);
    docx_math_forget(&r->math);
    docx_end_piece(r);
}

static void report(const struct docx_reader *r, const char *member, const struct xml_fault *fault)
{
    struct article *a = r->draft->a;
    if (fault->line)
        article_note(a, NO_SPAN, fault->cut_short ? NOTE_MISSING : NOTE_DAMAGED,
                     "%s is damaged in line %u (%s); what could be read of it is read", member,
                     fault->line, fault->message);
    if (r->notes)
        article_note(
            a, NO_SPAN, NOTE_NOTES,
            message_plural("%zu footnote is not read", "%zu footnotes are not read", r->notes),
            r->notes);
    if (r->hidden_texts)
        article_note(a, NO_SPAN, NOTE_HIDDEN,
                     message_plural("%zu stretch of hidden text is not read",
                                    "%zu stretches of hidden text are not read", r->hidden_texts),
                     r->hidden_texts);
}

/* Notes, comments, heads and feet of pages are listed with what is not read. */
static void list_part(struct docx_reader *r, struct unpacked *unpacked, const char *member,
                      enum skip_reason reason)
{
    struct err e = ERR_INIT;
    struct span where;
    struct xml_fault fault;
    if (member && !unpacked_add(unpacked, member, &where, &e))
        read_member(r, unpacked_bytes(unpacked, where), where, reason, &fault);
    err_free(&e);
}

static void list_other_parts(struct docx_reader *r, struct unpacked *unpacked,
                             const struct docx_package *package)
{
    list_part(r, unpacked, package->footnotes, SKIP_NOTES);
    list_part(r, unpacked, package->endnotes, SKIP_NOTES);
    list_part(r, unpacked, package->comments, SKIP_COMMENTS);
    for (size_t i = 0; i < package->margins.n; i++)
        list_part(r, unpacked, package->margins.at[i], SKIP_MARGIN);
}

enum status docx_read(struct article *a, struct archive *z, const struct docx_package *package,
                      const struct format_options *options, struct draft *draft, struct err *e)
{
    struct unpacked unpacked;
    struct span where;
    struct xml_fault fault;
    struct docx_reader r = {.draft = draft, .package = package};
    unpacked_begin(&unpacked, a, z);
    draft_begin(draft, a, false);
    draft->encoding = options->encoding;
    load_helpers(&r, z, package);
    if (!options->raw)
        read_properties(&r, &unpacked, package->properties);
    draft->properties = draft->pieces.n;
    draft->keep_all = options->raw;
    draft->may_be_page = true;
    enum status status = unpacked_add(&unpacked, package->document, &where, e);
    if (!status) {
        read_member(&r, unpacked_bytes(&unpacked, where), where, SKIP_NONE, &fault);
        docx_read_chunks(&r, &unpacked);
        report(&r, package->document, &fault);
        list_other_parts(&r, &unpacked, package);
    }
    unpacked_become_source(&unpacked);
    docx_styles_free(&r.styles);
    docx_numbering_free(&r.numbering);
    docx_fields_free(&r.fields);
    docx_math_free(&r.math);
    vec_free(&r.chunks);
    arena_free(&r.arena);
    if (status)
        draft_free(draft);
    return status;
}
