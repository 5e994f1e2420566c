/*
 * The package document of an EPUB: which members there are, and their order.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_EPUB_PACKAGE_H
#define DOCBAO_ARTICLE_FORMAT_EPUB_PACKAGE_H

#include "article/input/archive.h"
#include "base/arena.h"
#include "base/table.h"

struct epub_item {
    struct sv id;
    const char *path; /* from the top of the archive, normalized; NULL: leads out of it */
    bool is_page;     /* XHTML, and no table of contents */
};

struct epub_package {
    const char *path; /* of the package document; "" if there is none */
    VEC(struct epub_item) items;
    VEC(struct sv) spine; /* ids, in reading order */
    struct index by_id;   /* to `items` */
    struct index locked;  /* paths of members that are encrypted */
    struct arena arena;
};

/* Reads META-INF/container.xml, the package document and META-INF/encryption.xml. The caller frees
 * it with epub_package_free, also after an error. */
enum status epub_package_read(struct epub_package *p, struct archive *z, struct err *e);

/* The item of that id, or NULL. */
const struct epub_item *epub_package_item(const struct epub_package *p, struct sv id);
bool epub_package_is_locked(const struct epub_package *p, const char *path);
void epub_package_free(struct epub_package *p);

/* Puts into *out the path, from the top of the archive, of what `reference` (a URL without scheme,
 * maybe with a fragment) means in a member of the folder of `from`; false if it leads out of the
 * archive or elsewhere. */
bool epub_resolve(const char *from, struct sv reference, struct buf *out);

#endif
