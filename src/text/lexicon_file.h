/*
 * Changing the file of a lexicon (text/lexicon.h).
 *
 * Invariants: comments and the order of the rows stay; a file is replaced whole or not at all.
 */
#ifndef DOCBAO_TEXT_LEXICON_FILE_H
#define DOCBAO_TEXT_LEXICON_FILE_H

#include "base/err.h"

/* Adds a row, or replaces the one with the same written form and context. Creates the file and its
 * folder if necessary. Errors: STATUS_USAGE (a row that lexicon_check refuses, a tab or line end in
 * a cell, a file that cannot be read), STATUS_OUTPUT (it cannot be written). */
enum status lexicon_file_add(const char *path, struct sv written, struct sv spoken,
                             struct sv context, struct err *e);

/* Removes the rows of a written form; with a context only the one that has it. *removed says how
 * many there were. Errors as above. */
enum status lexicon_file_remove(const char *path, struct sv written, struct sv context,
                                uint32_t *removed, struct err *e);

/* A row of the file, as written. */
struct lexicon_row {
    uint32_t line;
    struct sv written, spoken, context;
    const char *fault; /* why it cannot be used, or NULL */
};

/* Calls `each` for every row, the faulty ones too; a file that does not exist has none. Errors:
 * STATUS_USAGE (it cannot be read, a row has too many columns). */
enum status lexicon_file_each(const char *path,
                              void (*each)(void *user, const struct lexicon_row *row), void *user,
                              struct err *e);

#endif
