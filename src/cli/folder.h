/*
 * The files of a folder, by name.
 *
 * Invariants: names that begin with a full stop are hidden, and left out.
 */
#ifndef DOCBAO_CLI_FOLDER_H
#define DOCBAO_CLI_FOLDER_H

#include "base/sv.h"
#include "base/vec.h"

VEC_TYPE(folder_names, char *);

/* Whether the ending of the name is that of an article that docbao reads. */
bool folder_is_document(struct sv name);

/* As qsort wants it, for the names: by bytes; or as people count, bai2 before bai10, with capitals
 * where the small letters are. */
int folder_compare_bytes(const void *a, const void *b);
int folder_compare_naturally(const void *a, const void *b);

/* Adds the names of the folder, ordered. False: it cannot be read, errno says why. The caller frees
 * each name, and the list. */
bool folder_list(const char *path, int (*compare)(const void *, const void *),
                 struct folder_names *names);

#endif
