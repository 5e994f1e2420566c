/*
 * Fields of a DOCX file: text that Word makes by an instruction, such as PAGE or HYPERLINK "…". A
 * field is one element, w:fldSimple, or has marks at its parts: w:fldChar. What the fields show is
 * text like any other, but the numbers of pages are not read.
 *
 * Invariants: fields may lie inside one another; text is hidden while the innermost one, or one
 * around it, is the number of a page.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_DOCX_FIELDS_H
#define DOCBAO_ARTICLE_FORMAT_DOCX_FIELDS_H

#include "article/format/xml.h"
#include "base/vec.h"

/* All zero in the beginning. */
struct docx_fields {
    VEC(bool) is_page; /* for each field that is open, from the outside: known to be PAGE */
    struct buf
        instruction; /* of the innermost field, while it is open; p is NULL in the beginning */
    unsigned simple; /* depth of a w:fldSimple that shows the number of a page; 0: none */
};

/* Reads the tag if it is one of a field; false: it is not. `depth`: of the element. */
bool docx_fields_open(struct docx_fields *f, const struct xml_tag *tag, unsigned depth);

/* An element of this depth ends. */
void docx_fields_close(struct docx_fields *f, unsigned depth);

/* The text of w:instrText. */
void docx_fields_add(struct docx_fields *f, struct sv text);

/* Whether the text that comes is the number of a page. */
bool docx_fields_hide_text(const struct docx_fields *f);

/* Closes all fields: at the end of a member. */
void docx_fields_forget(struct docx_fields *f);

/* Frees what it holds, not the struct itself. */
void docx_fields_free(struct docx_fields *f);

#endif
