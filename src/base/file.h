/*
 * Small files of ours, such as tables, read whole.
 */
#ifndef DOCBAO_BASE_FILE_H
#define DOCBAO_BASE_FILE_H

#include "base/buf.h"

/* Appends the bytes of the file; false with errno set if it cannot be read. */
bool file_read(const char *path, struct buf *out);

/* Writes the bytes beside the file, then puts them in its place; makes the folder it stands in
 * (not its parents) where there is none. False with errno set if that fails: the old file is then
 * as it was. */
bool file_replace(const char *path, struct sv bytes);

#endif
