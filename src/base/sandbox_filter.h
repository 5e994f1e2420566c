/*
 * The filters of system calls, as the kernel takes them: one for each enum sandbox_kind. They are
 * made from sandbox_calls.def when the program is built (cmake/pack_filters.c).
 *
 * Invariants: constant; a filter allows only what sandbox_calls.def lists for its kind of process.
 */
#ifndef DOCBAO_BASE_SANDBOX_FILTER_H
#define DOCBAO_BASE_SANDBOX_FILTER_H

#include <stdint.h>

/* Stands for the number of the process, which is not known before it runs. */
#define SANDBOX_OWN_PROCESS 0x7FFF0001u

/* As struct sock_filter of <linux/filter.h>. */
struct sandbox_step {
    uint16_t code;
    uint8_t if_true, if_false;
    uint32_t value;
};

/* Without steps: the program was built without filters. */
struct sandbox_filter {
    const struct sandbox_step *steps;
    uint16_t count;
};

extern const struct sandbox_filter sandbox_filters[];

#endif
