/*
 * DOCX: the paragraphs, headings, lists and tables of word/document.xml.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_DOCX_H
#define DOCBAO_ARTICLE_FORMAT_DOCX_H

#include "article/input/archive.h"
#include "article/format/format.h"

/* Fills source (the members read), text, blocks and skipped of the article. Spans are bytes of the
 * member word/document.xml; of a title that stands in the properties alone, of docProps/core.xml.
 * Footnotes, headers and comments are not read; a diagnostic counts the notes. */
enum status docx_read(struct article *a, struct archive *z, const struct format_options *options,
                      struct err *e);

#endif
