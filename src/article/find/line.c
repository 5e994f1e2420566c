#include "article/find/line.h"

#include <ctype.h>

#include "base/ascii.h"
#include "base/nfc.h"
#include "base/utf8.h"

struct sv line_next_word(struct sv *rest)
{
    size_t i = 0;
    while (i < rest->n && ascii_is_space(rest->p[i]))
        i++;
    size_t from = i;
    while (i < rest->n && !ascii_is_space(rest->p[i]))
        i++;
    struct sv word = sv_sub(*rest, from, i - from);
    *rest = sv_from(*rest, i);
    return word;
}

/* Whether the code point is one of the list, which ends with 0. */
static bool is_listed(uint32_t code, const uint32_t *list)
{
    while (*list && *list != code)
        list++;
    return *list;
}

/* Cuts the last code point off v and returns it. v is not empty. */
static uint32_t pop_code(struct sv *v)
{
    size_t i = v->n - 1;
    while (i && ((unsigned char)v->p[i] & 0xC0) == 0x80)
        i--;
    uint32_t code;
    utf8_decode(sv_from(*v, i), &code);
    v->n = i;
    return code;
}

static enum line_end end_of_code(uint32_t code)
{
    static const uint32_t sentence[] = {'.', 0x2026, 0x3002, 0};
    static const uint32_t question[] = {'?', '!', 0xFF01, 0xFF1F, 0};
    static const uint32_t open[] = {':', ';', ',', 0};
    if (is_listed(code, sentence))
        return END_SENTENCE;
    if (is_listed(code, question))
        return END_QUESTION;
    return is_listed(code, open) ? END_OPEN : END_NONE;
}

/* By the last code point that is not a space, a quotation mark or a bracket. A colon or comma
 * inside quotes leaves nothing open. */
static enum line_end end_of(struct sv v)
{
    static const uint32_t closing[] = {'"',    '\'', ')',    ']',    '*', 0x201D,
                                       0x2019, 0xBB, 0x300D, 0x300F, 0};
    bool closed = false;
    while (v.n) {
        uint32_t code = pop_code(&v);
        if (is_listed(code, closing)) {
            closed = true;
        } else if (code != ' ') {
            enum line_end end = end_of_code(code);
            return end == END_OPEN && closed ? END_NONE : end;
        }
    }
    return END_NONE;
}

static bool is_bullet(uint32_t code)
{
    static const uint32_t bullets[] = {'-',    '+',    '*',  0x2022, 0x25CF, 0x25AA,
                                       0x25A0, 0x25E6, 0xB7, 0x2B50, 0};
    return is_listed(code, bullets);
}

/* Whether the code point is a small letter that has a capital. */
static bool is_small_letter(uint32_t code)
{
    return char_kind_of(code) == CHAR_LETTER && char_upper(code) != code;
}

/* The length of "12.", "3)", "(4)", "b)" or "đ)" at the start of v; 0 if there is none. */
static size_t numbering(struct sv v)
{
    enum { MOST_DIGITS = 2 };
    bool bracket = v.n && v.p[0] == '(';
    size_t at = bracket, digits = 0;
    while (at + digits < v.n && isdigit((unsigned char)v.p[at + digits]))
        digits++;
    at += digits;
    if (!digits && at < v.n) {
        uint32_t code;
        unsigned n = utf8_decode(sv_from(v, at), &code);
        if (!is_small_letter(code))
            return 0;
        at += n;
    }
    if (at >= v.n || digits > MOST_DIGITS)
        return 0;
    bool ends = v.p[at] == ')' || (v.p[at] == '.' && digits && !bracket);
    return ends ? at + 1 : 0;
}

static void find_marker(struct line *l, struct sv v)
{
    uint32_t code;
    size_t n = utf8_decode(v, &code);
    if (!is_bullet(code)) {
        n = numbering(v);
        l->numbered = n != 0;
    }
    if (n && n < v.n && v.p[n] == ' ')
        l->marker = (uint16_t)(n + 1);
    else
        l->numbered = false;
}

/* Whether the code point is a character of Chinese or Japanese, which are written without spaces
 * between words. */
static bool is_written_without_spaces(uint32_t code)
{
    return (code >= 0x3041 && code <= 0x30FF) || (code >= 0x3400 && code <= 0x9FFF);
}

/* What a line has so far. */
struct line_count {
    uint32_t chars, words, digits, letters;
    uint32_t spaces, widest; /* white space in a row: right before, and the most so far */
    bool small;              /* a small letter */
    bool content, alone; /* in the word that is counted: a letter or digit; one that is a word */
};

static inline void count_character(struct line_count *c, uint32_t code)
{
    c->chars++;
    switch (char_kind_of(code)) {
    case CHAR_DIGIT:
        c->digits++;
        break;
    case CHAR_LETTER:
        c->letters++;
        c->small = c->small || char_is_small(code);
        if (is_written_without_spaces(code)) {
            c->alone = true;
            c->words++;
        }
        break;
    default:
        return;
    }
    c->content = true;
}

/* The length of a Latin letter beyond ASCII at the front of valid UTF-8, for the most common ones;
 * 0: it is another character. */
static inline unsigned latin_letter_length(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    if (p[0] == 0xE1)
        return p[1] >= 0xB8 && p[1] <= 0xBB ? 3 : 0;            /* U+1E00 to U+1EFF */
    bool sign = p[0] == 0xC3 && (p[1] == 0x97 || p[1] == 0xB7); /* × ÷ */
    return p[0] >= 0xC3 && p[0] <= 0xC6 && !sign ? 2 : 0;       /* U+00C0 to U+01BF */
}

/* Counts the small letters of ASCII at the front of v, and letters beyond it among them; gives
 * their bytes. A quick way for most characters. */
static inline size_t count_common_letters(struct line_count *c, struct sv v)
{
    size_t at = 0;
    uint32_t chars = 0;
    while (at < v.n) {
        bool small = v.p[at] >= 'a' && v.p[at] <= 'z';
        unsigned bytes = small ? 1 : c->small ? latin_letter_length(v.p + at) : 0;
        if (!bytes)
            break;
        c->small = true;
        at += bytes;
        chars++;
    }
    c->chars += chars;
    c->letters += chars;
    c->content = c->content || chars;
    return at;
}

static inline void end_counted_word(struct line_count *c)
{
    c->words += c->content && !c->alone;
    c->content = c->alone = false;
}

/* Counts characters, letters, digits and words; white space between two words is a character. */
static struct line_count count_line(struct sv v)
{
    struct line_count c = {0};
    for (size_t at = 0; at < v.n;) {
        if (ascii_is_space(v.p[at])) {
            end_counted_word(&c);
            c.spaces++;
            at++;
            continue;
        }
        uint32_t code;
        c.chars += c.spaces && c.chars;
        c.widest = c.spaces > c.widest ? c.spaces : c.widest;
        c.spaces = 0;
        size_t common = count_common_letters(&c, sv_from(v, at));
        at += common;
        if (common)
            continue;
        at += utf8_decode_valid(v.p + at, &code);
        count_character(&c, code);
    }
    end_counted_word(&c);
    return c;
}

void line_measure(struct line *l, struct sv text)
{
    struct sv v = sv_at(text, l->text);
    struct line_count count = count_line(v);
    uint32_t code;
    l->chars = count.chars;
    l->words = count.words;
    l->digits = count.digits < UINT16_MAX ? (uint16_t)count.digits : UINT16_MAX;
    l->gap = count.widest < UINT16_MAX ? (uint16_t)count.widest : UINT16_MAX;
    l->marker = 0;
    l->numbered = false;
    l->has_content = count.letters || count.digits;
    utf8_decode(v, &code);
    l->starts_small = is_small_letter(code);
    l->all_capitals = count.letters >= 2 && !count.small;
    l->end = (uint8_t)end_of(v);
    find_marker(l, v);
}

bool line_reads_as_prose(const struct line *l)
{
    enum { SENTENCE_CHARS = 60, SENTENCE_WORDS = 9, LONG_CHARS = 130, LONG_WORDS = 22 };
    if (l->chars < l->words * 2) /* Chinese or Japanese: a word is a character */
        return l->words >= LONG_WORDS;
    return (l->chars >= SENTENCE_CHARS && l->words >= SENTENCE_WORDS && l->end != END_NONE) ||
           (l->chars >= LONG_CHARS && l->words >= LONG_WORDS);
}

bool line_reads_as_headline(const struct line *l)
{
    return l->words >= 4 && l->chars >= 18 && l->chars <= 250 && l->end != END_SENTENCE &&
           l->end != END_OPEN && !l->starts_small;
}

bool line_reads_as_heading(const struct line *l)
{
    enum { LONGEST = 170, LONGEST_QUESTION = 90 };
    uint32_t longest = l->end == END_QUESTION ? LONGEST_QUESTION : LONGEST;
    return l->chars <= longest && l->end != END_SENTENCE && l->end != END_OPEN &&
           !l->starts_small && (!l->marker || l->numbered);
}

void line_add_lower(struct buf *out, struct sv v)
{
    buf_reserve(out, v.n);
    for (size_t i = 0; i < v.n;) {
        uint32_t code;
        if ((unsigned char)v.p[i] < 0x80) {
            buf_putc(out, ascii_lower(v.p[i++]));
            continue;
        }
        unsigned n = utf8_decode(sv_from(v, i), &code);
        uint32_t lower = char_lower(code);
        if (n && lower == code)
            buf_add(out, v.p + i, n);
        else
            buf_add_code(out, lower);
        i += n ? n : 1;
    }
}
