#include "base/err.h"

#include <stdarg.h>

enum status err_set(struct err *e, enum status status, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    /* Built aside first: an argument may be this error's own message. */
    struct buf message = BUF_INIT;
    if (n > 0) {
        buf_reserve(&message, (size_t)n);
        vsnprintf(message.p, (size_t)n + 1, format, again);
        message.n = (size_t)n;
    }
    va_end(again);
    buf_free(&e->message);
    e->message = message;
    e->status = status;
    buf_clear(&e->file);
    e->line = e->column = 0;
    return status;
}

enum status err_at(struct err *e, const char *file, uint32_t line, uint32_t column)
{
    buf_clear(&e->file);
    buf_adds(&e->file, file);
    e->line = line;
    e->column = column;
    return e->status;
}

void err_free(struct err *e)
{
    buf_free(&e->message);
    buf_free(&e->file);
}
