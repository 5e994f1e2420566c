/*
 * The processes that work on a batch, each on one article at a time.
 *
 * Invariants:
 * - They are forked when the sources are known and all is ready, and share what was read so far.
 *   Each is a whole docbao with one speech engine, which it keeps from article to article, so
 *   everything about an article runs beside everything about another one.
 * - One that dies costs its article, which failed, and another takes its place.
 * - When they are told to stop, they remove what they had begun; one that does not end in a few
 *   seconds is killed. If their parent is killed, they are killed.
 */
#ifndef DOCBAO_CLI_BATCH_CREW_H
#define DOCBAO_CLI_BATCH_CREW_H

#include "cli/batch/work.h"

struct crew_client {
    /* The result of an article. False: give out no more. */
    bool (*take)(void *user, const struct result *r);
    /* An article is begun. */
    void (*begin)(void *user, uint32_t index);
    /* Called several times a second. */
    void (*tick)(void *user);
    void *user;
};

enum crew_end {
    CREW_DONE,
    CREW_STOPPED,      /* by a signal, or by `take` */
    CREW_CANNOT_START, /* no process could be started: errno */
};

/* Works on all sources with `count` processes. */
enum crew_end crew_run(const struct work *work, uint32_t count, const struct crew_client *client);

#endif
