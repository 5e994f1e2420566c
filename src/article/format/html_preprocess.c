#include "article/format/html_preprocess.h"

#include <stdio.h>

#include "article/format/entity.h"
#include "base/ascii.h"

enum { MOST_ATTRIBUTES = 200 };

/* The parts of a tag. */
struct tag {
    size_t end;        /* of its '>', or of the text if it has none */
    size_t too_many;   /* where its attributes become too many; 0: they do not */
    size_t open_quote; /* the quotation mark of a value that has no second one; 0: none */
};

/* Whether the value in quotation marks before `end` runs into another tag, up to the first mark of
 * a value there: <a href="x>Huế</a><a href="y">. Then its own second mark is missing. */
static bool runs_into_tag(struct sv v, size_t open, size_t end)
{
    const char *bracket = memchr(v.p + open, '>', end - open);
    return v.p[end - 1] == '=' && bracket && memchr(bracket, '<', (size_t)(v.p + end - bracket));
}

static struct tag measure_tag(struct sv v, size_t at)
{
    struct tag tag = {.end = v.n};
    size_t attributes = 0, open = 0;
    char last = 0;
    for (size_t i = at + 1; i < v.n; i++) {
        char c = v.p[i];
        if (open) {
            if (c == v.p[open] && runs_into_tag(v, open, i))
                break;
            open = c == v.p[open] ? 0 : open;
        } else if (c == '>') {
            tag.end = i;
            return tag;
        } else if ((c == '"' || c == '\'') && last == '=') {
            open = i;
        } else if (c == ' ' || c == '\n' || c == '/') {
            attributes += last != ' ';
            if (attributes > MOST_ATTRIBUTES && !tag.too_many)
                tag.too_many = i;
            last = last == '=' ? last : ' ';
            continue;
        }
        last = c;
    }
    tag.open_quote = open;
    return tag;
}

static bool is_name_of_tag(char c)
{
    return ascii_is_letter(c) || ascii_is_digit(c) || strchr("-:_", c);
}

/* The end of the name of the tag at `at`, which begins with a letter, '/' or '<'. */
static size_t end_of_name(struct sv v, size_t at)
{
    size_t i = at + 1;
    i += i < v.n && v.p[i] == '/';
    while (i < v.n && v.p[i] && is_name_of_tag(v.p[i]))
        i++;
    return i;
}

/* Whether a '<' begins a text and not a tag, because no name of a tag has such letters: <Huế>. */
static bool has_foreign_name(struct sv v, size_t at)
{
    size_t end = end_of_name(v, at);
    return end < v.n && (unsigned char)v.p[end] >= 0x80;
}

/* Whether a tag without an end goes on like a tag: "<p", "<p class=". */
static bool goes_on_as_tag(struct sv v, size_t at)
{
    size_t i = end_of_name(v, at);
    while (i < v.n && strchr(" \n/", v.p[i]))
        i++;
    if (i == v.n)
        return true;
    while (i < v.n && v.p[i] && is_name_of_tag(v.p[i]))
        i++;
    return i < v.n && v.p[i] == '=';
}

static bool looks_like_tag(struct sv v, size_t at)
{
    size_t i = at + 1;
    i += i < v.n && v.p[i] == '/';
    return i < v.n && (ascii_is_letter(v.p[i]) || (unsigned char)v.p[i] >= 0x80);
}

/* The tags from `at` on have no end: each is a text, unless the document was cut short in it. */
static void free_unended(char *text, size_t n, size_t at)
{
    struct sv v = {text, n};
    for (size_t i = at; i < n; i++)
        if (text[i] == '<' && looks_like_tag(v, i) && !goes_on_as_tag(v, i))
            text[i] = HTML_BARE_LESS;
}

/* The end of a script or style whose tag ends at `end`; `end` if it is another tag. */
static size_t end_of_raw_text(struct sv v, size_t at, size_t end)
{
    struct sv name = sv_sub(v, at + 1, end_of_name(v, at) - at - 1);
    bool script = ascii_same(name, SV("script"));
    struct sv mark = script ? SV("</script") : SV("</style");
    if (!script && !ascii_same(name, SV("style")))
        return end;
    for (size_t i = end; i < v.n; i++)
        if (v.p[i] == '<' && ascii_starts(sv_sub(v, i, v.n - i), mark))
            return i;
    return end;
}

/* Mends the tag at `at` and returns where the next one is looked for. */
static size_t mend_tag(char *text, size_t n, size_t at)
{
    struct sv v = {text, n};
    if (has_foreign_name(v, at)) {
        text[at] = HTML_BARE_LESS;
        return at + 1;
    }
    struct tag tag = measure_tag(v, at);
    for (; tag.open_quote; tag = measure_tag(v, at))
        text[tag.open_quote] = ' ';
    if (tag.too_many)
        memset(text + tag.too_many, ' ', tag.end - tag.too_many);
    if (tag.end == n) {
        free_unended(text, n, at);
        return n;
    }
    return end_of_raw_text(v, at, tag.end);
}

/* Ends a comment at once or, without an end, at its first '>', as old browsers did. Returns where
 * the next tag is looked for. */
static size_t mend_comment(char *text, size_t n, size_t at)
{
    struct sv rest = {text + at + 4, n - at - 4};
    bool empty = sv_starts(rest, SV(">")) || sv_starts(rest, SV("->"));
    ptrdiff_t end = empty ? -1 : sv_find(rest, SV("-->"));
    if (end >= 0)
        return at + 4 + (size_t)end;
    if (!memchr(rest.p, '>', rest.n))
        return n;
    memcpy(text + at + 1, "?x ", 3); /* an instruction, which ends so */
    return at + 4;
}

static void mend_tags(char *text, size_t n)
{
    struct sv v = {text, n};
    for (size_t i = 0; i < n;) {
        const char *tag = memchr(text + i, '<', n - i);
        size_t at = tag ? (size_t)(tag - text) : n;
        if (sv_starts(sv_sub(v, at, n - at), SV("<!--")))
            i = mend_comment(text, n, at);
        else
            i = at < n && looks_like_tag(v, at) ? mend_tag(text, n, at) : at + 1;
    }
}

/* Writes the reference of `n` bytes at `at` as a number of the same length, if that fits. */
static void write_number(char *at, size_t n, uint32_t code)
{
    char number[16];
    bool ended = at[n - 1] == ';';
    int digits = (int)n - 2 - ended;
    if (digits < 1 || n >= sizeof number)
        return;
    if (snprintf(number, sizeof number, "&#%0*u%s", digits, code, ended ? ";" : "") == (int)n)
        memcpy(at, number, n);
}

/* "&abreve;" becomes "&#00259;". */
static void number_names(char *text, size_t n)
{
    for (char *at = text; (at = memchr(at, '&', n - (size_t)(at - text))); at++) {
        uint32_t code;
        size_t length = entity_decode_newer((struct sv){at, n - (size_t)(at - text)}, &code);
        if (length)
            write_number(at, length, code);
    }
}

void html_preprocess(char *text, size_t n)
{
    mend_tags(text, n);
    number_names(text, n);
}
