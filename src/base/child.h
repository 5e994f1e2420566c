/*
 * A process of the program for one piece of work on data from outside: it is forked, confined
 * (base/sandbox.h), sends messages (base/channel.h) and ends.
 *
 * Invariants:
 * - It keeps nothing of its parent but memory and its channel, which is CHILD_CHANNEL there, and
 *   dies when the thread that started it dies.
 * - Whatever it does (crash, hang, send nonsense), the parent goes on: child_receive ends at the
 *   deadline or when the caller wants to stop, and child_end leaves no process behind, nor does
 *   child_dismiss once child_reap was called.
 */
#ifndef DOCBAO_BASE_CHILD_H
#define DOCBAO_BASE_CHILD_H

#include <signal.h>
#include <stdatomic.h>
#include <sys/types.h>

#include "base/channel.h"
#include "base/sandbox.h"

enum { CHILD_CHANNEL = 3 };

struct child_plan {
    const char *name; /* as lists of processes show it: at most 15 bytes */
    struct sandbox_plan sandbox;
    void (*prepare)(void *with); /* in the child, before it is confined; NULL: nothing */
    void (*work)(void *with);    /* in the child; it ends when this returns */
    void *with;
};

struct child {
    pid_t pid;
    int channel;
};

/* The length of a wait, and the events that end it early. */
struct child_wait {
    int64_t deadline_ns;               /* on the monotonic clock */
    const volatile sig_atomic_t *stop; /* nonzero: stop; may be NULL */
    const atomic_bool *cancel;         /* likewise, set by other threads */
};

/* Starts it. False, with errno set: it cannot be started. */
bool child_start(struct child *c, const struct child_plan *plan);

enum child_news {
    CHILD_MESSAGE, /* one came */
    CHILD_ENDED,   /* no more will come: child_end says how it ended */
    CHILD_LATE,    /* the deadline is over */
    CHILD_STOPPED, /* the caller wants to stop */
};

/* Waits for the next message: `head` and `body` as in channel_receive. */
enum child_news child_receive(struct child *c, void *head, size_t size, struct buf *body,
                              const struct child_wait *wait);

/* Ends the process if it still runs, waits until it is gone, and returns its wait status. */
int child_end(struct child *c);
/* The same in two steps: the end of a process takes about a millisecond, and need not be waited for
 * where nothing depends on it. child_reap does nothing the second time, or if `c` is zeroed. */
void child_dismiss(struct child *c);
int child_reap(struct child *c);

/* ---- the parts, for processes that are started in other ways ---- */

/* Leaves this process no descriptor but the standard ones, which lead nowhere, and the channel,
 * which becomes CHILD_CHANNEL. (With sanitizers standard error stays, for their reports.) */
void child_detach_files(int *channel);

/* Removes the parent's signal handlers (those of sanitizers for faults stay), and ignores the
 * signals that a terminal sends to all of its processes: the parent decides what they mean. */
void child_detach_signals(void);

/* From here on, a process that a library ends because it lacks memory (C++ aborts, GLib stops as
 * for a debugger, others read what they did not get) ends with MEM_EXIT_CODE, not by a signal, so
 * that it can be told from one that crashed. (Not with sanitizers, which have handlers of their
 * own.) */
void child_tell_lack_of_memory(void);

/* All of this for a process that was just forked by `parent`: it also gets a name, and dies with
 * the thread that forked it. */
void child_settle(int channel, pid_t parent, const char *name);

#endif
