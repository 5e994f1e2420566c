/*
 * How the sentences of a block are read aloud (rules/style.h), and the pauses after them.
 *
 * Invariants:
 * - The style of a sentence depends on its block, on the blocks beside it, and on the quotation
 *   marks of its block.
 * - A quotation counts only if it is closed in its block: a mark too many changes nothing.
 * - The pause inside a block grows with the sentence, within bounds; at its end it is the voice's,
 *   times the style's percentage.
 */
#ifndef DOCBAO_TEXT_STYLE_H
#define DOCBAO_TEXT_STYLE_H

#include "article/article.h"
#include "text/options.h"

/* Sets style and pause_ms of the sentences of the block, which have been read. */
void style_block(struct article *a, struct block *block, const struct rules *rules,
                 const struct reading_options *options);

#endif
