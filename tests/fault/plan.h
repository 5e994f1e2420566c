/*
 * What the fault shim (shim.c) and the program that sweeps with it (sweep.c) share: one file that
 * both map. Its path is in the environment, as DOCBAO_FAULT.
 *
 * Invariants:
 * - Calls are counted over all processes of the program together, or in its first one only: each
 *   number is given once, so that exactly one call is the n-th.
 * - The calls that a C library makes inside itself are not seen, but for its calls of malloc.
 */
#ifndef DOCBAO_TESTS_FAULT_PLAN_H
#define DOCBAO_TESTS_FAULT_PLAN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum fault_kind {
    FAULT_NONE,
    FAULT_MEMORY,     /* malloc, calloc, realloc */
    FAULT_OPEN,       /* open, openat */
    FAULT_READ,       /* read, pread */
    FAULT_WRITE,      /* write, pwrite; not to standard error */
    FAULT_SYNC,       /* fsync */
    FAULT_NAME,       /* rename, renameat, link, linkat */
    FAULT_MMAP,       /* mmap */
    FAULT_FORK,       /* fork */
    FAULT_SOCKETPAIR, /* socketpair */
    FAULT_KINDS
};

struct fault_plan {
    enum fault_kind kind; /* which call fails; FAULT_NONE: calls are only counted */
    uint64_t n;           /* counted from 1 */
    int error;            /* the errno that it gives */
    int signal;           /* not 0: the call goes through, and this signal comes at that moment; not
                             before the program handles it */
    bool onward;          /* so do all later ones: a full disk stays full */
    bool first_only;      /* only the calls of the first process are counted */
    pid_t first;          /* set by the shim */
    atomic_uint_least64_t calls[FAULT_KINDS];
    atomic_uint_least64_t failed; /* calls */
};

#endif
