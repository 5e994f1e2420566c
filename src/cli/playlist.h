/*
 * The queue of a listener: files, URLs and items of feeds.
 *
 * Invariants: an entry is opened when the listener comes to it, closed when the player is done with
 * it, and opened again when the listener comes back; one that cannot be opened is reported once and
 * left out. Only for the first article is waited; the others are read in the background.
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
    char *title;        /* NULL: not known yet */
    uint64_t length_ms; /* at the usual speed; 0: not known yet */
    bool opened;        /* it was opened before: its notes have been printed */
    bool entered;       /* the caller's: the listener has come to it */
};

struct playlist {
    struct cli *cli;
    struct playlist_entry *entries;
    uint32_t count;
    uint32_t first;                        /* where to begin */
    const struct playlist_entry *expected; /* what is being read, or was last */
    bool chooses;
    uint32_t chosen, chosen_at; /* what follows chosen_at instead of the next one, if `chooses` */
    struct docbao *counter;     /* to look at articles that are not open; NULL: not needed yet */
    bool loop;
};

/* Add an entry behind the others: a file or URL, whose name must outlive the playlist, or an item
 * of a feed, which must too. */
void playlist_add_file(struct playlist *p, const char *name);
void playlist_add_item(struct playlist *p, struct docbao_feed *feed, uint32_t item);
/* Puts the entries in an order by chance; before the first is opened. */
void playlist_shuffle(struct playlist *p);
/* Looks at files that were not opened yet, for their titles and lengths, for about so long. What is
 * on the network is looked at if it has been read in the background; what is very long is not. */
void playlist_look(struct playlist *p, uint32_t ms);

/* From now on entry `index` follows the article, until playlist_entered is called. */
void playlist_choose(struct playlist *p, const struct docbao_article *a, uint32_t index);
/* The listener has come to an article, or goes elsewhere. */
void playlist_entered(struct playlist *p);

/* Closes all articles. */
void playlist_free(struct playlist *p);

/* As the neighbour of struct docbao_listener. */
bool playlist_neighbour(struct playlist *p, struct docbao_article *a, int step,
                        struct docbao_article **out);

/* Reads in the background what comes after this article. Not before the engine was started. */
void playlist_expect_next(struct playlist *p, const struct docbao_article *a);

/* As the `done` of struct docbao_listener: closes the article. */
void playlist_done(struct playlist *p, struct docbao_article *a);

/* The entry of an article that was given. */
struct playlist_entry *playlist_entry_of(struct playlist *p, const struct docbao_article *a);

#endif
