/*
 * Finished articles in a folder that several servers share.
 *
 * The file "docbao-shared" says that it is such a folder. Of an article whose id begins with "ab",
 * "ab/ID/" has the files "KEY.mp3", "KEY.vtt", "KEY.json" and "KEY.html", "source" (the text, if
 * one was sent), and "article.json", which tells the key and what else is known of it. Until it is
 * there, "waiting.json" tells that a server is to make the article. "days/2026-11-30/" has an empty
 * file with the name of each finished article that was added on that day (UTC).
 *
 * Invariants:
 * - What is asked of the file system: a file is written once, from its beginning to its end; a
 *   rename puts a whole file in the place of another. No locks, no links, no memory maps.
 * - A file is whole as soon as it has its name, and those of a key have the same bytes whoever made
 *   them. article.json is there after the files whose key it has, and before the file of the day.
 *   So it does no harm that two servers make the same article at once.
 * - Files of another key stay a day, for those who are reading them.
 * - What is read there is not trusted: ids, keys, states and addresses are checked.
 */
#ifndef DOCBAO_SERVE_SHARED_H
#define DOCBAO_SERVE_SHARED_H

#include "base/buf.h"
#include "serve/shelf.h"

enum shared_answer {
    SHARED_FOUND,
    SHARED_NONE,
    SHARED_AWAY, /* the folder cannot be read now: nothing is known */
};

struct shared_article {
    struct buf source, state, title, date, message, key;
    double seconds;
    int64_t added, bytes;
    struct shelf_place place; /* kept by the server itself, not in the folder */
};

enum { KEY_LETTERS = 32 }; /* of the key of an article's files */

/* The name of the text that was sent. */
#define SHARED_TEXT "source"

#define SHARED_ARTICLE_INIT                                                                        \
    ((struct shared_article){                                                                      \
        BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT, 0, 0, 0, {0, 0, 0, 0}})

/* Makes the folder where there is none. False, with errno set: it cannot be written. */
bool shared_open(const char *folder);

/* Sets `out`, which shared_article_free frees, if it is found. */
enum shared_answer shared_find(const char *folder, const char *id, struct shared_article *out);
void shared_article_free(struct shared_article *a);
/* The same as a row of the shelf; its texts are those of `a`. */
struct shelf_article shared_view(const struct shared_article *a, const char *id);

/* Tells the others what is known of the article. False, with errno set: they cannot be told. */
bool shared_tell(const char *folder, const struct shelf_article *a);

/* Copies the file `from` to one of that name of the article, unless a file of the same length is
 * there. False with errno set. */
bool shared_put(const char *folder, const char *id, const char *name, const char *from);

/* The file of that name, opened for reading; -1: there is none. */
int shared_file(const char *folder, const char *id, const char *name);

/* The days on which articles were added, and the ids of those of a day, in no order. A day without
 * article.json of an id is the day of one that was removed: shared_forget takes it out. */
void shared_days(const char *folder, void (*take)(void *user, const char *day), void *user);
void shared_day(const char *folder, const char *day, void (*take)(void *user, const char *id),
                void *user);
void shared_forget(const char *folder, const char *day, const char *id);
/* Appends the name of the day of a time. */
void shared_add_day(int64_t at, struct buf *out);

/* Removes all of the article. */
void shared_remove(const char *folder, const char *id);

#endif
