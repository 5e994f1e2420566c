/*
 * The episodes of a podcast: the sound files of a folder, as the logs of the folder tell of them.
 *
 * Invariants: the newest stands first; of two of the same time, the one with the smaller id. Texts
 * are valid as long as the struct.
 */
#ifndef DOCBAO_CLI_PODCAST_EPISODES_H
#define DOCBAO_CLI_PODCAST_EPISODES_H

#include <time.h>

#include "base/vec.h"
#include "cli/batch/log.h"

struct episode {
    struct batch_line line; /* its texts belong to the struct episodes */
    time_t published;       /* the date of the article, else when it was made for the first time */
};

struct episodes {
    time_t now, latest; /* the clock; the latest time of a line up to it */
    VEC(struct episode) all;
    VEC(struct batch_line) left; /* whose article has an episode of another name now */
    VEC(char *) texts;
};

/* Fills *e with those whose sound file is there, as it was made. */
void episodes_read(struct episodes *e, const char *folder);
void episodes_free(struct episodes *e);

#endif
