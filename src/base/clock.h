/*
 * The monotonic clock: it runs while the program is stopped, and is never set.
 *
 * Invariants: times are nanoseconds in int64_t, comparable within this run of the machine only.
 */
#ifndef DOCBAO_BASE_CLOCK_H
#define DOCBAO_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

enum { CLOCK_NS_PER_MS = 1000 * 1000, CLOCK_NS_PER_SECOND = 1000 * 1000 * 1000 };

/* Nanoseconds since some moment in the past. */
static inline int64_t clock_now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * (int64_t)CLOCK_NS_PER_SECOND + t.tv_nsec;
}

#endif
