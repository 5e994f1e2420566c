/*
 * Confines a process that handles data from outside to as little as the kernel can enforce.
 *
 * Invariants:
 * - A process enters a sandbox once, and never leaves it. Processes that it starts are in it too.
 * - No new rights (setuid programs give none), no core file, no descriptor beyond the channel, no
 *   file but those named, none of them for writing, no program is started, no other process is
 *   signalled or looked into (a zygote may signal its workers), no network but for a fetcher.
 * - A call that is refused fails with EPERM or EACCES. Libraries take that for a file that may
 *   not be read, and go on.
 * - A process that runs a program of the user's (SANDBOX_PROGRAM) may start programs and threads
 * and make code, from the folders of the system and those that are named; it writes no file and has
 *   no network and no socket. It cannot leave its group of processes, so that ending the group ends
 *   all of it.
 * - Where the kernel or the build lacks a part of it, the rest is in force: sandbox_support says
 *   what there is. Sanitizers need memory without bounds and files of their own: with them there is
 *   no limit of memory.
 */
#ifndef DOCBAO_BASE_SANDBOX_H
#define DOCBAO_BASE_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>

enum sandbox_kind {
    SANDBOX_PARSER,  /* computes, and uses its channel */
    SANDBOX_WORKER,  /* reads files and sets an alarm, besides */
    SANDBOX_ZYGOTE,  /* starts and ends workers, besides */
    SANDBOX_FETCHER, /* reads files and uses the network */
    SANDBOX_PROGRAM, /* runs programs and large libraries of others */
    SANDBOX_KINDS
};

struct sandbox_plan {
    enum sandbox_kind kind;
    const char *const *readable; /* files and folders, ended by NULL; NULL: none. SANDBOX_PROGRAM:
                                    programs there may be started */
    uint64_t memory;             /* bytes beyond those in use at the start; 0: no limit */
    uint32_t cpu_seconds;        /* 0: no limit */
};

/* Confines this process. */
void sandbox_enter(const struct sandbox_plan *plan);

struct sandbox_support {
    bool calls;   /* system calls are filtered (seccomp) */
    int landlock; /* the version of Landlock, which confines files; 0: none */
};

/* What the kernel and the build of this program can enforce; changes nothing. */
struct sandbox_support sandbox_support(void);

#endif
