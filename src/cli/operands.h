/*
 * The files of the command line: a folder stands for the articles in it, a playlist (.m3u, .m3u8)
 * for what it lists. This is done once, before a verb sees them, for all verbs that read articles
 * one after another.
 *
 * Invariants:
 * - The order is that of the command line; inside a folder that of people, bai2 before bai10,
 *   folders among the files; inside a list that of its lines.
 * - Of a folder only names are read that have the ending of an article; how many others there were
 *   is said. What a list names is read whatever it is called.
 * - A link to a folder is not followed inside a folder, and a list inside itself is refused, so
 *   that every walk ends.
 */
#ifndef DOCBAO_CLI_OPERANDS_H
#define DOCBAO_CLI_OPERANDS_H

#include "base/vec.h"
#include "cli/cli.h"

struct operands { /* all zero: empty */
    VEC(char *) names;
};

/* Replaces options->files by what they stand for; the names are those of `operands`, which must
 * outlive the options. A folder or list that cannot be read, or holds nothing, is reported and
 * counted as a file that failed. */
void operands_expand(struct operands *operands, struct cli *c, struct options *options);
void operands_free(struct operands *operands);

#endif
