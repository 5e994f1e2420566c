/*
 * An article put together from runs of a document: for formats in which text and markup stand
 * side by side (Markdown, DOCX, EPUB).
 *
 * Invariants:
 * - Runs are added in the order of the document: what a run was made from begins at or behind the
 *   end of what the run before was made from.
 * - A piece is what becomes one block, or one skipped stretch; pieces follow one another.
 * - All text is valid UTF-8. It need not be clean: draft_finish makes it so.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_DRAFT_H
#define DOCBAO_ARTICLE_FORMAT_DRAFT_H

#include "article/article.h"

struct piece {
    struct span raw;    /* bytes of draft.raw */
    const char *reason; /* not NULL: skipped */
    uint8_t kind;       /* enum block_kind, where it is not */
};

VEC_TYPE(pieces, struct piece);

struct draft {
    struct article *a;
    struct buf raw;
    struct source_map map; /* from raw to the document */
    struct pieces pieces;
    uint32_t begin;       /* of the piece that is open, in raw */
    uint32_t behind;      /* the end of what the last run was made from */
    bool open;            /* the piece holds more than white space */
    size_t blocks;        /* pieces that are not skipped */
    bool keep_all;        /* nothing is skipped */
    const char *encoding; /* as for decode_source: of what comes from an archive */
};

/* The runs come from the text of `a` if it has one (a text that was decoded), otherwise from its
 * source. */
void draft_begin(struct draft *m, struct article *a, bool keep_all);

/* Adds to the open piece a run that was made from `from`: byte by byte if both are as long. */
void draft_add(struct draft *m, struct sv run, struct span from);

/* Adds to the open piece what stands nowhere in the document, such as the space for a line's end;
 * not at its beginning, and not twice. */
void draft_add_filler(struct draft *m, const char *glue);

/* Whether the open piece holds anything but white space. */
bool draft_has_text(const struct draft *m);

/* Ends the open piece: a block of that kind, or a stretch skipped for a reason (not NULL). The
 * piece is the last one in `pieces`, if it was not blank. False: it was. */
bool draft_end_piece(struct draft *m, enum block_kind kind, const char *reason);

/* The text of a piece as it was added. */
struct sv draft_piece_text(const struct draft *m, size_t piece);

/* Makes text, map, blocks and skipped of the article, and frees the draft. Fails with
 * STATUS_INPUT if nothing is left to read. */
enum status draft_finish(struct draft *m, struct err *e);

void draft_free(struct draft *m);

#endif
