#include "article/format/xml_tag.h"

#include <string.h>

#include "base/ascii.h"

enum { CROSS_MAX = 65536 }; /* how far behind a '<' a value in quotation marks may end */

static bool is_name_start(char c)
{
    return ascii_is_letter(c) || c == '_';
}

static bool is_name(char c)
{
    return is_name_start(c) || ascii_is_digit(c) || c == ':' || c == '-' || c == '.';
}

void xml_tag_skip_space(struct xml_tag_reader *t)
{
    while (ascii_is_space(xml_tag_peek(t)))
        t->at++;
}

struct sv xml_tag_name(struct xml_tag_reader *t)
{
    size_t from = t->at;
    if (is_name_start(xml_tag_peek(t)))
        while (is_name(xml_tag_peek(t)))
            t->at++;
    return sv_sub(t->rest, from, t->at - from);
}

/* The same for a value that holds a '<', as no XML has it. The next mark may belong to another tag,
 * and then is not where the value ends. */
static ptrdiff_t crossing_length(const struct xml_tag_reader *t, struct sv v, char quote)
{
    size_t most = v.n < CROSS_MAX ? v.n : CROSS_MAX;
    const char *end = t->strict ? NULL : memchr(v.p, quote, most);
    size_t n = end ? (size_t)(end - v.p) : 0;
    char next = n + 1 < v.n ? v.p[n + 1] : '>';
    return end && (ascii_is_space(next) || strchr("/>?", next)) ? (ptrdiff_t)n : -1;
}

/* The length of a value in quotation marks, or -1: the second mark is missing. */
static ptrdiff_t quoted_length(const struct xml_tag_reader *t, size_t from, char quote)
{
    struct sv v = sv_sub(t->rest, from, t->rest.n - from);
    size_t n = 0;
    while (n < v.n && v.p[n] != quote && v.p[n] != '<')
        n++;
    if (n == v.n)
        return -1;
    return v.p[n] == quote ? (ptrdiff_t)n : crossing_length(t, v, quote);
}

struct sv xml_tag_value(struct xml_tag_reader *t)
{
    char quote = xml_tag_peek(t);
    size_t from = t->at;
    if (quote == '"' || quote == '\'') {
        ptrdiff_t n = quoted_length(t, ++from, quote);
        t->at = n < 0 ? from : from + (size_t)n + 1;
        return sv_sub(t->rest, from, n < 0 ? 0 : (size_t)n);
    }
    while (t->at < t->rest.n && !ascii_is_space(xml_tag_peek(t)) && xml_tag_peek(t) != '>' &&
           xml_tag_peek(t) != '<')
        t->at++;
    return sv_sub(t->rest, from, t->at - from);
}
