#include "cli/progress_line.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/message.h"
#include "cli/cells.h"
#include "cli/terminal.h"

enum { DRAW_MS = 200, USUAL_WIDTH = 80 };

/* Letters beyond ASCII need a locale of UTF-8, whatever the user's is. */
bool progress_line_is_possible(void)
{
    const char *kind = getenv("TERM");
    if (!isatty(STDERR_FILENO) || !kind || strcmp(kind, "dumb") == 0)
        return false;
    setlocale(LC_CTYPE, "");
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0 || setlocale(LC_CTYPE, "C.UTF-8");
}

bool progress_line_is_due(const struct progress_line *l)
{
    return clock_now_ns() - l->drawn_ns >= (int64_t)DRAW_MS * CLOCK_NS_PER_MS;
}

static unsigned width_of_terminal(void)
{
    unsigned columns = terminal_columns(STDERR_FILENO);
    return columns > 1 ? columns : USUAL_WIDTH;
}

static void write_terminal(struct sv text)
{
    while (text.n) {
        ssize_t n = write(STDERR_FILENO, text.p, text.n);
        if (n <= 0)
            return;
        text = sv_sub(text, (size_t)n, text.n - (size_t)n);
    }
}

/* The last column stays free, since some terminals begin a new line there. */
void progress_line_draw(struct progress_line *l, struct sv text)
{
    struct sv line = {text.p, cells_fit(text.p, text.n, width_of_terminal() - 1)};
    if (!sv_eq(line, buf_sv(&l->drawn))) {
        struct buf out = BUF_INIT;
        buf_addf(&out, "\r%.*s\x1B[K", SV_ARG(line));
        write_terminal(buf_sv(&out));
        buf_free(&out);
        buf_clear(&l->drawn);
        buf_add_sv(&l->drawn, line);
    }
    l->drawn_ns = clock_now_ns();
}

void progress_line_erase(struct progress_line *l)
{
    if (l->drawn.n)
        write_terminal(SV("\r\x1B[K"));
    buf_clear(&l->drawn);
}

void progress_line_free(struct progress_line *l)
{
    buf_free(&l->drawn);
}

void progress_line_add(struct buf *line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (line->n)
        buf_adds(line, " · ");
    buf_add_message_args(line, format, args);
    va_end(args);
}

void progress_line_add_clock(struct buf *line, double seconds)
{
    unsigned long long s = seconds > 0 ? (unsigned long long)(seconds + 0.5) : 0;
    if (s >= 3600)
        buf_addf(line, "%llu:%02llu:%02llu", s / 3600, s / 60 % 60, s % 60);
    else
        buf_addf(line, "%llu:%02llu", s / 60, s % 60);
}
