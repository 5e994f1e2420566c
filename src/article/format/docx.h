/*
 * DOCX: the paragraphs, headings, lists and tables of a Word text.
 *
 * Invariants: all text of the members that are read is in the draft, read or skipped with a
 * reason. Nothing is read that the archive does not hold: links lead nowhere.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_DOCX_H
#define DOCBAO_ARTICLE_FORMAT_DOCX_H

#include "article/format/format.h"
#include "article/format/docx_package.h"

/*
 * Fills the source of the article with the members that are read, and *draft with their text; the
 * caller frees it with draft_finish. Spans are bytes of the member that holds the text; those of a
 * title that only the properties have, of that of the properties. Headers and comments are not
 * read, footnotes and endnotes are skipped, and a diagnostic counts their marks. After an error
 * *draft is freed.
 */
enum status docx_read(struct article *a, struct archive *z, const struct docx_package *package,
                      const struct format_options *options, struct draft *draft, struct err *e);

#endif
