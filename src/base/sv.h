/*
 * A borrowed view of bytes: not terminated, never owned.
 * Invariant: `p` may be NULL only when `n` is 0.
 */
#ifndef DOCBAO_BASE_SV_H
#define DOCBAO_BASE_SV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct sv {
    const char *p;
    size_t n;
};

/* A run of bytes inside some text named by the context. */
struct span {
    uint32_t off, len;
};

/* A view of a string literal. */
#define SV(literal) ((struct sv){(literal), sizeof(literal) - 1})
/* For printf("%.*s"). */
#define SV_ARG(v) (int)(v).n, (v).p

/* A view of a C string, without its NUL. */
static inline struct sv sv_of(const char *cstr)
{
    return (struct sv){cstr, cstr ? strlen(cstr) : 0};
}

/* Of a text whose p is NULL only the empty part at 0 may be taken: C allows no NULL + 0. */
static inline struct sv sv_sub(struct sv v, size_t off, size_t len)
{
    return (struct sv){off ? v.p + off : v.p, len};
}

/* The part from `off` on. */
static inline struct sv sv_from(struct sv v, size_t off)
{
    return sv_sub(v, off, v.n - off);
}

/* The bytes of `text` that the span names; it must lie in the text. */
static inline struct sv sv_at(struct sv text, struct span span)
{
    return sv_sub(text, span.off, span.len);
}

/* Whether both have the same bytes; empty views are equal wherever they point. */
static inline bool sv_eq(struct sv a, struct sv b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool sv_is(struct sv a, const char *cstr)
{
    return sv_eq(a, sv_of(cstr));
}

/* Whether `v` begins with `head`, or ends with `tail`. */
static inline bool sv_starts(struct sv v, struct sv head)
{
    return v.n >= head.n && sv_eq(sv_sub(v, 0, head.n), head);
}

static inline bool sv_ends(struct sv v, struct sv tail)
{
    return v.n >= tail.n && sv_eq(sv_sub(v, v.n - tail.n, tail.n), tail);
}

/* Orders by bytes; a prefix comes before the longer text. */
int sv_cmp(struct sv a, struct sv b);

/* Without the ASCII white space at both ends. */
struct sv sv_trim(struct sv v);

/* Cuts `rest` at the first `by`: returns the part before it and leaves the part after it in `rest`.
 * Without a `by`, returns all and leaves `rest` empty with p == NULL. */
struct sv sv_cut(struct sv *rest, char by);

/* The offset of `needle` in `v`, or -1. */
ptrdiff_t sv_find(struct sv v, struct sv needle);
/* Counts the byte. */
size_t sv_count(struct sv v, char byte);

/* For qsort: orders spans, or structures that begin with a span, by their offsets. */
int span_cmp(const void *a, const void *b);

/* For sv_hash only: its two constants, which are odd and without pattern, and its steps. */
#define SV_HASH_ODD_1 0x9E3779B97F4A7C15u
#define SV_HASH_ODD_2 0xC2B2AE3D27D4EB4Fu

static inline uint64_t sv_load_8(const char *p)
{
    uint64_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

static inline uint64_t sv_load_4(const char *p)
{
    uint32_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

static inline uint64_t sv_hash_end(uint64_t h, uint64_t last)
{
    h = (h ^ last) * SV_HASH_ODD_2;
    return h ^ h >> 32;
}

uint64_t sv_hash_long(struct sv v);

/* A hash of the bytes: the same on every run of a machine. Quick for the length of a word. */
static inline uint64_t sv_hash(struct sv v)
{
    if (v.n > 8)
        return sv_hash_long(v);
    uint64_t bytes = 0;
    if (v.n >= 4)
        bytes = sv_load_4(v.p) | sv_load_4(v.p + v.n - 4) << 32;
    else if (v.n)
        bytes = (unsigned char)v.p[0] | (uint64_t)(unsigned char)v.p[v.n / 2] << 8 |
                (uint64_t)(unsigned char)v.p[v.n - 1] << 16;
    return sv_hash_end(v.n * SV_HASH_ODD_1, bytes);
}

#endif
