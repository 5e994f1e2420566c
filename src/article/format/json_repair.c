#include "article/format/json_repair.h"

struct repair {
    struct buf *out;
    struct sv script;
    size_t at;
    size_t depth; /* brackets open */
    size_t comma; /* offset in `out` of a comma that nothing has followed yet, plus 1; or 0 */
};

static struct sv rest_of(const struct repair *r)
{
    return sv_sub(r->script, r->at, r->script.n - r->at);
}

static bool is_space(char c)
{
    return (unsigned char)c <= ' ';
}

static size_t after_spaces(struct sv v, size_t at)
{
    while (at < v.n && is_space(v.p[at]))
        at++;
    return at;
}

/* Skips to the end of what ends with `end`, or of the script. */
static void skip_past(struct repair *r, struct sv end)
{
    ptrdiff_t at = sv_find(rest_of(r), end);
    r->at = at < 0 ? r->script.n : r->at + (size_t)at + end.n;
}

/* Skips a comment, or a mark that hides the script from old browsers; false: there is none. */
static bool skip_comment(struct repair *r)
{
    static const struct sv marks[] = {SV("<!--"),  SV("-->"),         SV("<![CDATA["),
                                      SV("]]>"),   SV("//<![CDATA["), SV("// <![CDATA["),
                                      SV("//]]>"), SV("// ]]>")};
    struct sv v = rest_of(r);
    if (r->depth && sv_starts(v, SV("<!--"))) {
        skip_past(r, SV("-->"));
        return true;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (sv_starts(v, marks[i])) {
            r->at += marks[i].n;
            return true;
        }
    if (sv_starts(v, SV("/*")))
        skip_past(r, SV("*/"));
    else if (sv_starts(v, SV("//")))
        skip_past(r, SV("\n"));
    else
        return false;
    return true;
}

/* Whether the string ends with the quote at `at`, by what follows it; otherwise the quote should
 * have been escaped. */
static bool ends_string(struct sv v, size_t at)
{
    size_t next = after_spaces(v, at + 1);
    if (next >= v.n || strchr(":}]</", v.p[next]))
        return true;
    if (v.p[next] != ',')
        return false;
    next = after_spaces(v, next + 1);
    return next >= v.n || strchr("\"{[}],-0123456789tfn</", v.p[next]);
}

/* Whether this is the rest of an escape such as "\\u00e1". */
static bool is_json_number(struct sv v)
{
    if (v.n < 5 || v.p[0] != 'u')
        return false;
    for (size_t i = 1; i < 5; i++)
        if (!v.p[i] || !strchr("0123456789abcdefABCDEF", v.p[i]))
            return false;
    return true;
}

/* Copies an escape. A backslash in front of a character that needs none is dropped. */
static void copy_escape(struct repair *r)
{
    struct sv v = rest_of(r);
    bool escape = v.n > 1 && v.p[1] && strchr("\"\\/bfnrt", v.p[1]);
    size_t n = escape ? 2 : is_json_number(sv_sub(v, 1, v.n - 1)) ? 6 : 0;
    buf_add(r->out, v.p, n);
    r->at += n ? n : 1;
}

static void copy_string(struct repair *r)
{
    buf_putc(r->out, '"');
    for (r->at++; r->at < r->script.n;) {
        char c = r->script.p[r->at];
        if (c == '\\') {
            copy_escape(r);
            continue;
        }
        if (c == '"' && ends_string(r->script, r->at)) {
            r->at++;
            break;
        }
        if (c == '"')
            buf_putc(r->out, '\\');
        buf_putc(r->out, is_space(c) ? ' ' : c);
        r->at++;
    }
    buf_putc(r->out, '"');
}

/* Copies a bracket, a comma or a part of a number or of a word, and drops everything else. */
static void copy_mark(struct repair *r)
{
    char c = r->script.p[r->at++];
    bool closes = c == '}' || c == ']';
    if (closes && r->comma) /* nothing follows the comma */
        buf_cut(r->out, r->comma - 1);
    if (c == '{' || c == '[')
        r->depth++;
    else if (closes && r->depth)
        r->depth--;
    else if (!r->depth || (c == ',' && r->comma))
        return;
    else if (!strchr(",:+-.", c) && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') &&
             !(c >= '0' && c <= '9'))
        return;
    r->comma = c == ',' ? r->out->n + 1 : 0;
    buf_putc(r->out, c);
}

void json_repair(struct buf *out, struct sv script)
{
    struct repair r = {.out = out, .script = script};
    while (r.at < script.n) {
        if (is_space(script.p[r.at])) {
            buf_putc(out, ' ');
            r.at++;
        } else if (skip_comment(&r)) {
            continue;
        } else if (script.p[r.at] == '"' && r.depth) {
            r.comma = 0;
            copy_string(&r);
        } else {
            copy_mark(&r);
        }
    }
}
