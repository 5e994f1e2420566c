/*
 * Changes to HTML before it is parsed. They are made in place, and no byte moves.
 *
 * Invariants: the length stays; valid UTF-8 stays valid; the time is linear in the page.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_HTML_PREPROCESS_H
#define DOCBAO_ARTICLE_FORMAT_HTML_PREPROCESS_H

#include "base/sv.h"

/* Stands for a '<' that begins no tag, but that the parser would take for one. Decoded text holds
 * no such byte. */
#define HTML_BARE_LESS '\x7F'

/* Mends what would cost time or text:
 * - Overwrites all but the first attributes of a tag with very many by spaces, because the parser
 *   takes quadratic time for them.
 * - Overwrites the first quotation mark of a value whose second one is missing, so that the text
 *   behind the tag is no part of the value.
 * - Writes HTML_BARE_LESS for the '<' of a name that no tag has, and of a tag without an end that
 *   reads as text.
 * - Ends a comment that has no end behind its first '>'.
 * - Writes references that the parser does not know as numbers. */
void html_preprocess(char *text, size_t n);

#endif
