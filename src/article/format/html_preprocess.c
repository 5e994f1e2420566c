#include "article/format/html_preprocess.h"

#include <stdio.h>

#include "article/format/entity.h"
#include "base/ascii.h"

enum { MOST_ATTRIBUTES = 200 };

/* The end of the tag at `at`, or of the text if it has none. *too_many: where its attributes become
 * too many, or 0. */
static size_t measure_tag(struct sv v, size_t at, size_t *too_many)
{
    size_t attributes = 0;
    char quote = 0, last = 0;
    *too_many = 0;
    for (size_t i = at + 1; i < v.n; i++) {
        char c = v.p[i];
        if (quote) {
            quote = c == quote ? 0 : quote;
        } else if (c == '>') {
            return i;
        } else if ((c == '"' || c == '\'') && last == '=') {
            quote = c;
        } else if (c == ' ' || c == '\n' || c == '/') {
            attributes += last != ' ';
            if (attributes > MOST_ATTRIBUTES && !*too_many)
                *too_many = i;
            last = last == '=' ? last : ' ';
            continue;
        }
        last = c;
    }
    return v.n;
}

/* The parser compares each attribute of a tag with all others: cuts tags with very many. */
static void cap_attributes(char *text, size_t n)
{
    struct sv v = {text, n};
    for (size_t i = 0; i < n;) {
        const char *tag = memchr(text + i, '<', n - i);
        if (!tag)
            return;
        size_t at = (size_t)(tag - text), too_many;
        if (at + 1 >= n || !ascii_is_letter(text[at + 1])) {
            i = at + 1;
            continue;
        }
        size_t end = measure_tag(v, at, &too_many);
        if (too_many)
            memset(text + too_many, ' ', end - too_many);
        /* A tag inside a long one need not be measured again. */
        i = too_many || end - at > 4096 ? end : at + 1;
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
    cap_attributes(text, n);
    number_names(text, n);
}
