/*
 * Small files, such as tables: read whole. (base/replacement.h writes them.)
 *
 * Invariant: a file that is named by its path is read only if it is a regular file of at most
 * FILE_MOST_BYTES. A folder, a pipe or a device at its place is an error, and is never waited for.
 */
#ifndef DOCBAO_BASE_FILE_H
#define DOCBAO_BASE_FILE_H

#include "base/err.h"

/* Appends what can be read from the descriptor up to its end. Stops when there are more than `most`
 * bytes: the caller then finds more than `most` in *out. False with errno set if reading fails;
 * what came before is in *out. */
bool file_read_descriptor(int fd, uint64_t most, struct buf *out);

/* The same for a pipe, a terminal or a device, which may keep its reader waiting: `wait` is called
 * before each step, and returns when there is something to read. If it returns false, reading ends
 * with ECANCELED. */
bool file_read_stream(int fd, uint64_t most, bool (*wait)(int fd, void *with), void *with,
                      struct buf *out);

enum { FILE_MOST_BYTES = 32 << 20 };

/* Appends the bytes of the file; false with errno set if it cannot be read. Nothing is appended
 * then. file_fault knows the errors. */
bool file_read(const char *path, struct buf *out);

/*
 * As file_read, for a file that nobody has named: it is not read where another user could have
 * written it, that is, owns it, may write to it, or may put another file in its place. False: *why
 * says why it was not read, for people; NULL: there is no such file. errno is set if a call failed.
 */
bool file_read_unnamed(const char *path, struct buf *out, const char **why);

/* Appends the bytes of a regular file of at most `most` bytes in the folder of `beside` or below
 * it, whose path `relative` a stranger has named: links are not followed, and "..", an empty part
 * or a slash at the front is an error. False with errno set if it cannot be read. */
bool file_read_below(const char *beside, struct sv relative, size_t most, struct buf *out);

/* Appends the path with another ending (".srt") in place of its own, if it has one. */
void file_add_beside(struct buf *out, const char *path, const char *ending);

/* Appends the address of a file for a page in the folder of the file: its name, with %20 and the
 * like for what an address may not hold. */
void file_add_address(struct buf *out, const char *path);

/* Appends what a symbolic link holds. False with errno set: it is none, or cannot be read. */
bool file_add_link_target(struct buf *out, const char *path);

/* Whether both paths lead to the same file. */
bool file_is_same(const char *a, const char *b);

/* Whether the errno of a failure means that there is no such file. */
bool file_is_absent(int number);

/* Describes the errno of a failure for people: "No such file or directory". */
const char *file_fault(int number);

/* The status of a failure to read a file that the user has named or made, such as a table:
 * STATUS_USAGE; STATUS_INPUT where the file is as it should be, and the machine is not. */
enum status file_status(int number);

/* Appends the last bytes of a file of any size, at most `most`; *cut: there were more before them.
 * False with errno set if it cannot be read. */
bool file_read_end(const char *path, size_t most, struct buf *out, bool *cut);

/* Makes the folders above the file that are missing: 0700, as the XDG specification has it. A
 * failure shows when the file is created. */
void file_make_folders(const char *path);

/*
 * For files that several programs read, change and replace. Makes the folders above it that are
 * missing, and waits until no other program holds the lock,
 * which is a file beside it. The caller closes the descriptor to release it; the end of the
 * program does too. -1 with errno set: it cannot be had.
 */
int file_lock(const char *path);

#endif
