#include "cli/bytes.h"

#include <stdlib.h>
#include <string.h>

void bytes_reserve(struct bytes *b, size_t more)
{
    if (b->cap - b->n >= more)
        return;
    size_t cap = b->cap ? b->cap : 256;
    while (cap - b->n < more)
        cap *= 2;
    b->p = realloc(b->p, cap);
    if (!b->p)
        abort();
    b->cap = cap;
}

void bytes_add(struct bytes *b, const char *p, size_t n)
{
    if (!n)
        return;
    bytes_reserve(b, n);
    memcpy(b->p + b->n, p, n);
    b->n += n;
}

void bytes_free(struct bytes *b)
{
    free(b->p);
    *b = (struct bytes){0};
}
