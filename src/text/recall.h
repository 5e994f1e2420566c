/*
 * Recall: the words of a long article are forgotten after they were read, and read again when they
 * are needed, so that a listener may go anywhere in a book without all of its words in memory.
 *
 * Invariants:
 * - A stretch is a run of blocks with at least so many tokens as recall_new is told. The article
 *   holds the words of one stretch, or of two that are adjacent; an article of no more than two
 *   stretches is never read twice. Its blocks and sentences are always all there.
 * - What is read again is the same as before: the normalizer then has noted of the article what it
 *   had noted when it came to the stretch for the first time.
 */
#ifndef DOCBAO_TEXT_RECALL_H
#define DOCBAO_TEXT_RECALL_H

#include "text/normalize.h"

struct recall;

/* Begins for an article of which no block has been read; `n` is its normalizer and must outlive
 * what this returns, which the caller frees with recall_free. */
struct recall *recall_new(struct article *a, struct normalizer *n, uint32_t stretch_tokens);
/* To be called after each block that the normalizer has read. */
void recall_block_was_read(struct recall *r);
/* Whether some words are not there; otherwise recall may be ended, and all words stay. */
bool recall_is_needed(const struct recall *r);
/* Afterwards only the words that are there may be asked for. NULL is allowed. */
void recall_free(struct recall *r);

/* Makes sure that the words of this sentence (the sentence of this token) are there. Pointers to
 * tokens, words and spoken text are invalid afterwards. Without recall it does nothing. */
void recall_sentence(const struct article *a, uint32_t sentence);
void recall_token(const struct article *a, uint32_t token);

/* How many tokens the article has, with those that are not there now. */
uint32_t recall_token_count(const struct article *a);

#endif
