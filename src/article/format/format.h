/*
 * Documents that are more than text: told apart by their first bytes, then by the ending of their
 * name.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_FORMAT_H
#define DOCBAO_ARTICLE_FORMAT_FORMAT_H

#include "article/article.h"

struct format_options {
    bool raw;             /* nothing is skipped */
    uint64_t max_bytes;   /* of what is unpacked, all parts together */
    const char *encoding; /* of text that is stored as UTF-8, by format_encoding; NULL: found out */
};

/* What became of the source. */
enum format_result {
    FORMAT_TEXT,      /* it is to be read as text, as it was */
    FORMAT_EXTRACTED, /* it was replaced by its text, UTF-8, to be read as plain text (PDF) */
    FORMAT_READ,      /* text, blocks and skipped of the article are filled */
};

/* What an encoding named by the user (or NULL) means for text that is stored as UTF-8: "TCVN3" is
 * then what the letters were before they were taken for Western ones. */
const char *format_encoding(const char *name);

/*
 * Before decoding: takes apart DOCX, EPUB and PDF. Errors, with the file named: archives that are
 * damaged, locked, made to fill the memory, or of another kind; old Word files and RTF, which are
 * only recognised; STATUS_USAGE: a part of docbao that this needs is missing.
 */
enum status format_unpack(struct article *a, const struct format_options *options,
                          enum format_result *result, struct err *e);

/* After decoding: Markdown, by the ending of the name (.md, .markdown). */
enum status format_read_text(struct article *a, const struct format_options *options,
                             enum format_result *result, struct err *e);

/* The same for each format, of a source of which it is known. */
enum status markdown_read(struct article *a, const struct format_options *options,
                          enum format_result *result, struct err *e);
enum status pdf_read(struct article *a, const struct format_options *options, struct err *e);

#endif
