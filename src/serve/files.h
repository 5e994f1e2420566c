/*
 * What is told of articles, and their files, also while they are made.
 *
 * Invariants: an id that comes here is valid (article_id_is_valid), so a path lies in the folder.
 */
#ifndef DOCBAO_SERVE_FILES_H
#define DOCBAO_SERVE_FILES_H

#include "serve/desk.h"

/* A file that is made of an article: ".mp3". */
struct file_kind {
    const char *ending, *type;
};
enum { FILE_KINDS = 4 };
extern const struct file_kind file_kinds[FILE_KINDS];

/* NULL: no file is asked for with that ending. */
const struct file_kind *file_kind_of(struct sv ending);

/* Opens a file that was made for reading; -1: it is not there. *keyed: it is that of the key, in
 * the shared folder. */
int open_made(const struct desk *d, const char *id, const char *key, const struct file_kind *kind,
              bool *keyed);

/* The list, as JSON; "from" and "most" of the request say which part. */
void list_articles(struct desk *d, const struct http_request *r, struct http_answer *a);
/* One article, as JSON, with that status; 404 where there is none. */
void tell_article(const struct desk *d, const struct http_request *r, const char *id,
                  unsigned status, struct http_answer *a);
/* The file or the part that is asked for; while it is made, its state, or its sound as it grows. */
void send_file(const struct desk *d, const struct http_request *r, const char *id,
               const struct file_kind *kind, struct http_answer *a);

#endif
