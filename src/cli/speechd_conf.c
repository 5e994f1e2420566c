#include "cli/speechd_conf.h"

#define BEGINS "# docbao setup screen-reader: begin"
#define ENDS "# docbao setup screen-reader: end"

/* Takes the next line from the front, with its end. */
static struct sv next_line(struct sv *rest)
{
    const char *end = memchr(rest->p, '\n', rest->n);
    size_t n = end ? (size_t)(end - rest->p) + 1 : rest->n;
    struct sv line = sv_sub(*rest, 0, n);
    *rest = sv_from(*rest, n);
    return line;
}

static char lower_ascii(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Names of options may be written in any case. */
static bool is_add_module(struct sv line)
{
    static const char name[] = "addmodule";
    size_t n = sizeof name - 1;
    line = sv_trim(line);
    for (size_t i = 0; i < n; i++)
        if (i >= line.n || lower_ascii(line.p[i]) != name[i])
            return false;
    return line.n > n && (line.p[n] == ' ' || line.p[n] == '\t' || line.p[n] == '"');
}

bool speechd_conf_names_modules(struct sv conf)
{
    struct buf others = BUF_INIT;
    bool found = false;
    speechd_conf_without(conf, &others);
    for (struct sv rest = buf_sv(&others); rest.n && !found;)
        found = is_add_module(next_line(&rest));
    buf_free(&others);
    return found;
}

/* Whether our last line still follows. */
static bool block_ends(struct sv rest)
{
    while (rest.n)
        if (sv_is(sv_trim(next_line(&rest)), ENDS))
            return true;
    return false;
}

void speechd_conf_without(struct sv conf, struct buf *out)
{
    bool inside = false;
    for (struct sv rest = conf; rest.n;) {
        struct sv line = next_line(&rest), text = sv_trim(line);
        if (!inside && sv_is(text, BEGINS) && block_ends(rest))
            inside = true;
        if (!inside)
            buf_add_sv(out, line);
        if (sv_is(text, ENDS))
            inside = false;
    }
}

void speechd_conf_with(struct sv conf, struct buf *out)
{
    speechd_conf_without(conf, out);
    if (out->n && out->p[out->n - 1] != '\n')
        buf_putc(out, '\n');
    buf_adds(out, BEGINS "\n"
                         "AddModule \"docbao\" \"sd_docbao\" \"docbao.conf\"\n" ENDS "\n");
}
