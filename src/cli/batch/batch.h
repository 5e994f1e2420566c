/*
 * Many articles, a sound file for each: what the verbs batch and podcast share.
 */
#ifndef DOCBAO_CLI_BATCH_BATCH_H
#define DOCBAO_CLI_BATCH_BATCH_H

#include "cli/cli.h"

/* What a podcast wants of its batch. */
struct batch_wish {
    const char *oldest; /* articles of a day before ("2026-11-01") are not made; NULL: all are */
    time_t oldest_time; /* when that day begins */
    const char *spare_cover; /* a picture for articles that have none, or NULL */
};

/* Makes them in the folder of the options, as the options say. Returns the exit code. */
int batch_make(struct cli *c, const struct batch_wish *wish);

#endif
