/*
 * Checks the promises of article/article.h and text/normalize.h, which hold for every article,
 * whatever its source holds. The tests and the fuzzer use it.
 */
#ifndef DOCBAO_TESTS_PROMISES_H
#define DOCBAO_TESTS_PROMISES_H

#include "article/article.h"
#include "text/normalize.h"

/*
 * Whether the article, behind normalize_article, keeps all of them:
 * - every letter, digit and symbol lies in exactly one token or skipped stretch, and these are
 *   disjoint, in the text as in the source;
 * - blocks, sentences, tokens, words and their spoken text fit together;
 * - every spoken word is a legal syllable in lower case, and the engine is given nothing else but
 *   pause marks and phonemes.
 * If not, appends to `broken` which one is not kept, and where.
 */
bool promises_kept(const struct article *a, const struct rules *rules, struct buf *broken);

/* Whether two readings of the same bytes are the same; if not, appends what differs. */
bool promises_same(const struct article *a, const struct article *b, struct buf *broken);

#endif
