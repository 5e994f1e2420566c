/*
 * What a batch has done: a line of JSON for each article, in the folder of the sound files.
 *
 * Invariants:
 * - Lines are only appended, each by one call, by one process: the log of a whole batch is
 *   docbao.log.jsonl, that of shard 2 of 8 docbao.log.2-of-8.jsonl, so no two machines write to the
 *   same file.
 * - The logs are also the memory by which work is not done again. All logs of the folder are read.
 *   The last line of a source whose status is "done", "skipped" or "expired" tells key, name and
 *   size of its sound file; of one that has expired, the file is gone and not made again as
 *   long as it is older than is kept. Lines that are damaged, or cut short by a full disk, tell
 *   nothing: the article is made again.
 */
#ifndef DOCBAO_CLI_BATCH_LOG_H
#define DOCBAO_CLI_BATCH_LOG_H

#include <time.h>

#include "base/vec.h"
#include "cli/batch/result.h"
#include "cli/batch/sources.h"
#include "cli/out.h"

struct made {
    uint64_t source; /* the hash of its name */
    uint64_t bytes;
    size_t key, output; /* where they begin in `texts` */
    uint32_t place;     /* later ones count */
    bool expired, dated;
    time_t published; /* the date of the article, else when it was made for the first time */
};

/* What a line says; texts are "" where it says nothing. */
struct batch_line {
    const char *time, *source, *id, *status, *output, *title, *date, *lead, *key;
    double seconds;
    uint64_t bytes, hash;
};

struct batch_log {
    VEC(struct made) made; /* sorted; one for each source */
    struct buf texts, path;
    struct out out;
    bool open;
};

/* Reads the logs of the folder, as far as they are about this shard, and opens its own. False: it
 * cannot be written, errno is set; what was read is kept. */
bool batch_log_open(struct batch_log *log, const char *folder, struct shard shard);
/* Closes the log and frees what was read. */
void batch_log_close(struct batch_log *log);

/* Appends a line. False with errno set: it cannot be written. */
bool batch_log_add(struct batch_log *log, const struct result *result, const char *source,
                   uint64_t hash);

/* Appends that the sound file of a line was removed, because it was older than is kept. */
bool batch_log_expire(struct batch_log *log, const struct batch_line *line);

/* The time of a date in ISO 8601, from the year alone to seconds and a zone; without a zone in that
 * of Vietnam. False: it is no date. */
bool batch_time(const char *date, time_t *time);

/* Calls `each` for all whole lines of all logs of the folder, those of docbao.log.jsonl last. */
void batch_log_each(const char *folder, void (*each)(void *user, const struct batch_line *line),
                    void *user);

/* The last sound file of that source, or NULL. */
const struct made *batch_log_find(const struct batch_log *log, uint64_t source);

/* Writes the members of a result into an open object. */
void batch_log_put(struct json_writer *w, const struct result *result, const char *source,
                   uint64_t hash);

#endif
