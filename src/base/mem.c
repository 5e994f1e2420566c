#include "base/mem.h"

#include <stdint.h>

void mem_exhausted(size_t wanted)
{
    fprintf(stderr, "docbao: out of memory (%zu bytes wanted); close other programs and retry\n",
            wanted);
    abort();
}

void *mem_zalloc(size_t size)
{
    void *p = calloc(1, size ? size : 1);
    if (!p)
        mem_exhausted(size);
    return p;
}

void *mem_regrow(void *ptr, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        mem_exhausted(SIZE_MAX);
    size_t bytes = count * size;
    void *p = realloc(ptr, bytes > 0 ? bytes : 1);
    if (!p)
        mem_exhausted(bytes);
    return p;
}

char *mem_copy(struct sv text)
{
    char *copy = mem_regrow(NULL, text.n + 1, 1);
    if (text.n)
        memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    return copy;
}
