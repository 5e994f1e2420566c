/*
 * The bytes of a sound file, as the libraries that decode it ask for them. For the modules that
 * sink/decoder.h describes, which know nothing else of docbao.
 *
 * Invariants: 0 <= position <= length.
 */
#ifndef DOCBAO_SINK_DECODER_BYTES_H
#define DOCBAO_SINK_DECODER_BYTES_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct decoder_bytes {
    const char *at; /* the caller's */
    int64_t length, position;
};

/* Copies up to `n` bytes from the position on, and gives how many; 0: it is the end. */
static inline int64_t decoder_bytes_read(struct decoder_bytes *b, void *out, int64_t n)
{
    if (n > b->length - b->position)
        n = b->length - b->position;
    memcpy(out, b->at + b->position, (size_t)n);
    b->position += n;
    return n;
}

/* As lseek, but for places beyond the end: -1. */
static inline int64_t decoder_bytes_seek(struct decoder_bytes *b, int64_t offset, int whence)
{
    int64_t from = whence == SEEK_CUR ? b->position : whence == SEEK_END ? b->length : 0;
    if (offset < -from || offset > b->length - from)
        return -1;
    b->position = from + offset;
    return b->position;
}

#endif
