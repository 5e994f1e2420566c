/*
 * The package document of an EPUB: its members and their order.
 *
 * Invariants: paths are from the root of the archive and never leave it; strings lie in the arena.
 * An item is found by its id; of two with the same id the first.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_EPUB_PACKAGE_H
#define DOCBAO_ARTICLE_FORMAT_EPUB_PACKAGE_H

#include "article/input/archive.h"
#include "base/arena.h"
#include "base/table.h"

struct epub_item {
    struct sv id;
    const char *path;   /* from the root of the archive, normalized; NULL: not inside the archive */
    struct sv fallback; /* the id of the item to read in place of this one */
    bool is_page;       /* XHTML or HTML */
    bool is_contents;   /* the table of contents that programs show */
    bool is_picture;    /* or sound: it holds no text */
    bool is_read;       /* set by who reads it */
};

/* A place in the reading order. */
struct epub_place {
    struct sv id;   /* of an item */
    bool is_beside; /* it is outside of the order: linear="no" */
};

struct epub_package {
    const char *path; /* of the package document; "" if there is none */
    VEC(struct epub_item) items;
    VEC(struct epub_place) spine;
    struct sv cover;     /* the id of the picture on the cover (EPUB 2); empty: not known */
    const char *picture; /* the path of the picture on the cover (EPUB 3), or NULL */
    struct index by_id;  /* to `items` */
    struct index locked; /* the paths of encrypted members */
    struct arena arena;
};

/* Reads META-INF/container.xml, the package document and META-INF/encryption.xml. The caller frees
 * *p with epub_package_free, after an error too. */
enum status epub_package_read(struct epub_package *p, struct archive *z, struct err *e);

/* The item of that id, or NULL; the page that stands for it if it is not a page. */
struct epub_item *epub_package_page(struct epub_package *p, struct sv id);
/* The path of the picture on the cover; NULL: none is named. */
const char *epub_package_picture(const struct epub_package *p);
/* Whether the member of this path is encrypted. */
bool epub_package_is_locked(const struct epub_package *p, const char *path);
/* Frees what it holds, not the struct itself. */
void epub_package_free(struct epub_package *p);

#endif
