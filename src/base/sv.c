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

uint64_t sv_hash(struct sv v)
{
    /* Eight bytes at a time, multiplied and folded; the constants are odd and without pattern. */
    uint64_t h = v.n * 0x9E3779B97F4A7C15u;
    for (; v.n >= 8; v = sv_sub(v, 8, v.n - 8)) {
        uint64_t piece;
        memcpy(&piece, v.p, sizeof piece);
        h = (h ^ piece) * 0xC2B2AE3D27D4EB4Fu;
        h ^= h >> 29;
    }
    uint64_t rest = 0;
    for (size_t i = 0; i < v.n; i++)
        rest = rest << 8 | (unsigned char)v.p[i];
    h = (h ^ rest) * 0xC2B2AE3D27D4EB4Fu;
    return h ^ h >> 32;
}

int span_cmp(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    return x->off < y->off ? -1 : x->off > y->off;
}
