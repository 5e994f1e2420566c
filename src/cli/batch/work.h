/*
 * The work on one article of a batch: reads it, names its sound file, and makes it unless it is
 * there already.
 *
 * Invariants:
 * - A file is read once: what was read is what is spoken, and what the key is of, even if the file
 *   is changed meanwhile.
 * - The key is the SHA-256 of what decides the files (docbao.h) and their name. An article is
 *   skipped if a log has the same key and the files are there, the sound with its size.
 * - A file is in its place only once it is whole.
 */
#ifndef DOCBAO_CLI_BATCH_WORK_H
#define DOCBAO_CLI_BATCH_WORK_H

#include "cli/batch/log.h"
#include "cli/batch/name.h"
#include "cli/batch/result.h"
#include "cli/batch/sources.h"

struct work {
    struct cli *cli;
    const struct sources *sources;
    const struct batch_log *log;
    const struct name_template *names;
    const char *template, *folder, *ending; /* ending: ".mp3" */
    struct docbao_output output;
    struct docbao_key settings;
    unsigned digits;         /* of {number} */
    const char *spare_cover; /* of articles without a picture, or NULL */
    const char *oldest; /* "2026-11-01": articles of a day before are not made; NULL: all are */
    time_t oldest_time; /* when that day begins */
};

/* Fills `settings`. False: an error was printed. */
bool work_prepare(struct work *w);

/* Does it; r->head.index is the source. False: it was told to stop. */
bool work_on(const struct work *w, struct result *r);

#endif
