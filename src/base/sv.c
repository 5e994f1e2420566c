#include "base/sv.h"

#include "base/ascii.h"

int sv_cmp(struct sv a, struct sv b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    if (order)
        return order;
    return a.n < b.n ? -1 : a.n > b.n;
}

struct sv sv_trim(struct sv v)
{
    while (v.n && ascii_is_space(v.p[0])) {
        v.p++;
        v.n--;
    }
    while (v.n && ascii_is_space(v.p[v.n - 1]))
        v.n--;
    return v;
}

struct sv sv_cut(struct sv *rest, char by)
{
    struct sv all = *rest;
    const char *hit = all.n ? memchr(all.p, by, all.n) : NULL;
    if (!hit) {
        *rest = (struct sv){NULL, 0};
        return all;
    }
    size_t head = (size_t)(hit - all.p);
    *rest = sv_sub(all, head + 1, all.n - head - 1);
    return sv_sub(all, 0, head);
}

ptrdiff_t sv_find(struct sv v, struct sv needle)
{
    if (!needle.n)
        return 0;
    if (v.n < needle.n)
        return -1;
    const char *hit = memmem(v.p, v.n, needle.p, needle.n);
    return hit ? hit - v.p : -1;
}

size_t sv_count(struct sv v, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < v.n; i++)
        count += v.p[i] == byte;
    return count;
}

uint64_t sv_hash_long(struct sv v)
{
    /* Eight bytes at a time, multiplied and folded; the last eight may overlap those before. */
    uint64_t h = v.n * SV_HASH_ODD_1;
    for (size_t at = 0; v.n - at > 8; at += 8) {
        h = (h ^ sv_load_8(v.p + at)) * SV_HASH_ODD_2;
        h ^= h >> 29;
    }
    return sv_hash_end(h, sv_load_8(v.p + v.n - 8));
}

int span_cmp(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    return x->off < y->off ? -1 : x->off > y->off;
}
