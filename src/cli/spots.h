/*
 * Where the sentence and the word that are heard stand in the text of their block.
 *
 * Invariants:
 * - Spots are byte offsets in the folded text of one block of one article, found by the order of
 *   its sentences and tokens. What cannot be found (it never should) is an empty spot.
 * - Only the block and the sentence that were last asked for are held: finding a spot is cheap
 *   in the order of reading; only a leap costs as many sentences as it leaves out.
 */
#ifndef DOCBAO_CLI_SPOTS_H
#define DOCBAO_CLI_SPOTS_H

#include "docbao/docbao.h"

struct spot {
    uint32_t from, to;
};

struct spots { /* all zero: empty */
    struct docbao_article *article;
    uint32_t block, sentence0, sentences;
    uint32_t found; /* of the sentences: how many have their spot in `at` */
    struct spot *at;
    size_t room;
    uint32_t sentence; /* whose tokens are held below, where `tokens` is not 0 */
    uint32_t token0, tokens;
    struct spot *words;
    size_t word_room;
};

/* Forgets all: the article was closed, or read anew. */
void spots_clear(struct spots *s);
void spots_free(struct spots *s);

/* The sentence in the block that holds it. */
struct spot spots_sentence(struct spots *s, struct docbao_article *a, uint32_t block,
                           uint32_t sentence);
/* After spots_sentence for the same sentence: one of its tokens. */
struct spot spots_word(struct spots *s, uint32_t token);

#endif
