/*
 * What is to be heard, one after another: files, URLs and items of feeds.
 *
 * Invariants: entries are opened when they are come to, and stay open until playlist_free; one that
 * cannot be opened is told once and passed over. Nothing here waits for a URL: it is fetched in the
 * background.
 */
#ifndef DOCBAO_CLI_PLAYLIST_H
#define DOCBAO_CLI_PLAYLIST_H

#include "cli/cli.h"

struct playlist_entry {
    const char *name;         /* of a file, or a URL; NULL: an item of a feed */
    struct docbao_feed *feed; /* the caller's */
    uint32_t item;
    struct docbao_article *article; /* NULL: not opened */
    bool failed;
    bool entered; /* the caller's: the listener has come to it */
};

struct playlist {
    struct cli *cli;
    struct playlist_entry *entries;
    uint32_t count;
    uint32_t first;                        /* where to begin */
    const struct playlist_entry *expected; /* what is being fetched, or was last */
    bool loop;
};

void playlist_add_file(struct playlist *p, const char *name);
void playlist_add_item(struct playlist *p, struct docbao_feed *feed, uint32_t item);
void playlist_shuffle(struct playlist *p);
/* Closes all articles. */
void playlist_free(struct playlist *p);

/* As the neighbour of struct docbao_listener. */
bool playlist_neighbour(struct playlist *p, struct docbao_article *a, int step,
                        struct docbao_article **out);

/* The entry of an article that was given. */
struct playlist_entry *playlist_entry_of(struct playlist *p, const struct docbao_article *a);

#endif
