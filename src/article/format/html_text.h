/*
 * Collects the visible text of an HTML page, and the map to the decoded page.
 *
 * Invariants: `out` is valid UTF-8 and NFC. White space is a single space, never at an end of a
 * line. Lines end with '\n'; only the last one, which is not ended yet, may be empty. `map` is the
 * map of `out`.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_HTML_TEXT_H
#define DOCBAO_ARTICLE_FORMAT_HTML_TEXT_H

#include "article/source_map.h"
#include "base/buf.h"

struct html_text {
    struct buf out;
    struct source_map map;
    size_t line; /* offset of the current line */
    bool space;  /* white space was added and is not in `out` yet */
    size_t space_from;
    VEC(uint32_t) codes; /* held back: a mark that follows may join them */
    size_t codes_from, codes_to;
};

/* Begins an empty text; the caller frees it with html_text_free. */
void html_text_start(struct html_text *t);
/* Frees what it holds, not the struct itself. */
void html_text_free(struct html_text *t);

/* Appends text. `linear`: it is a copy of the source from `from` on; otherwise it was made as a
 * whole from the bytes [from, to). */
void html_text_add(struct html_text *t, struct sv text, size_t from, size_t to, bool linear);

/* Ends the line. Returns false, and adds nothing, if it is empty. */
bool html_text_end_line(struct html_text *t);

/* Writes what is held back to `out`. */
void html_text_flush(struct html_text *t);

#endif
