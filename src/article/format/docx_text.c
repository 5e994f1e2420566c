#include "article/format/docx_reader.h"

#include "article/format/symbol_font.h"
#include "base/ascii.h"
#include "base/utf8.h"

/* ---- paragraphs ---- */

static enum block_kind kind_of(const struct docx_reader *r)
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

void docx_end_piece(struct docx_reader *r)
{
    enum block_kind kind = kind_of(r);
    bool contents = r->contents || r->role == DOCX_CONTENTS;
    enum skip_reason reason = r->part_reason ? r->part_reason
                              : contents     ? SKIP_CONTENTS
                                             : SKIP_NONE;
    if (draft_end_piece(r->draft, kind, reason) && kind == BLOCK_TITLE)
        r->has_title = true;
}

static void forget_paragraph(struct docx_reader *r)
{
    r->role = DOCX_PLAIN;
    r->numbered = r->counted = r->joins_next = false;
    r->list = (struct sv){NULL, 0};
    r->level = 0;
}

/* Makes the number of the paragraph, in front of its text. */
static void add_number(struct docx_reader *r)
{
    enum { LONGEST = 40 }; /* bytes: the markup in front of the text is longer */
    struct buf number = BUF_INIT;
    bool made = r->counted || !r->list.n || r->part_reason;
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

static void begin_paragraph(struct docx_reader *r)
{
    bool joined = r->joins_next;
    if (joined && r->joins_word)
        draft_add_filler(r->draft, " ");
    if (!joined && (!r->rows || r->cell_paragraphs))
        docx_end_piece(r);
    if (!joined)
        forget_paragraph(r);
    r->joins_next = r->joins_word = false;
}

/* The first paragraph of a cell stays open, so that a row of such cells is one piece. */
static void end_paragraph(struct docx_reader *r)
{
    if (r->joins_next)
        return;
    if (!r->rows)
        docx_end_piece(r);
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

/* Copies for older programs, settings, what settings were before they were changed. */
static bool is_ignored(const struct xml_tag *tag)
{
    static const char *const names[] = {"Fallback",  "sectPr",    "tblPr",       "tabs",
                                        "pPrChange", "rPrChange", "tblPrChange", "trPrChange"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_is(tag, names[i]))
            return true;
    return is_separator(tag);
}

/* Elements whose text is for programs. */
static bool is_data(const struct xml_tag *tag)
{
    static const char *const names[] = {
        "instrText",  "delInstrText",  "binData",    "fldData",       "posOffset",
        "align",      "pctWidth",      "pctHeight",  "pctPosHOffset", "LinkType",
        "FieldCodes", "pctPosVOffset", "LockedField"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_is(tag, names[i]))
            return true;
    return false;
}

/* Of several versions of a part only the first is read. */
static bool is_other_choice(struct docx_reader *r, const struct xml_tag *tag)
{
    bool choice = xml_is(tag, "Choice");
    if (xml_is(tag, "AlternateContent"))
        r->choice = 0;
    if (choice && r->choice == r->depth + 1)
        return true;
    r->choice = choice ? r->depth + 1 : r->choice;
    return false;
}

/* Returns why the text in an element is not read; SKIP_NONE: it is read. */
static enum skip_reason hole_reason_of(const struct xml_tag *tag)
{
    static const struct {
        const char *name;
        enum skip_reason reason;
    } names[] = {{"del", SKIP_DELETED}, {"moveFrom", SKIP_DELETED}, {"rt", SKIP_PRONUNCIATION}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_is(tag, names[i].name))
            return names[i].reason;
    return SKIP_NONE;
}

static bool is_off(const struct xml_tag *tag)
{
    struct sv v = xml_attribute(tag, "val");
    return sv_is(v, "0") || sv_is(v, "false") || sv_is(v, "off");
}

static void set_style(struct docx_reader *r, struct sv id)
{
    const struct docx_style *style = docx_styles_list(&r->styles, id);
    r->role = docx_styles_role(&r->styles, id);
    if (style) {
        r->list = style->list;
        r->level = style->level;
    }
}

static void set_list(struct docx_reader *r, struct sv id)
{
    r->numbered = !sv_is(id, "0");
    r->list = r->numbered ? id : (struct sv){NULL, 0};
}

static void set_font(struct docx_reader *r, const struct xml_tag *tag)
{
    struct sv name = xml_attribute(tag, "ascii");
    r->font = (struct sv){arena_dup(&r->arena, name), name.n};
}

static void open_property(struct docx_reader *r, const struct xml_tag *tag)
{
    struct sv value = xml_attribute(tag, "val");
    if (xml_is(tag, "pPr"))
        r->in_paragraph_properties = true;
    else if (xml_is(tag, "framePr"))
        r->joins_next = !r->rows && xml_attribute(tag, "dropCap").n &&
                        !sv_is(xml_attribute(tag, "dropCap"), "none");
    else if (xml_is(tag, "del") && r->in_paragraph_properties) /* of the end of the paragraph */
        r->joins_next = r->joins_word = !r->rows;
    else if (xml_is(tag, "rFonts") && !r->in_paragraph_properties)
        set_font(r, tag);
    else if (xml_is(tag, "pStyle"))
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

/* The sign of a font: w:sym. */
static void add_sign(struct docx_reader *r, const struct xml_tag *tag)
{
    char bytes[4];
    struct sv written = xml_attribute(tag, "char");
    uint32_t code = 0;
    for (size_t i = 0; i < written.n && i < 4 && ascii_hex_value(written.p[i]) >= 0; i++)
        code = code * 16 + (uint32_t)ascii_hex_value(written.p[i]);
    code = symbol_font_code(xml_attribute(tag, "font"), code);
    if (code && !r->hidden && !r->hole)
        draft_add_made(r->draft, (struct sv){bytes, utf8_encode(code, bytes)});
}

/* Elements that mean a character. Returns false for other elements. */
static bool open_character(struct docx_reader *r, const struct xml_tag *tag)
{
    if (xml_is(tag, "tab") || xml_is(tag, "ptab"))
        draft_add_filler(r->draft, COLUMN_GAP);
    else if (xml_is(tag, "sym"))
        add_sign(r, tag);
    else if (xml_is(tag, "noBreakHyphen"))
        draft_add_filler(r->draft, "-");
    else if (xml_is(tag, "cr") || xml_is(tag, "br")) {
        if (r->rows)
            draft_add_filler(r->draft, "\n");
        else if (kind_of(r) == BLOCK_TITLE || kind_of(r) == BLOCK_HEADING)
            draft_add_filler(r->draft, " ");
        else
            docx_end_piece(r);
    } else
        return false;
    return true;
}

/* An included document of another format. It is read after the text, because the places of a draft
 * only go forward. Most texts that include one hold nothing else. */
static void add_chunk(struct docx_reader *r, const struct xml_tag *tag)
{
    const char *path = docx_package_chunk(r->package, xml_attribute(tag, "id"));
    if (path && r->chunks.n < DOCX_CHUNKS_MOST)
        *vec_push(&r->chunks) = path;
    else
        r->lost_chunks++;
}

/* Elements that hold others. Returns false for other elements. */
static bool open_container(struct docx_reader *r, const struct xml_tag *tag)
{
    if (xml_is(tag, "sdt")) {
        r->control = r->depth;
    } else if (xml_is(tag, "p")) {
        begin_paragraph(r);
    } else if (xml_is(tag, "r")) {
        r->hidden = r->raised = r->is_mark = false;
        r->font.n = 0;
        r->run = r->depth;
    } else if (xml_is(tag, "tr")) {
        docx_end_piece(r);
        r->rows++;
    } else if (xml_is(tag, "tc")) {
        r->cell_paragraphs = 0;
        draft_add_filler(r->draft, "; ");
    } else
        return false;
    return true;
}

static void open_element(struct docx_reader *r, const struct xml_tag *tag)
{
    if (xml_is(tag, "t") || xml_is(tag, "delText")) {
        r->in_text = true;
    } else if (xml_is(tag, "instrText")) {
        r->in_instruction = true;
    } else if (xml_is(tag, "altChunk")) {
        add_chunk(r, tag);
    } else if (xml_is(tag, "footnoteReference") || xml_is(tag, "endnoteReference")) {
        r->notes++;
        r->is_mark = xml_attribute(tag, "customMarkFollows").n;
    } else if (!docx_math_open(&r->math, tag, r->depth) && !open_container(r, tag) &&
               !docx_fields_open(&r->fields, tag, r->depth) && !open_character(r, tag)) {
        open_property(r, tag);
    }
}

void docx_on_open(void *user, const struct xml_tag *tag)
{
    struct docx_reader *r = user;
    if (r->ignored || is_ignored(tag) || is_other_choice(r, tag)) {
        if (!r->ignored++)
            r->is_copy = xml_is(tag, "Fallback") || xml_is(tag, "Choice");
        return;
    }
    r->depth++;
    if (!r->data && is_data(tag))
        r->data = r->depth;
    open_element(r, tag);
    enum skip_reason reason = r->in_paragraph_properties ? SKIP_NONE : hole_reason_of(tag);
    if (reason && !r->hole) {
        r->hole = r->depth;
        r->hole_reason = reason;
    }
}

static void close_element(struct docx_reader *r, const char *name)
{
    if (strcmp(name, "t") == 0 || strcmp(name, "delText") == 0) {
        r->in_text = false;
    } else if (strcmp(name, "instrText") == 0) {
        r->in_instruction = false;
    } else if (strcmp(name, "pPr") == 0) {
        r->in_paragraph_properties = false;
    } else if (strcmp(name, "p") == 0) {
        end_paragraph(r);
    } else if (strcmp(name, "tr") == 0 && r->rows) {
        docx_end_piece(r);
        r->rows--;
    }
}

void docx_on_close(void *user, const char *name, const char *space)
{
    struct docx_reader *r = user;
    (void)space;
    if (r->ignored) {
        r->ignored--;
        return;
    }
    docx_math_close(&r->math, r->hole ? NULL : r->draft, r->depth);
    close_element(r, name);
    docx_fields_close(&r->fields, r->depth);
    if (r->contents && r->depth == r->contents) {
        docx_end_piece(r);
        r->contents = 0;
    }
    unsigned *const depths[] = {&r->hole, &r->data, &r->run};
    for (size_t i = 0; i < sizeof depths / sizeof *depths; i++)
        if (*depths[i] == r->depth)
            *depths[i] = 0;
    if (r->depth)
        r->depth--;
}

/* Whether the text is at the level of an undamaged document, or one level away from it, as after a
 * damaged tag. */
static bool is_in_place(const struct docx_reader *r)
{
    return r->in_text || (r->run && r->depth <= r->run + 1);
}

/* Returns why a text is not read; SKIP_NONE: it is read. */
static enum skip_reason reason_for_hole(const struct docx_reader *r)
{
    if (r->ignored)
        return r->is_copy ? SKIP_REPEATED : SKIP_UNREADABLE;
    return !is_in_place(r)                     ? SKIP_UNREADABLE
           : r->hole                           ? r->hole_reason
           : r->hidden                         ? SKIP_HIDDEN
           : r->is_mark                        ? SKIP_NOTES
           : docx_fields_hide_text(&r->fields) ? SKIP_PAGE
                                               : SKIP_NONE;
}

/* Text in a font of signs is stored by their codes. */
static void add_signs(struct docx_reader *r, struct sv text, struct span from)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        char bytes[4];
        unsigned n = utf8_decode(sv_sub(text, i, text.n - i), &code);
        struct span place = {from.off + (uint32_t)i, n ? n : 1};
        uint32_t sign = code >= 0xF000 && code < 0xF100 && n ? symbol_font_code(r->font, code) : 0;
        struct sv run =
            sign ? (struct sv){bytes, utf8_encode(sign, bytes)} : sv_sub(text, i, place.len);
        draft_add(r->draft, run, place);
        i += place.len;
    }
}

/* What the member goes on with. */
static struct sv behind(const struct docx_reader *r, struct span from)
{
    size_t end = from.off - r->base + from.len;
    return sv_from(r->member, end < r->member.n ? end : r->member.n);
}

void docx_on_text(void *user, struct sv text, struct span from)
{
    struct docx_reader *r = user;
    from.off += r->base;
    if (r->in_instruction && !r->ignored)
        docx_fields_add(&r->fields, text);
    if (r->data || (!r->in_text && !sv_trim(text).n))
        return;
    enum skip_reason reason = reason_for_hole(r);
    r->continues = r->continues || (r->chunks.n && sv_trim(text).n);
    if (reason) {
        r->hidden_texts += r->hidden && !r->hole && !r->draft->keep_all;
        draft_add_hole(r->draft, text, from, reason);
        return;
    }
    add_number(r);
    if (r->raised)
        r->notes += !draft_add_superscript(r->draft, text, from);
    else if (r->font.n && text.n == from.len)
        add_signs(r, text, from);
    else
        docx_math_add(&r->math, r->draft, text, from, behind(r, from));
}
