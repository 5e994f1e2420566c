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

/* The value of an option, without quotation marks; p is NULL if the line is another. Names of
 * options, which are given in small letters here, may be written in any case. */
static struct sv option_of(struct sv line, struct sv name)
{
    const struct sv none = {NULL, 0};
    line = sv_trim(line);
    if (line.n <= name.n || !strchr(" \t\"", line.p[name.n]))
        return none;
    for (size_t i = 0; i < name.n; i++)
        if (lower_ascii(line.p[i]) != name.p[i])
            return none;
    struct sv value = sv_trim(sv_from(line, name.n));
    if (value.n && value.p[0] == '"') {
        value = sv_from(value, 1);
        value = sv_cut(&value, '"');
    }
    return value;
}

bool speechd_conf_names_modules(struct sv conf)
{
    struct buf others = BUF_INIT;
    bool found = false;
    speechd_conf_without(conf, &others);
    for (struct sv rest = buf_sv(&others); rest.n && !found;)
        found = option_of(next_line(&rest), SV("addmodule")).p != NULL;
    buf_free(&others);
    return found;
}

bool speechd_conf_replaces_marks(struct sv conf)
{
    struct buf others = BUF_INIT;
    bool replaces = false;
    speechd_conf_without(conf, &others);
    for (struct sv rest = buf_sv(&others); rest.n;) {
        struct sv value = option_of(next_line(&rest), SV("symbolspreproc"));
        if (value.p)
            replaces = !sv_is(value, "no") && !sv_is(value, "none");
    }
    buf_free(&others);
    return replaces;
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
    bool names = speechd_conf_names_modules(conf), replaces = speechd_conf_replaces_marks(conf);
    speechd_conf_without(conf, out);
    if (!names && !replaces)
        return;
    if (out->n && out->p[out->n - 1] != '\n')
        buf_putc(out, '\n');
    buf_adds(out, BEGINS "\n");
    if (names)
        buf_adds(out, "AddModule \"docbao\" \"sd_docbao\" \"docbao.conf\"\n");
    if (replaces)
        buf_adds(out, "SymbolsPreproc \"no\"\n");
    buf_adds(out, ENDS "\n");
}
