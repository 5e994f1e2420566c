/*
 * Foreign documents are taken apart in a process of their own that may do nothing else
 * (base/child.h): a fault in a parser, ours or a library's, can then spoil the article, and nothing
 * besides.
 *
 * Invariants: the caller's process never parses the bytes. What the other process sends is checked
 * (article/flat.h, article/format/feed_flat.h). Errors besides those of the reading: STATUS_INPUT
 * if the process takes longer than options->load.fetch->timeout_s (0: a minute) or more memory than
 * it may have, dies, or sends nonsense; STATUS_STOPPED; STATUS_USAGE if it cannot be started.
 */
#ifndef DOCBAO_ARTICLE_PARSER_H
#define DOCBAO_ARTICLE_PARSER_H

#include "article/format/feed.h"
#include "article/read.h"
#include "base/child.h"

/* Reads the document `name`: a path, "-" for standard input, or a URL. *out is set as by
 * article_take_bytes. *ending, which must be zeroed, is set to the other process, which has nothing
 * more to do: the caller calls child_reap later. NULL: it is waited for here. Errors: also those of
 * load_document. */
enum status parser_read(struct article *out, const char *name, const struct read_options *options,
                        struct child *ending, struct err *e);

/* As article_take_bytes. */
enum status parser_take_bytes(struct article *out, const char *name, struct buf *bytes,
                              const struct read_options *options, struct child *ending,
                              struct err *e);

/* Reads a feed from a path, standard input ("-") or a URL. *out is set as by feed_from_bytes.
 * Errors: also those of load_document. */
enum status parser_read_feed(struct feed *out, const char *name, const struct load_options *options,
                             struct err *e);

#endif
