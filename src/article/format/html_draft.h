/*
 * HTML all of which is the text, to pieces of a draft: a page of an EPUB, which may be XML, and a
 * block of HTML in a Markdown file. No article is searched for in it.
 *
 * Invariants: all text of the body is added to the draft. Not read, with these reasons: `notes`
 * (footnotes, endnotes and their marks), `page` (page numbers of the printed book), `contents`,
 * `hidden`, `pronunciation` (beside characters), `formula` (the TeX of a formula that is there in
 * other form too).
 *
 * A note is known by epub:type or role, by its class, or because the mark of a note links to it.
 *
 * Sources: EPUB 3 (Structural Semantics Vocabulary), Digital Publishing WAI-ARIA Module, OPF 2.0.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_HTML_DRAFT_H
#define DOCBAO_ARTICLE_FORMAT_HTML_DRAFT_H

#include "article/format/draft.h"
#include "base/table.h"

/* The notes of a book; all zero in the beginning. */
struct html_notes {
    struct index targets; /* "path#id" of the notes that marks link to; keys are in the arena */
    struct arena arena;
    size_t marks; /* within lines, and pronunciations; they are not read */
};

/* Frees what it holds, not the struct itself. */
void html_notes_free(struct html_notes *n);

struct html_part {
    const char *path;        /* of the member; NULL: it is a block, and damage to it is not noted */
    struct sv bytes;         /* of the page */
    uint32_t base;           /* their offset in the source */
    enum skip_reason reason; /* why the page is not read; SKIP_NONE: it is */
};

/* Reads the page into the draft. A note says what is damaged in it. */
void html_draft_read(const struct html_part *page, struct html_notes *notes, struct draft *draft);

#endif
