/*
 * Many articles, a sound file for each: what the verbs batch and podcast share.
 */
#ifndef DOCBAO_CLI_BATCH_BATCH_H
#define DOCBAO_CLI_BATCH_BATCH_H

#include "cli/cli.h"

/* Makes them in the folder of the options, as the options say. Articles of a day before `oldest`
 * ("2026-11-01") are not made; NULL: all are. Returns the exit code. */
int batch_make(struct cli *c, const char *oldest);

#endif
