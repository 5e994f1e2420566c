/*
 * What became of one article, as the process that worked on it tells it.
 *
 * Invariants: both ends are the same program; texts are valid UTF-8. A result that was received is
 * checked before it is used.
 */
#ifndef DOCBAO_CLI_BATCH_RESULT_H
#define DOCBAO_CLI_BATCH_RESULT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum result_status {
    RESULT_DONE,
    RESULT_PART, /* made, but a part of the article is missing */
    RESULT_SKIPPED,
    RESULT_FAILED,
    RESULT_STATUSES
};

/* "done", "part", "skipped", "failed". */
extern const char *const result_names[RESULT_STATUSES];

enum result_text {
    RESULT_OUTPUT, /* the name of the file in its folder */
    RESULT_TITLE,
    RESULT_DATE,
    RESULT_MESSAGE, /* why it failed, what is missing, or what an editor may want to know */
    RESULT_KEY,     /* hexadecimal */
    RESULT_LEAD,    /* how the text begins */
    RESULT_TEXTS
};

struct result {
    /* Sent as it is, in a message: */
    struct result_head {
        uint32_t index; /* of the source */
        uint32_t status;
        bool misused;  /* it failed for a reason for which others will, too */
        bool expired;  /* skipped, because it is older than is kept */
        bool levelled; /* the next four are known */
        double loudness, peak, gain_db, most_cut_db;
        double seconds; /* of sound */
        uint64_t bytes; /* of the file */
        uint64_t words;
        uint32_t sentences, lost;
    } head;
    struct buf texts[RESULT_TEXTS]; /* valid UTF-8; empty: none */
};

/* Begins a result: failed, without texts; and frees its texts. */
void result_init(struct result *r);
void result_free(struct result *r);

/* Sends it over a channel, with its texts shortened to what a message may hold. False: nobody is
 * there. */
bool result_send(const struct result *r, int channel);
/* Takes what was received. False: it is no result. */
bool result_take(struct result *r, struct sv body);

#endif
