#include "cli/out.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/message.h"

enum { ROOM = 1 << 16 };

void out_init(struct out *o, int fd)
{
    *o = (struct out){.fd = fd, .bytes = malloc(ROOM)};
    if (!o->bytes)
        abort();
}

void out_free(struct out *o)
{
    free(o->bytes);
    o->bytes = NULL;
}

static void write_all(struct out *o, const char *bytes, size_t n)
{
    while (n && !o->failure) {
        ssize_t done = write(o->fd, bytes, n);
        if (done < 0 && errno != EINTR)
            o->failure = errno;
        if (done > 0) {
            bytes += done;
            n -= (size_t)done;
        }
    }
}

bool out_flush(struct out *o)
{
    write_all(o, o->bytes, o->used);
    o->used = 0;
    return !o->failure;
}

void out_bytes(struct out *o, const char *bytes, size_t n)
{
    if (n > ROOM - o->used)
        out_flush(o);
    if (n > ROOM) {
        write_all(o, bytes, n);
        return;
    }
    if (n)
        memcpy(o->bytes + o->used, bytes, n);
    o->used += n;
}

void out_text(struct out *o, struct docbao_text text)
{
    out_bytes(o, text.p, text.n);
}

void out_printable(struct out *o, struct docbao_text text)
{
    struct buf printable = BUF_INIT;
    buf_add_printable(&printable, (struct sv){text.p, text.n});
    out_bytes(o, printable.p, printable.n);
    buf_free(&printable);
}

int out_printf(struct out *o, const char *format, ...)
{
    char *made = NULL;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&made, format, args);
    va_end(args);
    if (n < 0)
        abort();
    out_bytes(o, made, (size_t)n);
    free(made);
    return n;
}
