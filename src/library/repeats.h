/*
 * Reads once what several articles of a queue have in common, such as a footer or a note of the
 * editors.
 *
 * Invariants:
 * - Only hashes of blocks are kept, in the order in which the articles came. A block is repeated if
 *   an earlier article had a block with the same text, not counting white space. An article that
 *   comes again is treated as it was the first time: its own blocks are not repeats.
 * - Content is not removed only because it looks alike:
 *   - Titles, dates, sapos and bylines are never skipped.
 *   - A list or table, whose items and rows are blocks, is skipped as a whole or not at all.
 *   - A long block (a paragraph, list or table of five words or more) is skipped if it is repeated.
 *   - A short block, and a caption of any length, may be meant to come again ("Anh gật đầu."). It
 *     is skipped only in the run of repeated blocks at the end of the article, and only if this run
 *     also has a long block, or if no block in it ends like a sentence ("Theo Báo Mẫu", but not
 *     "Xin cảm ơn ông!").
 *   - A heading ("Kết luận") is skipped only if it is repeated and everything under it, up to the
 *     next heading, is skipped. If the next heading follows at once, that one must be skipped.
 *   - If more than half of the bytes of paragraphs, headings, lists, tables and captions would be
 *     skipped, it is the same story again, and nothing is skipped.
 */
#ifndef DOCBAO_LIBRARY_REPEATS_H
#define DOCBAO_LIBRARY_REPEATS_H

#include "library/fingerprint.h"

struct repeats_block {
    struct fingerprint text; /* length 0: the slot is free */
    uint32_t article;        /* the first one that had it */
};

/* Zeroed: no article has come yet. */
struct repeats {
    VEC(uint64_t) articles;      /* their fingerprint_article, in the order they came */
    struct repeats_block *slots; /* a hash table with open addressing */
    size_t count, mask;          /* how many are in use; slots - 1 */
};

/* Skips the repeated blocks of an article, with reason "repeated". Its words must not have been
 * read yet. `key` is its fingerprint_article. */
void repeats_skip(const struct repeats *r, struct article *a, uint64_t key);

/* Adds the blocks of the article. Call it after repeats_skip, with the same key. */
void repeats_add(struct repeats *r, const struct article *a, uint64_t key);

/* Frees what it holds, not the struct itself. */
void repeats_free(struct repeats *r);

#endif
