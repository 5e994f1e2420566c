/*
 * A DOCX document while it is read (docx.c): the elements and the text of a part of it
 * (docx_text.c), and documents of other formats that it includes (docx_chunks.c).
 *
 * Invariants: what belongs to a paragraph, a cell or a run is forgotten when it ends. A depth is
 * the number of tags that were open, the element's own included; 0: no such element is open.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_DOCX_READER_H
#define DOCBAO_ARTICLE_FORMAT_DOCX_READER_H

#include "article/format/docx_fields.h"
#include "article/format/docx_math.h"
#include "article/format/docx_numbering.h"
#include "article/format/docx_package.h"
#include "article/format/docx_styles.h"
#include "article/format/draft.h"
#include "article/format/xml.h"
#include "article/input/unpacked.h"
#include "base/arena.h"

struct docx_reader {
    struct draft *draft;
    const struct docx_package *package;
    struct docx_styles styles;
    struct docx_numbering numbering;
    uint32_t base;    /* offset in the source of the member that is read */
    struct sv member; /* its bytes */
    /* Of the paragraph that is open: */
    enum docx_role role;
    bool numbered, counted; /* it is in a list; its number was made */
    bool joins_next;        /* the next paragraph belongs to it: a large first letter */
    bool joins_word;        /* with a space between */
    struct sv list;
    uint32_t level;           /* in the list */
    unsigned cell_paragraphs; /* ended in the cell that is open */
    unsigned rows;            /* open */
    unsigned ignored;         /* open tags in one that is not read, and that one; 0: text is read */
    bool is_copy;             /* that one repeats what is read */
    unsigned data;            /* depth of an element with data for programs; 0: none is open */
    unsigned run;             /* depth of the run of text that is open; 0: none is */
    unsigned depth;           /* tags open */
    unsigned control;         /* depth of the last content control */
    unsigned contents;        /* depth of the one that holds a table of contents; 0: none is open */
    unsigned choice;          /* depth of the last of the versions of a part; 0: none was there */
    unsigned hole;            /* depth of an element that is not read; 0: none is open */
    enum skip_reason hole_reason; /* why it is not */
    bool in_text;                 /* in w:t, m:t or w:delText */
    bool in_instruction;          /* in w:instrText */
    bool in_paragraph_properties;
    bool in_title;                /* of the properties */
    enum skip_reason part_reason; /* why the member is not read; SKIP_NONE: it is the text */
    struct docx_fields fields;
    struct docx_math math;
    struct arena arena;
    /* Of the run of text that is open: */
    bool hidden, raised, is_mark; /* it is the mark of a note */
    struct sv font;               /* in the arena; n is 0 if it is not named */
    bool has_title;
    size_t notes, hidden_texts;
    VEC(const char *) chunks; /* documents that the text includes, as it names them */
    size_t lost_chunks;       /* that are not in the archive */
    bool continues;           /* text follows one */
};

/* Ends the piece of the draft, as the kind of block that its paragraph is. */
void docx_end_piece(struct docx_reader *r);

/* The functions of struct xml_client; `user` is the struct docx_reader. */
void docx_on_open(void *user, const struct xml_tag *tag);
/* An element ends; `space` is the address of its namespace. */
void docx_on_close(void *user, const char *name, const char *space);
/* Text of an element, decoded; `from`: its bytes in the member. */
void docx_on_text(void *user, struct sv text, struct span from);

/* Reads the included documents, after the text. */
void docx_read_chunks(struct docx_reader *r, struct unpacked *unpacked);

#endif
