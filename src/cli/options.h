/*
 * The command line as a struct.
 *
 * Invariants: the fields are made from options.def; strings are views of argv; on success every
 * option given belongs to the verb.
 */
#ifndef DOCBAO_CLI_OPTIONS_H
#define DOCBAO_CLI_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/out.h"

enum verb {
#define VERB(id, name, operands, does) VERB_##id,
#include "cli/verbs.def"
#undef VERB
    VERB_COUNT
};

typedef bool option_FLAG;
typedef const char *option_WORD;
typedef uint64_t option_NUMBER;
typedef unsigned option_CHOICE;

struct options {
#define OPTION(field, name, letter, argument, type, least, most, verbs, help) option_##type field;
#include "cli/options.def"
#undef OPTION
    enum verb verb;
    bool verb_given;
    char **files; /* the operands after the verb */
    int file_count;
    bool many; /* there may be several of them, or what they stand for (cli/operands.h) */
};

/* Fills *options (argv is permuted: operands last). On a usage error prints one sentence that ends
 * in "see docbao --help" to standard error and returns false. */
bool options_parse(struct options *options, int argc, char **argv);

/* Whether the operands of the verb are articles, so that they may be folders and playlists. */
bool options_take_articles(enum verb verb);

/* The help of one verb, or of all of them (VERB_COUNT). */
void options_help(enum verb verb, struct out *out);

/* Prints "docbao: " and the sentence, "; see docbao --help" and a line end to standard error.
 * Returns the exit code of a usage error. */
int usage_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
