/*
 * One page of an EPUB: XHTML, or HTML that is not XML, to pieces of a draft.
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
#ifndef DOCBAO_ARTICLE_FORMAT_EPUB_PAGE_H
#define DOCBAO_ARTICLE_FORMAT_EPUB_PAGE_H

#include "article/format/draft.h"
#include "base/table.h"

/* The notes of a book; all zero in the beginning. */
struct epub_notes {
    struct index targets; /* "path#id" of the notes that marks link to; keys are in the arena */
    struct arena arena;
    size_t marks; /* within lines, and pronunciations; they are not read */
};

void epub_notes_free(struct epub_notes *n);

struct epub_page {
    const char *path;   /* of the member */
    struct sv bytes;    /* of the page */
    uint32_t base;      /* their offset in the source */
    const char *reason; /* why the page is not read; NULL: it is */
};

/* Reads the page into the draft. A note says what is damaged in it. */
void epub_page_read(const struct epub_page *page, struct epub_notes *notes, struct draft *draft);

#endif
