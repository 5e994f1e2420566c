#include "base/err.h"

#include <stdarg.h>

#include "base/message.h"

/* Takes over `message`. */
static enum status replace(struct err *e, enum status status, struct buf message)
{
    buf_free(&e->message);
    e->message = message;
    e->status = status;
    buf_clear(&e->file);
    e->line = e->column = 0;
    return status;
}

enum status err_set(struct err *e, enum status status, const char *format, ...)
{
    /* Built aside first: an argument may be this error's own message. */
    struct buf message = BUF_INIT;
    va_list args;
    va_start(args, format);
    buf_add_message_args(&message, format, args);
    va_end(args);
    return replace(e, status, message);
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
