/*
 * Archives (DOCX and EPUB are zip archives): what the module docbao-zip.so offers, and its use
 * within limits.
 *
 * Invariants: nothing is ever written to disk; a member is only ever reached by its full name in
 * the archive's own list, so that a name like "../../etc/passwd" leads nowhere; what members claim
 * about their size is never believed while they are unpacked.
 */
#ifndef DOCBAO_ARTICLE_INPUT_ARCHIVE_H
#define DOCBAO_ARTICLE_INPUT_ARCHIVE_H

#include "article/article.h"

enum archive_result {
    ARCHIVE_OK,
    ARCHIVE_ABSENT,      /* no such member */
    ARCHIVE_ENCRYPTED,   /* a password is needed */
    ARCHIVE_BROKEN,      /* cut short, or a sum does not agree */
    ARCHIVE_UNSUPPORTED, /* packed by a method that the library does not know */
    ARCHIVE_TOO_LARGE,   /* larger unpacked than `most` */
    ARCHIVE_BOMB,        /* large, and 200 times its packed size */
};

struct archive_member {
    const char *name;
    uint64_t size, packed; /* as claimed */
    bool encrypted;
};

/* The module's one export, `docbao_archive`: it knows nothing of the rest of docbao. */
struct archive_driver {
    /* Bytes must outlive the handle. NULL: no archive, or cut short. */
    void *(*open)(const void *bytes, size_t n);
    void (*close)(void *handle);
    /* False: there is none of this name. `found->name` lives as long as the handle. */
    bool (*find)(void *handle, const char *name, struct archive_member *found);
    /* Unpacks a member, giving pieces to `take` until that says false. */
    enum archive_result (*unpack)(void *handle, const char *name,
                                  bool (*take)(void *user, const char *bytes, size_t n),
                                  void *user);
};

struct archive {
    const struct archive_driver *driver;
    void *handle;
    const char *name; /* the file, for messages */
    uint64_t left;    /* what all members together may still hold unpacked */
};

/* Opens the archive in `bytes`, of which all members together may hold `most` bytes unpacked. The
 * caller closes it with archive_close, also after an error (which names the file). */
enum status archive_open(struct archive *z, const char *name, struct sv bytes, uint64_t most,
                         struct err *e);
bool archive_has(const struct archive *z, const char *member);
/* Appends the member's bytes. An error names the file and the member, and says what to do. */
enum status archive_read(struct archive *z, const char *member, struct buf *out, struct err *e);
void archive_close(struct archive *z);

#endif
