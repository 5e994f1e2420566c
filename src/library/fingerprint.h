/*
 * Knowing again what was seen before, by a hash of its text instead of the text.
 *
 * Invariants: white space counts as single spaces between words, so that a text broken into other
 * lines is the same one. The hashes are the same on every machine and in every version: they stand
 * in files.
 */
#ifndef DOCBAO_LIBRARY_FINGERPRINT_H
#define DOCBAO_LIBRARY_FINGERPRINT_H

#include "article/article.h"

struct fingerprint {
    uint64_t hash;
    uint32_t length; /* bytes, folded; 0: the text is empty */
};

struct fingerprint fingerprint_of(struct sv text);

/*
 * Of an article: of its title, sapo, headings, paragraphs, lists and tables, as they stand in the
 * document. Neither its date, byline and captions nor its name count: an article that was saved
 * twice, or fetched again, is the same one. Tables count also where they are skipped.
 */
uint64_t fingerprint_article(const struct article *a);

#endif
