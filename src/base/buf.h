/*
 * A growing run of bytes.
 * Invariants: after BUF_INIT or buf_clear, `p` is never NULL and p[n] is always '\0', so `p` may
 * be handed to C functions; `n` does not count that terminator. The bytes may hold NULs.
 */
#ifndef DOCBAO_BASE_BUF_H
#define DOCBAO_BASE_BUF_H

#include <stdarg.h>

#include "base/sv.h"

struct buf {
    char *p;
    size_t n, cap;
};

extern char buf_empty[1];

#define BUF_INIT ((struct buf){buf_empty, 0, 0})

/* For buf_reserve only: makes room where there is none. */
void buf_grow(struct buf *b, size_t more);

/* Makes room for `more` further bytes and the terminator. */
static inline void buf_reserve(struct buf *b, size_t more)
{
    if (b->n + more >= b->cap)
        buf_grow(b, more);
}

/* Append bytes, a view, a C string, one byte. The bytes may not be part of `b`. */
static inline void buf_add(struct buf *b, const void *bytes, size_t n)
{
    if (!n)
        return;
    buf_reserve(b, n);
    memcpy(b->p + b->n, bytes, n);
    b->n += n;
    b->p[b->n] = '\0';
}

static inline void buf_add_sv(struct buf *b, struct sv v)
{
    buf_add(b, v.p, v.n);
}

static inline void buf_putc(struct buf *b, char c)
{
    buf_reserve(b, 1);
    b->p[b->n++] = c;
    b->p[b->n] = '\0';
}

void buf_adds(struct buf *b, const char *cstr);
/* Text for XML, HTML or WebVTT: & < > as character references. Not for attributes: quotes stay. */
void buf_add_markup(struct buf *b, struct sv text);
/* Append as printf does: text for programs. Messages for people go through base/message.h. */
void buf_addf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_addf_args(struct buf *b, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/* Empties it and keeps the memory. */
void buf_clear(struct buf *b);
/* Shortens it to `n` bytes. */
void buf_cut(struct buf *b, size_t n);
/* Removes the first `n` bytes. */
void buf_drop(struct buf *b, size_t n);
/* Frees the memory and leaves a fresh, usable buffer. */
void buf_free(struct buf *b);
/* Hands the bytes to the caller, who frees them with free(), and leaves a fresh buffer. */
char *buf_detach(struct buf *b);

/* A view of the bytes; valid until the buffer changes. */
static inline struct sv buf_sv(const struct buf *b)
{
    return (struct sv){b->p, b->n};
}

#endif
