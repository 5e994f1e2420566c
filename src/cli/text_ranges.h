/*
 * The byte ranges of the sentence and the word being heard, in the text of their block.
 *
 * Invariants:
 * - Ranges are byte offsets in the folded text of one block of one article, found by the order of
 *   its sentences and tokens. A range that cannot be found (it never should) is empty.
 * - Only the block and the sentence that were last asked for are held: finding a range is
 *   cheap in the order of reading; only a leap costs as many sentences as it leaves out.
 */
#ifndef DOCBAO_CLI_TEXT_RANGES_H
#define DOCBAO_CLI_TEXT_RANGES_H

#include "docbao/docbao.h"

struct text_range {
    uint32_t from, to;
};

struct text_ranges { /* all zero: empty */
    struct docbao_article *article;
    uint32_t block, sentence0, sentences;
    uint32_t found; /* of the sentences: how many have their range in `at` */
    struct text_range *at;
    size_t room;
    uint32_t sentence; /* whose tokens are held below, where `tokens` is not 0 */
    uint32_t token0, tokens;
    struct text_range *words;
    size_t word_room;
};

/* Forgets all: the article was closed, or read anew. */
void text_ranges_clear(struct text_ranges *s);
/* Frees what it holds, not the struct itself. */
void text_ranges_free(struct text_ranges *s);

/* The sentence in the block that holds it. */
struct text_range text_ranges_sentence(struct text_ranges *s, struct docbao_article *a,
                                       uint32_t block, uint32_t sentence);
/* After text_ranges_sentence for the same sentence: one of its tokens. */
struct text_range text_ranges_word(struct text_ranges *s, uint32_t token);

#endif
