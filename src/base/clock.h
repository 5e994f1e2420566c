/*
 * The monotonic clock: it runs while the program is stopped, and is never set.
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
