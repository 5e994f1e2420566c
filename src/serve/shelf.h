/*
 * The articles and feeds of a server, in a file (docbao-sqlite.so drives the library).
 *
 * Invariants:
 * - What a function has changed is in the file when it returns, whatever happens to the program or
 *   the machine afterwards; a process that was forked does not use it.
 * - Texts given out are valid until the function that got them returns; none is NULL.
 * - Functions give false where the file cannot be read or written.
 */
#ifndef DOCBAO_SERVE_SHELF_H
#define DOCBAO_SERVE_SHELF_H

#include <stdbool.h>
#include <stdint.h>

/* Where its listener has left an article. */
struct shelf_place {
    double seconds;        /* of its sound */
    uint32_t sentence, of; /* from 1, of so many; 0: not known */
    int64_t at;            /* seconds since 1970; 0: it was not listened to */
};

/* Of an article: queued, making, done, part (a part of it is missing), failed. */
struct shelf_article {
    const char *id;
    const char *source; /* its address, or, of a text that was sent, "html" or "text" */
    const char *state;
    const char *title, *date;
    const char *message; /* why it failed, or what is missing */
    const char *key;     /* of the files that were made; "": none */
    double seconds;
    int64_t added; /* seconds since 1970 */
    int64_t bytes; /* of the sound */
    struct shelf_place place;
};

struct shelf_driver {
    /* NULL: it cannot be opened, or is no such file. */
    void *(*open)(const char *path);
    void (*close)(void *shelf);
    /* Puts an article into the queue, unless it is there; *added: whether it was not. */
    bool (*add)(void *shelf, const char *id, const char *source, const char *title, int64_t now,
                bool *added);
    /* To the end of the queue again, or, if someone waits for it, to its front; not if it is there
     * or is being made. */
    bool (*again)(void *shelf, const char *id, bool first);
    /* One that failed or was removed is in the queue again, as if it were new. */
    bool (*revive)(void *shelf, const char *id, int64_t now);
    /* What was being made is at the end of the queue again, with the message why. */
    bool (*postpone)(void *shelf, const char *id, const char *message);
    /* What was taken and could not be begun stays in its place. */
    bool (*put_back)(void *shelf, const char *id);
    /* All that was being made is in the queue again, with the message why. */
    bool (*recover)(void *shelf, const char *message);
    /* Takes the first of the queue, which then is being made; calls `take` for it, or not. */
    bool (*next)(void *shelf, void (*take)(void *user, const struct shelf_article *a), void *user);
    /* Sets all but source and added; an empty title leaves that of the feed. */
    bool (*finish)(void *shelf, const struct shelf_article *a);
    /* It is not given out any more; that it was there is remembered, so that a feed does not bring
     * it back. */
    bool (*remove)(void *shelf, const char *id);
    /* Keeps the place of an article until it is removed; *known: whether there is such an article.
     */
    bool (*leave)(void *shelf, const char *id, const struct shelf_place *place, bool *known);
    /* One article; those added last come first, `most` of them from number `from` on. */
    bool (*find)(void *shelf, const char *id,
                 void (*take)(void *user, const struct shelf_article *a), void *user);
    bool (*each)(void *shelf, uint32_t from, uint32_t most,
                 void (*take)(void *user, const struct shelf_article *a), void *user);
    /* The finished ones that were added before `before`, and the oldest of those whose sound makes
     * the sum larger than `most_bytes`, but not the newest article. */
    bool (*expired)(void *shelf, int64_t before, int64_t most_bytes,
                    void (*take)(void *user, const struct shelf_article *a), void *user);
    /* How many there are, and how many of them are queued or being made. */
    bool (*count)(void *shelf, uint32_t *all, uint32_t *unfinished);

    bool (*feed_add)(void *shelf, const char *url);
    bool (*feed_remove)(void *shelf, const char *url);
    bool (*feed_asked)(void *shelf, const char *url, int64_t now, const char *message);
    bool (*feeds)(void *shelf,
                  void (*take)(void *user, const char *url, int64_t asked, const char *message),
                  void *user);
};

#endif
