/*
 * EPUB: the chapters of a book, in the order in which they are to be read.
 *
 * Invariants: all text of the chapters is in the draft, read or skipped with a reason. Only
 * members of the archive are read.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_EPUB_H
#define DOCBAO_ARTICLE_FORMAT_EPUB_H

#include "article/format/format.h"
#include "article/input/archive.h"

/*
 * Fills the source of the article with the members that are read, and *draft with their text; the
 * caller frees it with draft_finish. Spans are bytes of a member; those of the title, of the
 * package document. Tables of contents, styles and pictures are not read. A chapter that cannot be
 * read is left out with a diagnostic. After an error *draft is freed.
 */
enum status epub_read(struct article *a, struct archive *z, const struct format_options *options,
                      struct draft *draft, struct err *e);

#endif
