/*
 * Normalization: from what is written to what is said. Fills the sentences, tokens and spoken words
 * of an article.
 *
 * Invariants:
 * - The rules are loaded once, do not change, and serve any number of articles.
 * - Promise 1: afterwards every letter, digit and symbol of a block is in exactly one token or one
 *   skipped span of the article.
 * - Promise 2: every spoken word is a legal Vietnamese syllable (lang/syllable.h).
 * - The same article, rules and options give the same result.
 */
#ifndef DOCBAO_TEXT_NORMALIZE_H
#define DOCBAO_TEXT_NORMALIZE_H

#include "article/article.h"
#include "text/options.h"

struct rules;

/* Fills the sentences, tokens, words and spoken text of every block of `a`. */
void normalize_article(struct article *a, const struct rules *rules,
                       const struct reading_options *options);

/*
 * The same, block by block: between two blocks, sentences that were read may be used and forgotten
 * (article_forget). The skipped stretches and the diagnostics are complete after the last block.
 */
struct normalizer;

/* The arguments must outlive what it returns, which the caller frees with normalizer_free. No
 * sentence of `a` has been read. */
struct normalizer *normalizer_new(struct article *a, const struct rules *rules,
                                  const struct reading_options *options);
/* Reads the next block, which may have no sentence. False: all of them were read before. */
bool normalizer_read(struct normalizer *n);
/* How many blocks it has read. */
size_t normalizer_blocks_read(const struct normalizer *n);
/* NULL is allowed. */
void normalizer_free(struct normalizer *n);

/* What it has noted of the article so far. */
struct notes;
const struct notes *normalizer_notes(const struct normalizer *n);
/* Reads the blocks from `first` to before `end` once more, with the notes of the time when the
 * first one was read. Their tokens, words and spoken text are added to those of the article, whose
 * counts must be as they were then; nothing else of the article changes. */
void normalizer_read_again(struct normalizer *n, const struct notes *notes, size_t first,
                           size_t end);

/* The name of an enum token_class, as in the JSON: "word", "cardinal", "date" ... */
const char *token_class_name(unsigned cls);

/* The number of spoken words of a sentence, and the first of them in a->words. */
uint32_t reading_sentence_words(const struct article *a, const struct sentence *s, uint32_t *first);

#endif
