/*
 * How far the saving of a file is: on a terminal one line that is drawn again; with --progress json
 * lines of JSON on standard output; else nothing.
 *
 * Invariants: a message for people never stands in the line: it is erased before. The share of an
 * article is that of its text whose sentences were begun, since an article may be read while it is
 * spoken.
 */
#ifndef DOCBAO_CLI_SAVE_PROGRESS_H
#define DOCBAO_CLI_SAVE_PROGRESS_H

#include "cli/cli.h"
#include "cli/progress_line.h"

enum save_progress_kind { SAVE_PROGRESS_OFF, SAVE_PROGRESS_TERMINAL, SAVE_PROGRESS_JSON };

struct save_progress {
    struct cli *cli;
    enum save_progress_kind kind;
    struct progress_line line;
    int64_t started_ns;
    uint32_t number, count;         /* of the article, from 1; of all, 0: not known */
    struct docbao_article *article; /* of the sentence that was begun last; NULL: none */
    uint32_t block;                 /* of the sentence that was begun last */
    uint64_t before, all; /* bytes of text: of the blocks before that one, of all blocks */
};

/* Begins to save `count` articles (0: not known), as the options say. */
void save_progress_begin(struct save_progress *p, struct cli *c, uint32_t count);
/* A sentence is begun; an article is about to be closed; all is saved. (Articles are opened while
 * the one before is still spoken.) */
void save_progress_sentence(struct save_progress *p, struct docbao_article *a, uint32_t sentence);
void save_progress_done(struct save_progress *p, const struct docbao_article *a);
void save_progress_end(struct save_progress *p, const struct docbao_stats *stats);

#endif
