/*
 * EPUB: the chapters of a book, in the order in which they are to be read.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_EPUB_H
#define DOCBAO_ARTICLE_FORMAT_EPUB_H

#include "article/input/archive.h"
#include "article/format/format.h"

/* Fills source (the members read), text, blocks and skipped of the article. Spans are bytes of a
 * member, of the title: of the package document. Tables of contents, styles and pictures are not
 * read. A chapter that cannot be read is left out with a diagnostic. */
enum status epub_read(struct article *a, struct archive *z, const struct format_options *options,
                      struct err *e);

#endif
