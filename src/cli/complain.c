#include "cli/complain.h"

#include <stdio.h>

#include "cli/lines.h"

void complain_text(struct sv message)
{
    struct buf line = BUF_INIT;
    buf_adds(&line, "docbao: ");
    buf_add_sv(&line, message);
    lines_print(stderr, buf_sv(&line));
    buf_free(&line);
}

void complain(const char *format, ...)
{
    struct buf message = BUF_INIT;
    va_list args;
    va_start(args, format);
    buf_add_message_args(&message, format, args);
    va_end(args);
    complain_text(buf_sv(&message));
    buf_free(&message);
}
