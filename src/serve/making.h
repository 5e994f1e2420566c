/*
 * What a process does that makes an article or asks feeds, and what it reports.
 *
 * Invariants: it does not use the shelf (SQLite must not be used in a process that was forked from
 * one that uses it); it reports over CHILD_CHANNEL and ends.
 */
#ifndef DOCBAO_SERVE_MAKING_H
#define DOCBAO_SERVE_MAKING_H

#include "serve/desk.h"

/* What a process reports. The texts are in the body, each with a NUL behind it. */
enum report_kind {
    REPORT_ARTICLE, /* title, date, message, key */
    REPORT_ITEM,    /* of a feed: address, title */
    REPORT_FEED,    /* it was asked: address, message */
};
enum { REPORT_TEXTS = 4 };

struct report {
    uint32_t kind, state;
    double seconds;
    int64_t bytes;
};

enum {
    STATE_DONE,
    STATE_PART,
    STATE_FAILED,
    STATE_UNWRITTEN, /* nothing could be written: it is tried again */
    STATES,
};
/* "done"; of one that could not be written: "queued". */
const char *state_word(uint32_t state);

struct order_feed {
    char *url;
    int64_t asked; /* when, the last time; 0: never */
};

/* What there is to do: an article, or feeds. */
struct order {
    struct buf id, source, title; /* of an article */
    int64_t added;
    bool again;                   /* it was made before: not what another server has, but anew */
    VEC(struct order_feed) feeds; /* in the order in which they are asked */
};

/* In the process, with its end of the channel: does what is ordered, reports, and ends. */
_Noreturn void run_maker(const struct desk *d, int channel, pid_t parent,
                         const struct order *order);

/* Why an article waits again. */
const char *unwritten_message(void);
/* Appends the first `letters` hexadecimal digits of the bytes. */
void add_hexadecimal(struct buf *out, const unsigned char *bytes, unsigned letters);

#endif
