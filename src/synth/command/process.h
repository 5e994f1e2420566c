/*
 * A program that runs beside the worker: bytes go to its standard input, bytes come from its
 * standard output.
 *
 * Invariants:
 * - It is a child of the worker and dies with it. It is in the sandbox of the worker.
 * - Every wait is bounded: `waited_ms` counts all of them, and ends at `patience_ms`.
 * - What it prints to standard error is read, and only its last line is kept, to say why it ended.
 * - One thread.
 */
#ifndef DOCBAO_SYNTH_COMMAND_PROCESS_H
#define DOCBAO_SYNTH_COMMAND_PROCESS_H

#include <sys/types.h>

#include "base/buf.h"

struct process {
    pid_t pid; /* 0: none */
    int in, out, err;
    uint64_t waited_ms, patience_ms;
    struct buf complaint; /* the end of what it printed to standard error */
    struct buf ending;    /* how it ended, once process_end was called */
};

/* Zeroes it, without a program. */
void process_init(struct process *p);
/* Starts the program. False with errno set: it cannot be started. */
bool process_start(struct process *p, char *const *arguments);
/* From here on waits may take so long in all. */
void process_be_patient(struct process *p, uint64_t ms);

enum process_result {
    PROCESS_DONE,
    PROCESS_CLOSED, /* the program has closed that end, or has ended */
    PROCESS_LATE,   /* it has had its time */
};

/* Writes all of it. */
enum process_result process_write(struct process *p, struct sv bytes);
/* Nothing more will be written. */
void process_finish_input(struct process *p);
/* Reads what is there, at least one byte and at most `most`, and appends it; waits at most
 * `silence_ms` for it. */
enum process_result process_read(struct process *p, size_t most, uint64_t silence_ms,
                                 struct buf *to);

/* Ends the program, if it runs, and sets `ending` to how it ended and what it complained of. */
void process_end(struct process *p);
/* Frees what it holds. The program must have ended. */
void process_free(struct process *p);

#endif
