/*
 * A text in another language, for a voice of that language: its words are said as they are written.
 *
 * Invariants:
 * - The spoken words are letters and digits, with an apostrophe between two letters, a point or
 *   comma between two digits; nothing else reaches the engine.
 * - Every word is one token of the class `word`.
 */
#ifndef DOCBAO_FOREIGN_TEXT_H
#define DOCBAO_FOREIGN_TEXT_H

#include "article/article.h"
#include "text/options.h"

/* Fills the sentences, tokens and words of an article in which nothing was read yet, and marks it
 * as foreign. */
void foreign_text_read(struct article *a, const struct reading_options *options);

#endif
