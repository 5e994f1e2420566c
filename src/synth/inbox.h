/*
 * The messages that a worker receives.
 *
 * Invariant: their memory comes from mmap, so that restore_apply leaves it alone.
 */
#ifndef DOCBAO_SYNTH_INBOX_H
#define DOCBAO_SYNTH_INBOX_H

#include "synth/link.h"

/* Bytes in memory of their own. Zeroed it is empty. */
struct mapped {
    char *p;
    size_t n, room;
};

/* Makes room for `room` bytes; they may move. Ends the process if there is no memory. */
void mapped_reserve(struct mapped *m, size_t room);

struct inbox {
    int socket;
    struct mapped received;
    size_t begin; /* the bytes that are not handled yet */
};

/* Whether a message that is no wake is there already. */
bool inbox_has_message(struct inbox *in);

/* Whether a message of this kind has come and was not handled yet. */
bool inbox_holds(struct inbox *in, enum sentence_kind kind);

/* Waits for the next message that is no wake, and copies its body to `body`. Ends the process with
 * 0 if the caller is gone. */
enum sentence_kind inbox_next(struct inbox *in, struct mapped *body);

/* Waits for a wake, and keeps what else comes meanwhile. */
void inbox_wait_for_wake(struct inbox *in);

#endif
