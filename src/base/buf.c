#include "base/buf.h"

#include "base/mem.h"

char buf_empty[1];

void buf_grow(struct buf *b, size_t more)
{
    size_t need = b->n + more + 1;
    size_t cap = b->cap ? b->cap + b->cap / 2 : 64;
    if (cap < need)
        cap = need;
    b->p = mem_regrow(b->cap ? b->p : NULL, cap, 1);
    b->cap = cap;
    b->p[b->n] = '\0';
}

void buf_adds(struct buf *b, const char *cstr)
{
    buf_add(b, cstr, strlen(cstr));
}

void buf_add_markup(struct buf *b, struct sv text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '&')
            buf_adds(b, "&amp;");
        else if (text.p[i] == '<')
            buf_adds(b, "&lt;");
        else if (text.p[i] == '>')
            buf_adds(b, "&gt;");
        else
            buf_putc(b, text.p[i]);
    }
}

void buf_addf_args(struct buf *b, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n > 0) {
        buf_reserve(b, (size_t)n);
        vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

void buf_addf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_addf_args(b, format, args);
    va_end(args);
}

void buf_clear(struct buf *b)
{
    buf_cut(b, 0);
}

void buf_cut(struct buf *b, size_t n)
{
    b->n = n;
    if (b->cap)
        b->p[n] = '\0';
}

void buf_drop(struct buf *b, size_t n)
{
    if (n)
        memmove(b->p, b->p + n, b->n - n);
    buf_cut(b, b->n - n);
}

void buf_free(struct buf *b)
{
    if (b->cap)
        free(b->p);
    *b = BUF_INIT;
}

char *buf_detach(struct buf *b)
{
    buf_reserve(b, 0);
    char *p = b->p;
    *b = BUF_INIT;
    return p;
}
