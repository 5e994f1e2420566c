#include "cli/lines.h"

#include "base/message.h"
#include "cli/layout.h"
#include "cli/terminal.h"

static void print_wrapped(FILE *out, struct sv text, unsigned columns)
{
    struct layout lines = {.text = BUF_INIT};
    layout_add(&lines, text, LAYOUT_TEXT);
    layout_wrap(&lines, columns, false);
    for (size_t i = 0; i < lines.lines.n; i++) {
        const struct layout_line *line = &lines.lines.at[i];
        fwrite(lines.text.p + line->from, 1, line->to - line->from, out);
        putc('\n', out);
    }
    layout_free(&lines);
}

void lines_print(FILE *out, struct sv text)
{
    struct buf printable = BUF_INIT;
    unsigned columns = terminal_columns(fileno(out));
    buf_add_printable(&printable, text);
    if (columns) {
        print_wrapped(out, buf_sv(&printable), columns);
    } else {
        buf_putc(&printable, '\n');
        fwrite(printable.p, 1, printable.n, out);
    }
    buf_free(&printable);
}
