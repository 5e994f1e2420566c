/*
 * A growing array of any type.
 *
 *     VEC(struct token) tokens = {0};
 *     *vec_push(&tokens) = (struct token){...};
 *     tokens.at[i], tokens.n
 *     vec_free(&tokens);
 *
 * Invariants: `at` is NULL only while `cap` is 0; `n <= cap`; items move when the array grows, so
 * keep indices, not pointers.
 */
#ifndef DOCBAO_BASE_VEC_H
#define DOCBAO_BASE_VEC_H

#include <stdlib.h>

#include "base/mem.h"

#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *at;                                                                                  \
        size_t n, cap;                                                                             \
    }

/* The same as a named struct type, for headers. */
#define VEC_TYPE(name, type)                                                                       \
    struct name {                                                                                  \
        type *at;                                                                                  \
        size_t n, cap;                                                                             \
    }

/* Makes room for `more` further items. */
#define vec_reserve(v, more)                                                                       \
    do {                                                                                           \
        if ((v)->n + (more) > (v)->cap) {                                                          \
            (v)->cap = vec_next_cap((v)->cap, (v)->n + (more));                                    \
            (v)->at = mem_regrow((v)->at, (v)->cap, sizeof *(v)->at);                              \
        }                                                                                          \
    } while (0)

/* Adds one item and gives its address (its bytes are not set). */
#define vec_push(v)                                                                                \
    ((v)->n == (v)->cap ? ((v)->cap = vec_next_cap((v)->cap, (v)->n + 1),                          \
                           (v)->at = mem_regrow((v)->at, (v)->cap, sizeof *(v)->at))               \
                        : (v)->at,                                                                 \
     &(v)->at[(v)->n++])

/* Removes the first `count` items. */
#define vec_drop(v, count)                                                                         \
    do {                                                                                           \
        (v)->n -= (count);                                                                         \
        if ((v)->n)                                                                                \
            memmove((v)->at, (v)->at + (count), (v)->n * sizeof *(v)->at);                         \
    } while (0)

#define vec_free(v)                                                                                \
    do {                                                                                           \
        free((v)->at);                                                                             \
        (v)->at = NULL;                                                                            \
        (v)->n = (v)->cap = 0;                                                                     \
    } while (0)

/* For the macros: the capacity to grow to, so that adding n items one by one takes linear time. */
static inline size_t vec_next_cap(size_t cap, size_t need)
{
    size_t next = cap ? cap + cap / 2 : 16;
    return next < need ? need : next;
}

#endif
