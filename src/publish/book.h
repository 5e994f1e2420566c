/*
 * A book that is heard: the members that were made of the text, its sound, and those that are the
 * same in every book, in an EPUB file.
 *
 * Invariants: the same text and sound give the same bytes. The file takes the place of another one
 * only when it is whole (base/replacement.h).
 */
#ifndef DOCBAO_PUBLISH_BOOK_H
#define DOCBAO_PUBLISH_BOOK_H

#include "article/input/archive.h"
#include "base/err.h"
#include "base/vec.h"

/* Zeroed but for `sound`, it has no member yet. */
struct book {
    const char *path;  /* of the book */
    const char *sound; /* the path of an MP3 file */
    VEC(struct archive_part) members;
};

/* Adds the text in an open file, which is read from its start, as a member of the book at `path`.
 * The texts must outlive the book. */
void book_add(struct book *b, const char *path, const char *member, int text);

/* Writes the book, and frees what it holds. Errors: STATUS_OUTPUT, STATUS_USAGE (a part of docbao
 * is not installed). */
enum status book_pack(struct book *b, struct err *e);

#endif
