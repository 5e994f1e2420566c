/*
 * The members of an archive as the source of an article.
 */
#ifndef DOCBAO_ARTICLE_INPUT_UNPACKED_H
#define DOCBAO_ARTICLE_INPUT_UNPACKED_H

#include "article/input/archive.h"

/* The bytes of the members that were read, one after another; they become the article's source
 * with unpacked_become_source. */
struct unpacked {
    struct article *a;
    struct archive *z;
    struct buf bytes;
};

void unpacked_begin(struct unpacked *m, struct article *a, struct archive *z);

/* Unpacks a member behind the others and gives where it stands: by offset, since the bytes move. */
enum status unpacked_add(struct unpacked *m, const char *name, struct span *where, struct err *e);

struct sv unpacked_bytes(const struct unpacked *m, struct span where);

/* Makes the bytes the article's source. */
void unpacked_become_source(struct unpacked *m);

#endif
