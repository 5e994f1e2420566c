#include "article/format/html_prepare.h"

#include <stdio.h>

enum { MOST_ATTRIBUTES = 200 };

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Where the tag at `at` ends, quotes heeded, and where its attributes become too many (or `end`);
 * a tag with no end ends the text. */
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

/* The parser compares each attribute of a tag with all others: tags with very many are cut short.
 */
static void cap_attributes(char *text, size_t n)
{
    struct sv v = {text, n};
    for (size_t i = 0; i < n;) {
        const char *open = memchr(text + i, '<', n - i);
        if (!open)
            return;
        size_t at = (size_t)(open - text), too_many;
        if (at + 1 >= n || !is_name_start(text[at + 1])) {
            i = at + 1;
            continue;
        }
        size_t end = measure_tag(v, at, &too_many);
        if (too_many && end < n)
            memset(text + too_many, ' ', end - too_many);
        else if (too_many)
            memset(text + too_many, ' ', n - too_many);
        i = too_many ? end : at + 1;
        if (!too_many && end < n && end - at > 4096)
            i = end; /* what was measured need not be measured again */
    }
}

/* Those that a page in Vietnamese may hold: its letters, and the punctuation that some programs
 * write so. In the order of the HTML standard's list. */
static const struct {
    const char *name;
    unsigned code;
} named[] = {
    {"Abreve;", 0x102}, {"abreve;", 0x103}, {"Dstrok;", 0x110},  {"dstrok;", 0x111},
    {"Itilde;", 0x128}, {"itilde;", 0x129}, {"Utilde;", 0x168},  {"utilde;", 0x169},
    {"Tab;", 9},        {"NewLine;", 10},   {"excl;", '!'},      {"num;", '#'},
    {"dollar;", '$'},   {"percnt;", '%'},   {"lpar;", '('},      {"rpar;", ')'},
    {"ast;", '*'},      {"plus;", '+'},     {"comma;", ','},     {"period;", '.'},
    {"sol;", '/'},      {"colon;", ':'},    {"semi;", ';'},      {"equals;", '='},
    {"quest;", '?'},    {"commat;", '@'},   {"lsqb;", '['},      {"lbrack;", '['},
    {"rsqb;", ']'},     {"rbrack;", ']'},   {"lowbar;", '_'},    {"lbrace;", '{'},
    {"rbrace;", '}'},   {"vert;", '|'},     {"hyphen;", 0x2010}, {"dash;", 0x2010},
};

/* "&abreve;" becomes "&#00259;": as long as it was. */
static void number_names(char *text, size_t n)
{
    struct sv rest = {text, n};
    for (;;) {
        const char *mark = rest.n ? memchr(rest.p, '&', rest.n) : NULL;
        if (!mark)
            return;
        size_t at = (size_t)(mark - text) + 1;
        rest = (struct sv){text + at, n - at};
        for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
            struct sv name = sv_of(named[i].name);
            if (!rest.n || rest.p[0] != name.p[0] || !sv_starts(rest, name))
                continue;
            char number[16];
            snprintf(number, sizeof number, "#%0*u;", (int)name.n - 2, named[i].code);
            memcpy(text + at, number, name.n);
            break;
        }
    }
}

void html_prepare(char *text, size_t n)
{
    cap_attributes(text, n);
    number_names(text, n);
}
