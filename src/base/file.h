/*
 * Small files of ours, such as tables, read whole.
 */
#ifndef DOCBAO_BASE_FILE_H
#define DOCBAO_BASE_FILE_H

#include "base/buf.h"

/* Appends the bytes of the file; false with errno set if it cannot be read. */
bool file_read(const char *path, struct buf *out);

#endif
