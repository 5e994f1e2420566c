/*
 * From bytes to an article: reads, decodes, and finds what is to be read aloud.
 *
 * Invariants: the same bytes and options give the same article; damage in a document becomes a
 * diagnostic, not an error, if anything is left to read.
 */
#ifndef DOCBAO_ARTICLE_READ_H
#define DOCBAO_ARTICLE_READ_H

#include "article/article.h"
#include "article/input/load.h"

struct read_options {
    struct load_options load;  /* how much is read, and how the network is used */
    bool raw;                  /* find no article: each line a paragraph, nothing skipped */
    bool picture;              /* the cover of a book is wanted, too */
    bool skip_tables;          /* tables are skipped, with a reason, not read row by row */
    const char *encoding;      /* a name of article/input/encoding.h; NULL: guess */
    const char *charset;       /* the encoding that a server named; may be NULL */
    bool cut_short;            /* the bytes are not all of the document */
    const struct rules *rules; /* used while it is read; NULL: the built-in tables */
};

/* Sets *out to an article of that name in which nothing is yet. */
void article_begin(struct article *out, const char *name, const struct read_options *options);

/*
 * Reads the document in *bytes, which become the article's: they are then empty. *out is set
 * completely; after an error too it may be given to article_free. Errors: STATUS_INPUT for a
 * document that is empty or holds nothing to read (binary bytes, no letters or digits, no article
 * in a page) or more than options->load allows, with the document named; STATUS_USAGE for an
 * unknown encoding.
 */
enum status article_take_bytes(struct article *out, const char *name, struct buf *bytes,
                               const struct read_options *options, struct err *e);

/* The same for bytes that are copied. */
enum status article_from_bytes(struct article *out, const char *name, struct sv bytes,
                               const struct read_options *options, struct err *e);

/* Makes *out an article of plain text that a program holds already: every line is a paragraph,
 * nothing is looked for and nothing skipped. The text is copied; what is not UTF-8 in it is U+FFFD.
 * Unlike a document it may be empty. Errors: it is too large (STATUS_INPUT). */
enum status article_from_text(struct article *out, const char *name, struct sv text,
                              const struct rules *rules, struct err *e);

#endif
