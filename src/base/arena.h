/*
 * Memory that is freed all at once.
 * Invariants: what an arena gives stays where it is until arena_free; alignment is that of
 * max_align_t; a zeroed struct arena is an empty one.
 */
#ifndef DOCBAO_BASE_ARENA_H
#define DOCBAO_BASE_ARENA_H

#include "base/sv.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks;
    char *next;
    size_t left;
};

/* `size` bytes, not zeroed, owned by the arena. */
void *arena_alloc(struct arena *a, size_t size);
/* A NUL-terminated copy of `v`, owned by the arena. */
char *arena_dup(struct arena *a, struct sv v);
/* Frees all that the arena gave; it is empty then, and can be used again. */
void arena_free(struct arena *a);

#endif
