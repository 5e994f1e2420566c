#include "cli/out.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/message.h"

void out_init(struct out *o, int fd)
{
    *o = (struct out){.fd = fd, .bytes = mem_regrow(NULL, OUT_ROOM, 1)};
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

void out_bytes_slow(struct out *o, const char *bytes, size_t n)
{
    out_flush(o);
    if (n > OUT_ROOM)
        write_all(o, bytes, n);
    else
        out_bytes(o, bytes, n);
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

void out_printable_string(struct out *o, const char *text)
{
    out_printable(o, (struct docbao_text){text, strlen(text)});
}

void out_message(struct out *o, const char *format, ...)
{
    struct buf text = BUF_INIT;
    va_list args;
    va_start(args, format);
    buf_add_message_args(&text, format, args);
    va_end(args);
    buf_putc(&text, '\n');
    out_bytes(o, text.p, text.n);
    buf_free(&text);
}

int out_printf(struct out *o, const char *format, ...)
{
    struct buf text = BUF_INIT;
    va_list args;
    va_start(args, format);
    buf_addf_args(&text, format, args);
    va_end(args);
    int n = (int)text.n;
    out_bytes(o, text.p, text.n);
    buf_free(&text);
    return n;
}
