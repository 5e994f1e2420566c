/*
 * What several articles of one queue have in common (a footer, a note of the editors) is read once.
 *
 * Invariants:
 * - Only hashes of blocks are kept, in the order in which articles came. A block is repeated if its
 *   text, but for white space, stood as a block of an article that came earlier. An article that
 *   comes again is treated as it was the first time: what it brought itself is its own.
 * - Content is not taken away for looking alike:
 *   - Titles, dates, sapos and bylines are never skipped.
 *   - A list or table, whose items and rows are blocks, stays or goes as a whole.
 *   - What is long (a paragraph, list or table of five words or more) is skipped where it is
 *     repeated.
 *   - What is short, and a caption of any length, may rightly come again ("Anh gật đầu."): it is
 *     skipped only in the run of repeated blocks that ends the article, and there only if something
 *     long is in that run too, or none in it ends as a sentence does ("Theo Báo Mẫu", but not "Xin
 *     cảm ơn ông!").
 *   - A heading ("Kết luận") is skipped only if it is repeated and all that stands under it, up to
 *     the next heading, is skipped; if the next heading follows at once, if that one is.
 *   - If more than half of the bytes of paragraphs, headings, lists, tables and captions would go,
 *     it is the same story again, and nothing is skipped.
 */
#ifndef DOCBAO_LIBRARY_REPEATS_H
#define DOCBAO_LIBRARY_REPEATS_H

#include "library/fingerprint.h"

struct repeats_block {
    struct fingerprint text; /* length 0: an empty slot */
    uint32_t article;        /* the first that had it */
};

/* Zeroed: no article has come yet. */
struct repeats {
    VEC(uint64_t) articles;      /* by fingerprint_article, in the order in which they came */
    struct repeats_block *slots; /* a hash table */
    size_t count, mask;          /* how many are in use; slots - 1 */
};

/* Takes out of the article, whose words are not read yet, what is repeated: skipped with reason
 * "repeated". `key`: its fingerprint_article. */
void repeats_skip(const struct repeats *r, struct article *a, uint64_t key);

/* The article has come: to be called behind repeats_skip, with the same key. */
void repeats_add(struct repeats *r, const struct article *a, uint64_t key);

void repeats_free(struct repeats *r);

#endif
