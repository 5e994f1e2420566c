/*
 * From what is written to what is said: sentences, tokens, spoken words.
 *
 * Invariants:
 * - Everything the rules need is loaded once into a struct rules, which is not changed afterwards
 *   and may be used for any number of articles.
 * - Promise 1: every letter, digit and symbol of a block lies in exactly one token or one skipped
 *   stretch of the article when normalize_article returns.
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

/* The name of a token's class, as in the JSON: "word", "cardinal", "date" ... */
const char *token_class_name(unsigned cls);

/*
 * What the engine is given for one sentence: the spoken text with the respellings of
 * assets/rules/respellings.tsv ("oạ", "[[m'O3k]]"), appended to `out`, and for each word of the
 * sentence the code point (from 0) at which it starts there (so that the engine's word events can
 * be paired with words by position). A word outside the legal syllables is never given: it is
 * left out, and its position is UINT32_MAX.
 */
void reading_engine_text(const struct article *a, const struct sentence *s,
                         const struct rules *rules, struct buf *out, uint32_t *word_positions);

/* The number of spoken words of a sentence, and the first of them in a->words. */
uint32_t reading_sentence_words(const struct article *a, const struct sentence *s, uint32_t *first);

#endif
