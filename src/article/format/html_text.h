/*
 * The visible text of an HTML page while it is put together, with the way back to the bytes it
 * was made from.
 *
 * Invariants: `out` is valid UTF-8 and NFC; white space is one space, never at the ends of a line;
 * lines end with '\n' and are not empty, but for the last while it grows. Breakpoints ascend.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_HTML_TEXT_H
#define DOCBAO_ARTICLE_FORMAT_HTML_TEXT_H

#include "article/source_map.h"
#include "base/buf.h"

struct html_text {
    struct buf out;
    struct source_map map;
    size_t line; /* where the line that grows begins */
    bool space;  /* white space was seen and not yet written */
    size_t space_from;
    VEC(uint32_t) codes; /* characters that may still be joined by what follows */
    size_t codes_from, codes_to;
};

void html_text_start(struct html_text *t);
void html_text_free(struct html_text *t);

/* Appends text. `linear`: its bytes stand so in the source, from `from` on; otherwise all of it
 * was made from the source's bytes [from, to). */
void html_text_add(struct html_text *t, struct sv text, size_t from, size_t to, bool linear);

/* Ends the line, if anything is in it. Gives whether there was. */
bool html_text_end_line(struct html_text *t);

/* Writes what is still held back, so that `out` may be looked at. */
void html_text_flush(struct html_text *t);

#endif
