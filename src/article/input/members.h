/*
 * The members of an archive as the source of an article.
 */
#ifndef DOCBAO_ARTICLE_INPUT_MEMBERS_H
#define DOCBAO_ARTICLE_INPUT_MEMBERS_H

#include "article/input/archive.h"

/* The bytes of the members that were read, one after another; they become the article's source
 * with members_keep. */
struct members {
    struct article *a;
    struct archive *z;
    struct buf bytes;
};

void members_begin(struct members *m, struct article *a, struct archive *z);

/* Unpacks a member behind the others and gives where it stands: by offset, since the bytes move. */
enum status members_add(struct members *m, const char *name, struct span *where, struct err *e);

struct sv members_at(const struct members *m, struct span where);

/* Makes the bytes the article's source. */
void members_keep(struct members *m);

#endif
