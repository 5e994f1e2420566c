/*
 * DOCX: the paragraphs, headings, lists and tables of word/document.xml.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_DOCX_H
#define DOCBAO_ARTICLE_FORMAT_DOCX_H

#include "article/format/format.h"
#include "article/input/archive.h"

/*
 * Fills the source of the article with the members that are read, and *draft with their text; the
 * caller frees it with draft_finish. Spans are bytes of the member word/document.xml; those of a
 * title that only the properties have, of docProps/core.xml. Footnotes, headers and comments are
 * not read; a diagnostic counts the notes. After an error *draft is freed.
 */
enum status docx_read(struct article *a, struct archive *z, const struct format_options *options,
                      struct draft *draft, struct err *e);

#endif
