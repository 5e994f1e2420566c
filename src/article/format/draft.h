/*
 * A draft: the text of a document in pieces, for formats that say what each part of the text is
 * (Markdown, DOCX, EPUB). A format reader fills it; find/ then looks for title, date and byline
 * among the pieces; draft_finish makes the article of it.
 *
 * Invariants:
 * - Runs of text are added in the order of the document: the source of a run begins at or after the
 *   end of the source of the run before.
 * - A piece becomes one block, or one skipped stretch. Pieces are in order and do not overlap.
 * - A hole is a stretch inside a piece that is not read, such as the mark of a note. A piece that
 *   holds nothing else is skipped for the reason of its first hole.
 * - The text is valid UTF-8. It need not be clean: draft_finish makes it so.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_DRAFT_H
#define DOCBAO_ARTICLE_FORMAT_DRAFT_H

#include "article/article.h"

struct piece {
    struct span text;        /* bytes of draft.text */
    enum skip_reason reason; /* why it is skipped; SKIP_NONE: it is read */
    uint8_t kind;            /* enum block_kind, if it is read */
};

VEC_TYPE(pieces, struct piece);

struct draft {
    struct article *a;
    struct buf text;
    struct source_map map; /* from `text` to the document */
    struct pieces pieces;
    struct pieces holes;  /* in order; `kind` is not used */
    size_t open_holes;    /* the holes from this one on are in the open piece */
    bool after_hole;      /* nothing was added since the last hole */
    uint32_t begin;       /* of the open piece, in `text` */
    uint32_t source_end;  /* of the last run */
    bool has_text;        /* the open piece holds more than white space and holes */
    size_t blocks;        /* pieces that are not skipped */
    size_t bad;           /* byte sequences that are not UTF-8 */
    size_t properties;    /* the first pieces come from the properties of the file */
    bool keep_all;        /* nothing is skipped */
    bool is_book;         /* it has chapters, and no date and byline of its own */
    bool may_be_page;     /* people paste web pages into such documents */
    const char *encoding; /* as for decode_source; of what comes from an archive */
};

/* Begins a draft of the text of `a`, if that has been decoded, otherwise of its source. */
void draft_begin(struct draft *d, struct article *a, bool keep_all);

/* The runs that follow come from this place of the source, or from behind it. */
void draft_move_to(struct draft *d, uint32_t source);

/* Appends a run to the open piece. The run was made from the bytes `from` of the document: byte by
 * byte if both have the same length. Bytes of it that are not UTF-8 become U+FFFD. */
void draft_add(struct draft *d, struct sv run, struct span from);

/* The same for a run that is not read: a hole in the open piece. */
void draft_add_hole(struct draft *d, struct sv run, struct span from, enum skip_reason reason);

/* Appends raised text (superscript.h): a power as such, the mark of a note as a hole, other text as
 * it is. Returns false if it is the mark of a note. */
bool draft_add_superscript(struct draft *d, struct sv run, struct span from);

/* Appends text that is not in the document, such as a space for the end of a line. Not at the
 * beginning of a piece, and not twice. */
void draft_add_filler(struct draft *d, const char *filler);

/* Appends text that the program that shows the document makes by itself, such as the number of a
 * paragraph: each byte is made from one byte of the markup in front of the next run. */
void draft_add_made(struct draft *d, struct sv text);

/* Whether the open piece holds more than white space and holes. */
bool draft_has_text(const struct draft *d);

/* Ends the open piece: it is a block of that kind, or skipped if there is a reason. Returns false,
 * and adds no piece, if it is blank. */
bool draft_end_piece(struct draft *d, enum block_kind kind, enum skip_reason reason);

/* The text of a piece, as it was added. */
struct sv draft_piece_text(const struct draft *d, size_t piece);

/* Fills text, map, blocks and skipped of the article, and frees the draft. STATUS_INPUT: nothing is
 * left to read. */
enum status draft_finish(struct draft *d, struct err *e);

/* Frees a draft that is not finished. */
void draft_free(struct draft *d);

#endif
