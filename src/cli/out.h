/*
 * Standard output, buffered, with its failure kept.
 *
 * Invariants: bytes come out in order, in large pieces; after the first failure nothing more is
 * written and the failure stays.
 */
#ifndef DOCBAO_CLI_OUT_H
#define DOCBAO_CLI_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "docbao/docbao.h"

enum { OUT_ROOM = 1 << 16 };

struct out {
    int fd;
    int failure; /* errno, or 0 */
    char *bytes;
    size_t used;
};

/* Begins with an empty buffer for the descriptor, which stays the caller's. */
void out_init(struct out *o, int fd);
/* Frees; what was not flushed is lost. */
void out_free(struct out *o);

/* Writes what is held; false on a failure now or before. */
bool out_flush(struct out *o);

/* For out_bytes only. */
void out_bytes_slow(struct out *o, const char *bytes, size_t n);
/* Bytes, one byte, a text: as they are. */
static inline void out_bytes(struct out *o, const char *bytes, size_t n)
{
    if (n > OUT_ROOM - o->used) {
        out_bytes_slow(o, bytes, n);
        return;
    }
    if (n)
        memcpy(o->bytes + o->used, bytes, n);
    o->used += n;
}
static inline void out_byte(struct out *o, char byte)
{
    if (o->used == OUT_ROOM)
        out_flush(o);
    o->bytes[o->used++] = byte;
}
/* The bytes of a text, as they are. */
void out_text(struct out *o, struct docbao_text text);
/* Text from outside for people: what a terminal would obey is replaced (base/message.h). */
void out_printable(struct out *o, struct docbao_text text);
/* The same, of a terminated string. */
void out_printable_string(struct out *o, const char *text);
/* A message (base/message.h) and a line end. */
void out_message(struct out *o, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* As printf, for programs; returns the number of bytes. */
int out_printf(struct out *o, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
