/*
 * Small files, such as tables: read whole, replaced whole.
 *
 * Invariant: a file that is named by its path is read only if it is a regular file of at most
 * FILE_MOST_BYTES. A folder, a pipe or a device at its place is an error, and is never waited for.
 */
#ifndef DOCBAO_BASE_FILE_H
#define DOCBAO_BASE_FILE_H

#include "base/buf.h"

/* Appends what can be read from the descriptor up to its end. Stops when there are more than `most`
 * bytes: the caller then finds more than `most` in *out. False with errno set if reading fails;
 * what came before is in *out. */
bool file_read_descriptor(int fd, uint64_t most, struct buf *out);

/* The same for a pipe, a terminal or a device, which may keep its reader waiting: `wait` is called
 * before each step, and returns when there is something to read. If it returns false, reading ends
 * with ECANCELED. */
bool file_read_stream(int fd, uint64_t most, bool (*wait)(int fd, const void *with),
                      const void *with, struct buf *out);

enum { FILE_MOST_BYTES = 32 << 20 };

/* Appends the bytes of the file; false with errno set if it cannot be read. Nothing is appended
 * then. file_fault knows the errors. */
bool file_read(const char *path, struct buf *out);

/*
 * As file_read, for a file that nobody has named: it is not read where another user could have
 * written it, that is, owns it, may write to it, or may put another file in its place. False: *why
 * says why it was not read, for people; NULL: there is no such file.
 */
bool file_read_unnamed(const char *path, struct buf *out, const char **why);

/* Whether both paths lead to the same file. */
bool file_is_same(const char *a, const char *b);

/* Whether the errno of a failure means that there is no such file. */
bool file_is_absent(int number);

/* What is wrong, for people, for the errno of a failure: "No such file or directory". */
const char *file_fault(int number);

/* Appends the last bytes of a file of any size, at most `most`; *cut: there were more before them.
 * False with errno set if it cannot be read. */
bool file_read_end(const char *path, size_t most, struct buf *out, bool *cut);

/* Writes the bytes to a new file and renames it to the path; creates the folder of the file
 * (not its parents) where there is none. False with errno set if that fails: the old file is then
 * as it was. */
bool file_replace(const char *path, struct sv bytes);

/*
 * For files that several programs read, change and replace. Makes the folders above it that are
 * missing (0700, as the XDG specification has it), and waits until no other program holds the lock,
 * which is a file beside it. The caller closes the descriptor to release it; the end of the
 * program does too. -1 with errno set: it cannot be had.
 */
int file_lock(const char *path);

/* As file_replace, for the holder of the lock: what a killed program left beside the file is
 * written over, so that it does not pile up. */
bool file_replace_locked(const char *path, struct sv bytes);

#endif
