/*
 * The members of an archive that were read. One after another, their bytes become the source of the
 * article.
 *
 * Invariants: bytes of members are never moved or removed until they become the source, so their
 * places stay.
 */
#ifndef DOCBAO_ARTICLE_INPUT_UNPACKED_H
#define DOCBAO_ARTICLE_INPUT_UNPACKED_H

#include "article/input/archive.h"

struct unpacked {
    struct article *a;
    struct archive *z;
    struct buf bytes;
};

/* Begins without members. Both must outlive it. */
void unpacked_begin(struct unpacked *u, struct article *a, struct archive *z);

/* Unpacks a member, and adds it to the members of the article. *where is set to its place in
 * `bytes`. A diagnostic says that it is damaged or cut short. Errors: those of
 * archive_read_part. */
enum status unpacked_add(struct unpacked *u, const char *name, struct span *where, struct err *e);

/* The bytes of a member; valid until the next unpacked_add. */
struct sv unpacked_bytes(const struct unpacked *u, struct span where);

/* Moves the bytes to the article. Call it last, after an error too. */
void unpacked_become_source(struct unpacked *u);

#endif
