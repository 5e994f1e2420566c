/*
 * From what a feed says of an article to an item of the feed.
 *
 * Invariants: an item that is added has a link or a content; its strings are as feed.h wants them.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_FEED_ITEM_H
#define DOCBAO_ARTICLE_FORMAT_FEED_ITEM_H

#include "article/format/feed.h"

/* The parts of an item: the best that was said of each. */
enum feed_part {
    FEED_TITLE, /* may be HTML */
    FEED_LINK,
    FEED_ID,
    FEED_DATE,
    FEED_CONTENT, /* HTML */
    FEED_SUMMARY, /* HTML */
    FEED_PARTS
};

struct feed_parts {
    struct buf text[FEED_PARTS];
    bool id_is_link;  /* if there is no other */
    const char *base; /* for relative addresses */
};

/* Empties the parts; the caller frees them with feed_parts_free. */
void feed_parts_begin(struct feed_parts *p);
/* Ready for the next item. */
void feed_parts_clear(struct feed_parts *p);
/* Frees what it holds, not the struct itself. */
void feed_parts_free(struct feed_parts *p);

/* The address that `reference` means in a document at `base`, owned by the feed; the reference
 * itself if that is not known. */
const char *feed_absolute(struct feed *f, struct sv reference, const char *base);

/* Adds the item, if it leads to anything to read. `source`: the name of the feed. */
void feed_item_add(const struct feed_parts *p, struct feed *f, const char *source);

#endif
