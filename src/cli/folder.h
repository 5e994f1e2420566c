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

/* Adds the names of the folder, in the order of docbao_compare_names. False: it cannot be read,
 * errno says why. The caller frees each name, and the list. */
bool folder_list(const char *path, struct folder_names *names);

#endif
