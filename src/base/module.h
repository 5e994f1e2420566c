/*
 * Parts of docbao that only some runs need, kept outside the program: shared objects that
 * are opened when needed, so that the libraries they use cost nothing at other times.
 *
 * Invariants: a module is one file that exports one constant struct of functions; it is never
 * closed. Its code is as new as the program: both are built together.
 */
#ifndef DOCBAO_BASE_MODULE_H
#define DOCBAO_BASE_MODULE_H

#include "base/err.h"

/*
 * Opens the module `name` ("zip": docbao-zip.so) and finds what it exports as `symbol`. Looks in
 * the folder modules/ beside the program (or beside libdocbao.so, in a program that uses it), then
 * where the installation keeps its libraries, in docbao/, nowhere else. An open module stays open
 * until the program ends, and opening it again is cheap. On failure (STATUS_USAGE) *found is NULL.
 * The message then says where the module should be, or which library it lacks; the caller says what
 * cannot be done without it.
 */
enum status module_find(const char *name, const char *symbol, const void **found, struct err *e);

/* Appends the folder of the running program, or of the library if docbao is one, with a slash at
 * its end; nothing if unknown. */
void module_add_own_folder(struct buf *folder);

/* Whether the file of the module is where module_find looks for it. */
bool module_is_installed(const char *name);

/* Appends the path of that file, without symbolic links; nothing if it is not there. */
void module_add_path(const char *name, struct buf *out);

/* Appends what tells the code that is loaded in this process from any other: a line for the program
 * and each library, with its build ID, or, where it has none, the size and time of its file, and
 * the path of the file (the program's is /proc/self/exe). */
void module_add_builds(struct buf *out);

#endif
