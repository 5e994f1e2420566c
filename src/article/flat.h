/*
 * An article as one run of bytes (base/flat.h): as a confined process sends it when it has taken a
 * document apart.
 *
 * Only what reading has filled is sent: not the sentences, which text/ makes. The source is sent
 * only if it is not the document itself (archives, PDF), and the text only if it is not the source.
 *
 * Invariants: what article_flatten writes, article_from_flat reads back the same.
 */
#ifndef DOCBAO_ARTICLE_FLAT_H
#define DOCBAO_ARTICLE_FLAT_H

#include "article/article.h"
#include "base/flat.h"

/* Writes the article that was read from `document`. */
void article_flatten(const struct article *a, struct sv document, const struct flat_writer *w);

/*
 * Fills *a, which has a name and its source, the document, from what article_flatten wrote in
 * another process: *bytes from `at` on. The article takes the bytes over, for its text. Nothing in
 * the bytes is trusted: the invariants of article.h are checked. The exceptions can hurt nothing:
 * that the text is NFC, that each letter lies in a block or is skipped, and that the picture is
 * one. False: the bytes are no such article; *a may then only be given to article_free.
 */
bool article_from_flat(struct article *a, struct buf *bytes, size_t at);

#endif
