/*
 * Numbers of containers: "le" little-endian, "be" big-endian.
 *
 * Invariants: a number takes exactly `bytes` bytes: 1 to 8 to add, 1 to 4 to get. The bytes need
 * no alignment.
 */
#ifndef DOCBAO_SINK_TAG_BYTES_H
#define DOCBAO_SINK_TAG_BYTES_H

#include <stdint.h>

#include "base/buf.h"

/* Appends a number; higher bits than fit are dropped. */
static inline void le_add(struct buf *out, uint64_t value, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        buf_putc(out, (char)(value >> 8 * i & 0xFF));
}

static inline void be_add(struct buf *out, uint64_t value, unsigned bytes)
{
    while (bytes--)
        buf_putc(out, (char)(value >> 8 * bytes & 0xFF));
}

/* Reads a number. */
static inline uint32_t le_get(const unsigned char *p, unsigned bytes)
{
    uint32_t value = 0;
    while (bytes--)
        value = value << 8 | p[bytes];
    return value;
}

static inline uint32_t be_get(const unsigned char *p, unsigned bytes)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < bytes; i++)
        value = value << 8 | p[i];
    return value;
}

#endif
