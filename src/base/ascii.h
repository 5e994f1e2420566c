/*
 * Bytes of ASCII, whatever the locale. Bytes beyond ASCII are neither letters nor digits.
 *
 * Invariants: nothing is allocated; the view is never changed.
 */
#ifndef DOCBAO_BASE_ASCII_H
#define DOCBAO_BASE_ASCII_H

#include "base/sv.h"

/* 0 to 9. */
static inline bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The same of a code point. */
static inline bool code_is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

/* A to Z, a to z. */
static inline bool ascii_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A space, a tab or the end of a line. */
static inline bool ascii_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The small letter of a capital; any other byte stays. */
static inline char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether all bytes are ASCII; true for an empty view. */
static inline bool ascii_only(struct sv v)
{
    for (size_t i = 0; i < v.n; i++)
        if ((unsigned char)v.p[i] >= 0x80)
            return false;
    return true;
}

/* The value of a hexadecimal digit, or -1. */
static inline int ascii_hex_value(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Comparisons that ignore the case of letters. */
static inline bool ascii_same(struct sv a, struct sv b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
            return false;
    return true;
}

/* Whether `v` is one of `names`, which end with a NULL. */
static inline bool ascii_is_one_of(struct sv v, const char *const *names)
{
    for (; *names; names++)
        if (ascii_same(v, sv_of(*names)))
            return true;
    return false;
}

/* Whether `v` begins with `head`, or ends with `tail`, whatever the case of letters. */
static inline bool ascii_starts(struct sv v, struct sv head)
{
    return v.n >= head.n && ascii_same(sv_sub(v, 0, head.n), head);
}

static inline bool ascii_ends(struct sv v, struct sv tail)
{
    return v.n >= tail.n && ascii_same(sv_sub(v, v.n - tail.n, tail.n), tail);
}

#endif
