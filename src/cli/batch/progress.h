/*
 * How far a batch is, and what became of it: on a terminal one line that is drawn again, otherwise
 * a line for each article that was made; at the end a summary. With --progress json, lines of JSON
 * on standard output instead, one for the beginning, each article, and the end: standard error has
 * the messages for people.
 *
 * Invariant: of the articles that failed at most PROGRESS_MOST_NAMES are remembered; the log has
 * all of them.
 */
#ifndef DOCBAO_CLI_BATCH_PROGRESS_H
#define DOCBAO_CLI_BATCH_PROGRESS_H

#include "cli/batch/result.h"
#include "cli/batch/sources.h"
#include "cli/progress_line.h"

enum { PROGRESS_MOST_NAMES = 50 };

enum progress_kind { PROGRESS_LINES, PROGRESS_TERMINAL, PROGRESS_JSON, PROGRESS_OFF };

struct progress {
    enum progress_kind kind;
    struct cli *cli;
    const struct sources *sources;
    const char *log; /* the path of the log */
    uint32_t counts[RESULT_STATUSES];
    uint32_t lost;                 /* sentences */
    double seconds;                /* of sound that was made */
    int64_t started_ns, making_ns; /* making: when the first article that was not skipped began */
    uint32_t current;              /* the source that was begun last */
    struct progress_line line;
    VEC(struct progress_failure {
        uint32_t index;
        char *why;
    })
    failures;
};

/* Begins; `jobs`: articles at once. */
void progress_begin(struct progress *p, struct cli *c, const struct sources *sources,
                    const char *log, uint32_t jobs);
/* An article is begun (the number of its source); it is made; time has passed: shows what is new.
 */
void progress_article(struct progress *p, uint32_t index);
void progress_result(struct progress *p, const struct result *r);
void progress_tick(struct progress *p);
/* Prints the summary, and frees. */
void progress_end(struct progress *p);

#endif
