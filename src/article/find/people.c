#include "article/find/people.h"

#include "article/find/line.h"
#include "article/find/line_words.h"
#include "base/nfc.h"
#include "base/utf8.h"

enum { MOST_NAMES = 8, MOST_WORDS_A_NAME = 5, LONGEST_LINE = 160 };

static uint32_t code_at(struct sv v, size_t at, unsigned *n)
{
    uint32_t code;
    *n = utf8_decode(sv_from(v, at), &code);
    return code;
}

/* Removes a note in brackets from the end: "Hà Vy (tổng hợp)". */
static struct sv without_note(struct sv v)
{
    if (!v.n || v.p[v.n - 1] != ')')
        return v;
    const char *open = memrchr(v.p, '(', v.n);
    return open ? sv_trim(sv_sub(v, 0, (size_t)(open - v.p))) : v;
}

static bool is_connector(struct sv word)
{
    static const char *const connectors[] = {"-", "–", "—", "&", "và", "+", "/", "|", ",", "•"};
    for (size_t i = 0; i < sizeof connectors / sizeof *connectors; i++)
        if (sv_is(word, connectors[i]))
            return true;
    return false;
}

/* Whether the word can be part of a name: a capital, then letters, dots, hyphens, apostrophes. */
static bool is_name_word(struct sv word)
{
    for (size_t i = 0; i < word.n;) {
        unsigned n;
        uint32_t code = code_at(word, i, &n);
        bool letter = char_kind_of(code) == CHAR_LETTER;
        if (i == 0 ? !letter || char_lower(code) == code
                   : !letter && code != '.' && code != '-' && code != '\'' && code != '/' &&
                         code != 0x2013)
            return false;
        i += n;
    }
    return true;
}

static struct sv without_comma(struct sv word)
{
    return sv_sub(word, 0, word.n - (word.p[word.n - 1] == ','));
}

/* Removes what the person did from the end: "Hà Vy thực hiện". It is what follows the last name. */
static struct sv without_deed(const struct rules *rules, struct sv v)
{
    struct sv rest = v, word = line_next_word(&rest);
    while (word.n && (is_connector(word) || is_name_word(without_comma(word))))
        word = line_next_word(&rest);
    size_t at = (size_t)(word.p - v.p);
    if (!word.n || !at || v.p[at - 1] != ' ')
        return v;
    uint64_t kinds = packed_kinds(rules_table(rules, TABLE_LINE_WORDS), sv_from(v, at));
    return kinds & LINE_DEED ? sv_sub(v, 0, at - 1) : v;
}

/* Whether the word alone can be a name, such as a pen name or initials: "Minh", "H.L", "PV". */
static bool is_lone_name(struct sv word)
{
    return utf8_count(word) <= 12 && word.p[word.n - 1] != '.';
}

static bool is_names(struct sv v)
{
    size_t names = 1, words = 0, total = 0;
    struct sv rest = v, last = {0};
    for (struct sv w = line_next_word(&rest); w.n; w = line_next_word(&rest)) {
        if (is_connector(w)) {
            names++;
            words = 0;
            continue;
        }
        bool comma = w.p[w.n - 1] == ',';
        w = without_comma(w);
        if (!is_name_word(w) || ++words > MOST_WORDS_A_NAME || names > MOST_NAMES)
            return false;
        total++;
        last = w;
        names += comma;
        words = comma ? 0 : words;
    }
    if (!total || last.p[last.n - 1] == '.')
        return false;
    return total > 1 || is_lone_name(last);
}

static size_t count_words(struct sv v)
{
    size_t n = 0;
    while (line_next_word(&v).n)
        n++;
    return n;
}

bool people_is_source(const struct rules *rules, struct sv line)
{
    size_t n = line_words_begin(rules, LINE_SOURCE, line);
    n = n && n < line.n && line.p[n] == ' ' ? n + 1 : 0;
    if (!n || line.n > LONGEST_LINE || count_words(line) > 8)
        return false;
    unsigned step;
    uint32_t code = code_at(line, n, &step), last = (unsigned char)line.p[line.n - 1];
    return char_lower(code) != code && last != '.' && last != ':' && last != ',';
}

/* The length of the words that introduce the author at the front of v; 0: there are none. */
static size_t label_length(const struct rules *rules, struct sv v)
{
    size_t n = line_words_begin(rules, LINE_BYLINE, v);
    size_t name = n ? 0 : line_words_begin(rules, LINE_NAME, v);
    return name && name < v.n && v.p[name] == ' ' ? name + 1 : n;
}

/* Removes who the person is: "Hà Vy, phóng viên thường trú". */
static struct sv without_role(struct sv v)
{
    ptrdiff_t comma = sv_find(v, SV(", "));
    if (comma < 0)
        return v;
    unsigned n;
    uint32_t code = code_at(v, (size_t)comma + 2, &n);
    bool lower = char_kind_of(code) == CHAR_LETTER && char_lower(code) == code;
    return lower ? sv_sub(v, 0, (size_t)comma) : v;
}

bool people_has_label(const struct rules *rules, struct sv line)
{
    size_t n = label_length(rules, line);
    return n && n < line.n;
}

struct sv people_without_label(const struct rules *rules, struct sv line)
{
    struct sv rest = sv_from(line, label_length(rules, line));
    return sv_trim(rest.n && rest.p[0] == ':' ? sv_from(rest, 1) : rest);
}

bool people_is_byline(const struct rules *rules, struct sv line)
{
    struct sv v = without_note(line);
    if (!v.n || v.n > LONGEST_LINE || memchr(v.p, '\n', v.n))
        return false;
    if (people_is_source(rules, v))
        return true;
    size_t n = label_length(rules, v);
    if (n && count_words(v) <= 12 && v.p[v.n - 1] != '.' && v.p[v.n - 1] != ':')
        return n == v.n || is_names(without_role(sv_trim(sv_from(v, n + (v.p[n] == ':')))));
    return is_names(without_deed(rules, v));
}

size_t people_source_part(struct sv line)
{
    const char *slash = memchr(line.p, '/', line.n);
    return slash && slash > line.p ? (size_t)(slash - line.p) : line.n;
}

/* Whether the words before "ảnh:" make it a kind of article: "Chùm ảnh: Mùa nước nổi". */
static bool ends_with_kind_of_article(struct sv v)
{
    return sv_ends(v, SV("hùm ")) || sv_ends(v, SV("HÙM ")) || sv_ends(v, SV("hóng sự "));
}

/* Whether only a few words follow the last `want` ("Ảnh:") in v. */
static bool ends_with_credit(struct sv v, struct sv want)
{
    for (size_t at = v.n; at-- > 0;) {
        if (v.p[at] != want.p[0] || !sv_starts(sv_from(v, at), want))
            continue;
        bool apart = at == 0 || strchr(" (.-,;", v.p[at - 1]) || (unsigned char)v.p[at - 1] >= 0x80;
        return apart && !ends_with_kind_of_article(sv_sub(v, 0, at)) &&
               count_words(sv_from(v, at)) <= 9;
    }
    return false;
}

bool people_is_credit(const struct rules *rules, struct sv line)
{
    return line.n <= 120 && line_words_begin(rules, LINE_CREDIT, line);
}

bool people_is_caption(const struct rules *rules, struct sv line)
{
    enum { LONGEST_CAPTION = 900, TAIL = 120 };
    if (line.n > LONGEST_CAPTION || people_is_byline(rules, line))
        return false;
    if (line.n <= 300 && line_words_begin(rules, LINE_CREDIT, line))
        return true;
    size_t from = line.n > TAIL ? line.n - TAIL : 0;
    struct sv tail = sv_from(line, from);
    /* This quick test rules out most lines of prose. */
    if (!memchr(tail.p, ':', tail.n) && sv_find(tail, SV("Ảnh ")) < 0)
        return false;
    uint32_t next = 0;
    for (const struct row *row; (row = line_words_next(rules, LINE_CAPTION, &next));)
        if (ends_with_credit(tail, line_words_of(row)))
            return true;
    return false;
}
