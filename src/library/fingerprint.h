/*
 * Recognizes text that was seen before by its hash, so that the text itself need not be kept.
 *
 * Invariants: any white space counts as a single space between words, so a text that is broken into
 * other lines is the same text. The hashes are stored in files: they must be the same on every
 * machine and in every version.
 */
#ifndef DOCBAO_LIBRARY_FINGERPRINT_H
#define DOCBAO_LIBRARY_FINGERPRINT_H

#include "article/article.h"

struct fingerprint {
    uint64_t hash;
    uint32_t length; /* in bytes, with single spaces; 0: the text is empty */
};

/* The fingerprint of a text, which is UTF-8. */
struct fingerprint fingerprint_of(struct sv text);

/*
 * The hash of an article: of its title, sapo, headings, paragraphs, lists and tables, in the order
 * of the document, and of skipped tables too. The date, byline, captions and the file's name do not
 * count, so an article that was saved twice or fetched again is the same article.
 */
uint64_t fingerprint_article(const struct article *a);

#endif
