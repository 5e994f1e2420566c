/*
 * Files for functions that are given a path: in a folder of this process, which is removed when the
 * program ends in order.
 */
#ifndef DOCBAO_TESTS_FUZZ_SCRATCH_H
#define DOCBAO_TESTS_FUZZ_SCRATCH_H

#include "base/buf.h"

/* The folder; valid until the program ends. */
const char *scratch_folder(void);

/* Appends the path of a file in the folder. */
void scratch_path(const char *name, struct buf *out);

/* Writes a file in the folder. Ends the program if that fails. */
void scratch_write(const char *name, struct sv bytes);

/* Removes a file in the folder, if it is there. */
void scratch_remove(const char *name);

#endif
