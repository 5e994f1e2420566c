#include "article/format/docx.h"

#include "article/format/draft.h"
#include "article/format/docx_numbering.h"
#include "article/format/docx_package.h"
#include "article/format/docx_styles.h"
#include "article/format/xml.h"
#include "article/input/unpacked.h"
#include "base/message.h"

struct reader {
    struct draft *draft;
    struct docx_styles styles;
    struct docx_numbering numbering;
    uint32_t base; /* offset in the source of the member that is read */
    /* Of the paragraph that is open: */
    enum docx_role role;
    bool numbered, counted; /* it is in a list; its number was made */
    struct sv list;
    uint32_t level;           /* in the list */
    unsigned cell_paragraphs; /* ended in the cell that is open */
    unsigned rows;            /* open */
    unsigned ignored;         /* open tags in one that is not read, and that one; 0: text is read */
    unsigned depth;           /* tags open */
    unsigned control;         /* depth of the last content control */
    unsigned contents;        /* depth of the one that holds a table of contents; 0: none is open */
    bool in_text;             /* in w:t, or m:t */
    bool in_title;            /* of the properties */
    bool in_notes;            /* the member holds footnotes or endnotes */
    bool hidden, raised;      /* the run of text is */
    bool has_title;
    size_t notes, hidden_texts;
};

/* ---- paragraphs ---- */

static enum block_kind kind_of(const struct reader *r)
{
    if (r->rows)
        return BLOCK_TABLE;
    switch (r->role) {
    case DOCX_TITLE:
        return r->has_title ? BLOCK_HEADING : BLOCK_TITLE;
    case DOCX_HEADING:
        return !r->has_title && !r->draft->blocks ? BLOCK_TITLE : BLOCK_HEADING;
    case DOCX_LIST:
        return BLOCK_LIST;
    case DOCX_CAPTION:
        return BLOCK_CAPTION;
    default:
        return r->numbered ? BLOCK_LIST : BLOCK_PARAGRAPH;
    }
}

static void end_piece(struct reader *r)
{
    enum block_kind kind = kind_of(r);
    bool contents = r->contents || r->role == DOCX_CONTENTS;
    const char *reason = r->in_notes ? "notes" : contents ? "contents" : NULL;
    if (draft_end_piece(r->draft, kind, reason) && kind == BLOCK_TITLE)
        r->has_title = true;
}

static void forget_paragraph(struct reader *r)
{
    r->role = DOCX_PLAIN;
    r->numbered = r->counted = false;
    r->list = (struct sv){NULL, 0};
    r->level = 0;
}

/* Makes the number of the paragraph, in front of its text. */
static void add_number(struct reader *r)
{
    enum { LONGEST = 40 }; /* bytes: the markup in front of the text is longer */
    struct buf number = BUF_INIT;
    bool made = r->counted || !r->list.n || r->in_notes;
    r->counted = true;
    if (made)
        return;
    docx_numbering_next(&r->numbering, r->list, r->level, &number);
    if (number.n && number.n < LONGEST) {
        buf_putc(&number, ' ');
        draft_add_made(r->draft, buf_sv(&number));
    }
    buf_free(&number);
}

static void begin_paragraph(struct reader *r)
{
    if (!r->rows || r->cell_paragraphs)
        end_piece(r);
    forget_paragraph(r);
}

/* The first paragraph of a cell stays open, so that a row of such cells is one piece. */
static void end_paragraph(struct reader *r)
{
    if (!r->rows)
        end_piece(r);
    else if (draft_has_text(r->draft))
        r->cell_paragraphs++;
    forget_paragraph(r);
}

/* ---- what the parser calls ---- */

/* The line above the notes of a page is one of them. */
static bool is_separator(const struct xml_tag *tag)
{
    struct sv type = xml_attribute(tag, "type");
    return (xml_is(tag, "footnote") || xml_is(tag, "endnote")) && type.p && !sv_is(type, "normal");
}

/* Text that was moved or deleted, copies for older programs, settings. */
static bool is_ignored(const struct xml_tag *tag)
{
    static const char *const names[] = {"moveFrom", "Fallback", "instrText",    "delText",
                                        "sectPr",   "tblPr",    "delInstrText", "binData"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_is(tag, names[i]))
            return true;
    return is_separator(tag);
}

static bool is_off(const struct xml_tag *tag)
{
    struct sv v = xml_attribute(tag, "val");
    return sv_is(v, "0") || sv_is(v, "false") || sv_is(v, "off");
}

static void set_style(struct reader *r, struct sv id)
{
    const struct docx_style *style = docx_styles_list(&r->styles, id);
    r->role = docx_styles_role(&r->styles, id);
    if (style) {
        r->list = style->list;
        r->level = style->level;
    }
}

static void set_list(struct reader *r, struct sv id)
{
    r->numbered = !sv_is(id, "0");
    r->list = r->numbered ? id : (struct sv){NULL, 0};
}

static void open_property(struct reader *r, const struct xml_tag *tag)
{
    struct sv value = xml_attribute(tag, "val");
    if (xml_is(tag, "pStyle"))
        set_style(r, value);
    else if (xml_is(tag, "outlineLvl") && r->role == DOCX_PLAIN && !sv_is(value, "9"))
        r->role = DOCX_HEADING;
    else if (xml_is(tag, "numId"))
        set_list(r, value);
    else if (xml_is(tag, "ilvl"))
        r->level = docx_level(value);
    else if (xml_is(tag, "vertAlign"))
        r->raised = sv_is(value, "superscript");
    else if (xml_is(tag, "vanish"))
        r->hidden = !is_off(tag);
    else if (xml_is(tag, "docPartGallery") && sv_is(value, "Table of Contents"))
        r->contents = r->contents ? r->contents : r->control;
}

/* Elements that mean a character. Returns false for other elements. */
static bool open_character(struct reader *r, const struct xml_tag *tag)
{
    if (xml_is(tag, "tab"))
        draft_add_filler(r->draft, COLUMN_GAP);
    else if (xml_is(tag, "noBreakHyphen"))
        draft_add_filler(r->draft, "-");
    else if (xml_is(tag, "cr") || xml_is(tag, "br")) {
        if (r->rows)
            draft_add_filler(r->draft, "\n");
        else if (kind_of(r) == BLOCK_TITLE || kind_of(r) == BLOCK_HEADING)
            draft_add_filler(r->draft, " ");
        else
            end_piece(r);
    } else
        return false;
    return true;
}

static void on_open(void *user, const struct xml_tag *tag)
{
    struct reader *r = user;
    if (r->ignored || is_ignored(tag)) {
        r->ignored++;
        return;
    }
    r->depth++;
    if (xml_is(tag, "sdt"))
        r->control = r->depth;
    if (xml_is(tag, "t")) {
        r->in_text = true;
    } else if (xml_is(tag, "p")) {
        begin_paragraph(r);
    } else if (xml_is(tag, "r")) {
        r->hidden = r->raised = false;
    } else if (xml_is(tag, "tr")) {
        end_piece(r);
        r->rows++;
    } else if (xml_is(tag, "tc")) {
        r->cell_paragraphs = 0;
        draft_add_filler(r->draft, "; ");
    } else if (xml_is(tag, "footnoteReference") || xml_is(tag, "endnoteReference")) {
        r->notes++;
    } else if (!open_character(r, tag)) {
        open_property(r, tag);
    }
}

static void on_close(void *user, const char *name, const char *space)
{
    (void)space;
    struct reader *r = user;
    if (r->ignored) {
        r->ignored--;
        return;
    }
    if (strcmp(name, "t") == 0) {
        r->in_text = false;
    } else if (strcmp(name, "p") == 0) {
        end_paragraph(r);
    } else if (strcmp(name, "tr") == 0 && r->rows) {
        end_piece(r);
        r->rows--;
    }
    if (r->contents && r->depth == r->contents) {
        end_piece(r);
        r->contents = 0;
    }
    if (r->depth)
        r->depth--;
}

static void add_text(void *user, struct sv text, struct span from)
{
    struct reader *r = user;
    from.off += r->base;
    if (!r->in_text || r->ignored)
        return;
    if (r->hidden && !r->draft->keep_all) {
        r->hidden_texts++;
        return;
    }
    add_number(r);
    if (!r->raised)
        draft_add(r->draft, text, from);
    else if (!draft_add_superscript(r->draft, text, from))
        r->notes++;
}

/* ---- the properties ---- */

static void open_property_file(void *user, const struct xml_tag *tag)
{
    struct reader *r = user;
    r->in_title = xml_is(tag, "title");
}

static void close_property_file(void *user, const char *name, const char *space)
{
    (void)name, (void)space;
    struct reader *r = user;
    r->in_title = false;
}

static void add_title(void *user, struct sv text, struct span from)
{
    struct reader *r = user;
    from.off += r->base;
    if (r->in_title)
        draft_add(r->draft, text, from);
}

static void read_properties(struct reader *r, struct unpacked *unpacked, const char *member)
{
    struct err e = ERR_INIT;
    struct span where;
    if (member && !unpacked_add(unpacked, member, &where, &e)) {
        struct xml_client client = {open_property_file, close_property_file, add_title, r};
        struct xml_fault fault;
        r->base = where.off;
        xml_walk(unpacked_bytes(unpacked, where), NULL, &client, &fault);
        draft_end_piece(r->draft, BLOCK_TITLE, "properties");
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

static void load_helpers(struct reader *r, struct archive *z, const struct docx_package *package)
{
    struct buf xml = BUF_INIT;
    read_helper(z, package->styles, &xml);
    docx_styles_load(&r->styles, buf_sv(&xml));
    read_helper(z, package->numbering, &xml);
    docx_numbering_load(&r->numbering, buf_sv(&xml));
    buf_free(&xml);
}

static void read_document(struct reader *r, struct unpacked *unpacked, const char *member,
                          struct span where)
{
    struct xml_client client = {on_open, on_close, add_text, r};
    struct xml_fault fault;
    r->base = where.off;
    xml_walk(unpacked_bytes(unpacked, where), NULL, &client, &fault);
    r->rows = 0;
    end_piece(r);
    if (fault.line)
        article_note(r->draft->a, (struct span){0, 0}, fault.cut_short ? "missing" : "damaged",
                     "%s is damaged in line %u (%s); what could be read of it is read", member,
                     fault.line, fault.message);
    if (r->notes)
        article_note(
            r->draft->a, (struct span){0, 0}, "notes",
            message_plural("%zu footnote is not read", "%zu footnotes are not read", r->notes),
            r->notes);
    if (r->hidden_texts)
        article_note(r->draft->a, (struct span){0, 0}, "hidden",
                     message_plural("%zu stretch of hidden text is not read",
                                    "%zu stretches of hidden text are not read", r->hidden_texts),
                     r->hidden_texts);
}

/* Notes are listed with what is not read. */
static void read_notes(struct reader *r, struct unpacked *unpacked, const char *member)
{
    struct err e = ERR_INIT;
    struct span where;
    if (member && !unpacked_add(unpacked, member, &where, &e)) {
        struct xml_client client = {on_open, on_close, add_text, r};
        struct xml_fault fault;
        r->base = where.off;
        r->in_notes = true;
        xml_walk(unpacked_bytes(unpacked, where), NULL, &client, &fault);
        r->rows = 0;
        end_piece(r);
    }
    err_free(&e);
}

enum status docx_read(struct article *a, struct archive *z, const struct docx_package *package,
                      const struct format_options *options, struct draft *draft, struct err *e)
{
    struct unpacked unpacked;
    struct span where;
    struct reader r = {.draft = draft};
    unpacked_begin(&unpacked, a, z);
    draft_begin(draft, a, false);
    draft->encoding = options->encoding;
    load_helpers(&r, z, package);
    if (!options->raw)
        read_properties(&r, &unpacked, package->properties);
    draft->properties = draft->pieces.n;
    draft->keep_all = options->raw;
    enum status status = unpacked_add(&unpacked, package->document, &where, e);
    if (!status) {
        read_document(&r, &unpacked, package->document, where);
        read_notes(&r, &unpacked, package->footnotes);
        read_notes(&r, &unpacked, package->endnotes);
    }
    unpacked_become_source(&unpacked);
    docx_styles_free(&r.styles);
    docx_numbering_free(&r.numbering);
    if (status)
        draft_free(draft);
    return status;
}
