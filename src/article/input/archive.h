/*
 * Zip archives, such as DOCX and EPUB files: the interface of the module docbao-zip.so, and its use
 * within limits.
 *
 * Invariants: an archive that is read is not written to. A member is found only by its full name in
 * the list of the archive, so a name like "../../etc/passwd" names no file. The size that a member
 * claims is not relied on while it is unpacked.
 */
#ifndef DOCBAO_ARTICLE_INPUT_ARCHIVE_H
#define DOCBAO_ARTICLE_INPUT_ARCHIVE_H

#include "article/article.h"

enum archive_result {
    ARCHIVE_OK,
    ARCHIVE_ABSENT,      /* no such member */
    ARCHIVE_ENCRYPTED,   /* a password is needed */
    ARCHIVE_BROKEN,      /* cut short, or a checksum is wrong */
    ARCHIVE_UNSUPPORTED, /* packed by a method that the library does not have */
    ARCHIVE_TOO_LARGE,   /* larger unpacked than `most` */
    ARCHIVE_BOMB,        /* large, and more than 200 times its packed size */
};

struct archive_member {
    const char *name;
    uint64_t size, packed; /* as claimed */
    bool encrypted;
};

/* What becomes a member of a new archive: bytes, or all of an open file. */
struct archive_part {
    const char *name;
    struct sv bytes;
    int file;    /* -1: the bytes */
    bool stored; /* not packed */
};

VEC_TYPE(archive_parts, struct archive_part);

/* The module exports this as `docbao_archive`. */
struct archive_driver {
    /* The bytes must outlive the handle. NULL: not an archive, or cut short. */
    void *(*open)(const void *bytes, size_t n);
    void (*close)(void *handle);
    /* False: there is no member of this name. `found->name` is valid as long as the handle. */
    bool (*find)(void *handle, const char *name, struct archive_member *found);
    /* Unpacks a member and passes it on in pieces, until `take` returns false. */
    enum archive_result (*unpack)(void *handle, const char *name,
                                  bool (*take)(void *user, const char *bytes, size_t n),
                                  void *user);
    /* Writes a new archive of the parts to an open file that is empty. Returns 0 or an errno. The
     * members have no time, so that the same parts give the same bytes. */
    int (*pack)(const struct archive_part *parts, size_t n, int to);
};

struct archive {
    const struct archive_driver *driver;
    void *handle;
    const char *name; /* the file, for messages */
    uint64_t left;    /* bytes that may still be unpacked */
    bool cut_short;   /* its end is missing, and so may be members */
    bool over_limit;  /* a member was refused for its size */
    struct buf rebuilt;
};

/* Opens the archive in `bytes`. At most `most` bytes are unpacked from it, all members together.
 * The caller closes it with archive_close, after an error too. An archive whose end is missing is
 * opened as far as it goes (zip_rebuild.h). Errors name the file. */
enum status archive_open(struct archive *z, const char *name, struct sv bytes, uint64_t most,
                         struct err *e);
/* Whether the archive lists a member of this full name. */
bool archive_has(const struct archive *z, const char *member);
/* Appends the unpacked bytes of a member. Errors name the file and the member. */
enum status archive_read(struct archive *z, const char *member, struct buf *out, struct err *e);
/* The same, but of a member that is cut short or damaged appends what can be unpacked, if that is
 * anything, and sets *damaged. */
enum status archive_read_part(struct archive *z, const char *member, struct buf *out, bool *damaged,
                              struct err *e);
/* Writes a new archive. *failure: 0, or the errno of writing or reading, which the caller reports.
 * Errors: STATUS_USAGE (the module is not installed). */
enum status archive_pack(const struct archive_parts *parts, int to, int *failure, struct err *e);

/* Closes the archive and frees what it holds; `bytes` stay the caller's. */
void archive_close(struct archive *z);

#endif
