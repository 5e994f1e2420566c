/*
 * docbao check: what the parts of the verb share.
 *
 * Invariants: the page needs no other file but the sound; all text of articles is escaped.
 */
#ifndef DOCBAO_CLI_CHECK_H
#define DOCBAO_CLI_CHECK_H

#include "base/buf.h"
#include "cli/cli.h"

#define TIME_UNKNOWN UINT64_MAX

/* When the parts of an article begin in its sound, in milliseconds from the start of all that was
 * spoken; TIME_UNKNOWN where they were not spoken. */
struct check_times {
    uint64_t *sentences; /* one for each */
    uint64_t *tokens;    /* one for each */
    uint64_t begin, end; /* of the article */
};

/* When the doubt begins. */
uint64_t check_time(const struct check_times *times, const struct docbao_doubt *doubt);

/* ---- as a page (check_page.c) ---- */

/* Begins an HTML page; `sound`: the address of the sound, beside it. The caller frees *page. */
void check_page_begin(struct buf *page, const char *sound);
/* Adds an article after docbao_check, with so many doubts. */
void check_page_add(struct buf *page, struct docbao_article *a, uint32_t doubts,
                    const struct check_times *times);
/* Ends the page, after the last article. */
void check_page_end(struct buf *page);

#endif
