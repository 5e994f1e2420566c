#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>

#include "base/mem.h"

enum { CHUNK_BYTES = 64 * 1024 };

struct arena_chunk {
    struct arena_chunk *older;
    alignas(max_align_t) char bytes[];
};

void *arena_alloc(struct arena *a, size_t size)
{
    size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - CHUNK_BYTES)
        mem_exhausted();
    size = (size + align - 1) & ~(align - 1);
    if (size > a->left) {
        size_t room = size > CHUNK_BYTES ? size : CHUNK_BYTES;
        struct arena_chunk *c = mem_regrow(NULL, sizeof *c + room, 1);
        c->older = a->chunks;
        a->chunks = c;
        a->next = c->bytes;
        a->left = room;
    }
    void *p = a->next;
    a->next += size;
    a->left -= size;
    return p;
}

char *arena_dup(struct arena *a, struct sv v)
{
    char *copy = arena_alloc(a, v.n + 1);
    if (v.n)
        memcpy(copy, v.p, v.n);
    copy[v.n] = '\0';
    return copy;
}

void arena_free(struct arena *a)
{
    struct arena_chunk *c = a->chunks;
    while (c) {
        struct arena_chunk *older = c->older;
        free(c);
        c = older;
    }
    *a = (struct arena){0};
}
