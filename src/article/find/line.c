#include "article/find/line.h"

#include "base/nfc.h"
#include "base/utf8.h"

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

struct sv shape_next_word(struct sv *rest)
{
    size_t i = 0;
    while (i < rest->n && is_white(rest->p[i]))
        i++;
    size_t from = i;
    while (i < rest->n && !is_white(rest->p[i]))
        i++;
    struct sv word = sv_sub(*rest, from, i - from);
    *rest = sv_sub(*rest, i, rest->n - i);
    return word;
}

static bool is_closing(uint32_t code)
{
    return code == '"' || code == '\'' || code == ')' || code == ']' || code == '*' ||
           code == 0x201D || code == 0x2019 || code == 0xBB;
}

/* The code point that ends v, cut off it. */
static uint32_t pop_code(struct sv *v)
{
    size_t i = v->n - 1;
    while (i && ((unsigned char)v->p[i] & 0xC0) == 0x80)
        i--;
    uint32_t code;
    utf8_decode(sv_sub(*v, i, v->n - i), &code);
    v->n = i;
    return code;
}

static enum unit_end end_of(struct sv v)
{
    bool closed = false;
    while (v.n) {
        uint32_t code = pop_code(&v);
        if (code == ' ' || is_closing(code)) {
            closed = closed || code != ' ';
            continue;
        }
        if (code == '.' || code == 0x2026 || code == 0x3002)
            return END_SENTENCE;
        if (code == '?' || code == '!')
            return END_QUESTION;
        if ((code == ':' || code == ';' || code == ',') && !closed)
            return END_OPEN;
        break;
    }
    return END_NONE;
}

static bool is_dash_or_bullet(uint32_t code)
{
    return code == '-' || code == '+' || code == '*' || code == 0x2022 || code == 0x25CF ||
           code == 0x25AA || code == 0x25A0 || code == 0x25E6 || code == 0xB7 || code == 0x2B50;
}

/* The length of "12.", "3)", "(4)", "b)", "đ)" at the front; 0: none. */
static size_t numbering(struct sv v)
{
    size_t i = 0, signs = 0;
    bool bracket = v.n && v.p[0] == '(', digit = false;
    i += bracket;
    while (i < v.n && signs < 3) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(v, i, v.n - i), &code);
        bool is_digit = code >= '0' && code <= '9';
        bool is_small = char_kind_of(code) == CHAR_LETTER && char_upper(code) != code;
        if (!is_digit && !(is_small && signs == 0))
            break;
        digit = digit || is_digit;
        i += n;
        signs++;
        if (is_small)
            break;
    }
    if (!signs || i >= v.n || (digit && signs > 2))
        return 0;
    if (v.p[i] == ')' || (v.p[i] == '.' && digit && !bracket))
        return i + 1;
    return 0;
}

static void find_marker(struct unit *u, struct sv v)
{
    uint32_t code;
    size_t n = utf8_decode(v, &code);
    if (!is_dash_or_bullet(code)) {
        n = numbering(v);
        u->numbered = n != 0;
    }
    if (n && n < v.n && v.p[n] == ' ')
        u->marker = (uint16_t)(n + 1);
    else
        u->numbered = false;
}

/* What a word adds to its line. */
struct word_look {
    bool small, content;
    uint32_t letters;
};

static void look_at_word(struct unit *u, struct sv word, struct word_look *look)
{
    bool first = true;
    look->content = false;
    for (size_t i = 0; i < word.n;) {
        uint32_t code;
        i += utf8_decode_valid(word.p + i, &code);
        u->chars++;
        bool ascii_letter = (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
        enum char_kind kind = ascii_letter ? CHAR_LETTER : char_kind_of(code);
        if (kind != CHAR_LETTER && kind != CHAR_DIGIT)
            continue;
        look->content = true;
        if (kind == CHAR_DIGIT) {
            u->digits += u->digits < UINT16_MAX;
        } else {
            look->letters++;
            if (first)
                u->capitals += char_is_capital(code);
            if (!look->small)
                look->small = char_is_small(code);
        }
        first = false;
    }
    u->words += look->content;
    u->has_letter = u->has_letter || look->content;
}

static void measure(struct unit *u, struct sv text)
{
    struct sv v = sv_at(text, u->text), rest = v;
    bool blank = u->blank_before;
    struct word_look look = {0};
    uint32_t code;
    *u = (struct unit){.text = u->text, .blank_before = blank};
    for (struct sv word = shape_next_word(&rest); word.n; word = shape_next_word(&rest)) {
        u->chars += u->chars > 0;
        look_at_word(u, word, &look);
    }
    utf8_decode(v, &code);
    u->starts_small = char_kind_of(code) == CHAR_LETTER && char_upper(code) != code;
    u->all_capitals = look.letters >= 2 && !look.small;
    u->end = (uint8_t)end_of(v);
    find_marker(u, v);
}

static void split_lines(unit_vec *units, struct sv text)
{
    struct sv rest = text;
    bool blank = false;
    while (rest.p) {
        struct sv line = sv_trim(sv_cut(&rest, '\n'));
        if (!line.n) {
            blank = true;
            continue;
        }
        struct unit u = {.text = {(uint32_t)(line.p - text.p), (uint32_t)line.n},
                         .blank_before = blank};
        measure(&u, text);
        *vec_push(units) = u;
        blank = false;
    }
}

/* A line that may have been broken in mid sentence: the next one follows at once. */
static bool may_be_broken(const unit_vec *lines, size_t i)
{
    const struct unit *u = &lines->at[i], *next = u + 1;
    return i + 1 < lines->n && !next->blank_before && u->chars >= 40 && u->end != END_SENTENCE &&
           u->end != END_QUESTION && !next->marker;
}

/* The width at which the text was wrapped; 0: it was not. Broken lines are nearly as long as each
 * other, hardly a line is much longer, and many lines begin with a small letter. */
static uint32_t wrap_width(const unit_vec *lines)
{
    enum { WIDEST = 160 };
    size_t lengths[WIDEST + 1] = {0}, broken = 0, small = 0, longer = 0, seen = 0;
    for (size_t i = 0; i < lines->n; i++) {
        longer += lines->at[i].chars > WIDEST;
        if (!may_be_broken(lines, i) || lines->at[i].chars > WIDEST)
            continue;
        lengths[lines->at[i].chars]++;
        broken++;
        small += lines->at[i + 1].starts_small;
    }
    uint32_t width = WIDEST;
    while (width && (seen += lengths[width]) * 10 < broken)
        width--;
    if (broken < 2 || small * 10 < broken * 3)
        return 0;
    size_t near = 0, wide = 0, full = 0;
    for (uint32_t n = width * 8 / 10; n <= WIDEST; n++)
        near += n <= width * 12 / 10 ? lengths[n] : 0;
    for (size_t i = 0; i < lines->n; i++) {
        wide += lines->at[i].chars > width * 13 / 10;
        full += lines->at[i].chars >= 40;
    }
    return near * 10 >= broken * 7 && wide * 10 <= full && longer * 20 <= full ? width : 0;
}

static uint32_t first_word_chars(const struct unit *u, struct sv text)
{
    struct sv rest = sv_at(text, u->text);
    return (uint32_t)utf8_count(shape_next_word(&rest));
}

/* Whether line b goes on where line a (the last line of what was joined so far) was broken. */
static bool goes_on(const struct unit *a, const struct unit *b, uint32_t width, struct sv text)
{
    if (b->blank_before || b->marker || (a->all_capitals && !b->all_capitals))
        return false;
    if (b->starts_small && a->chars >= 60 && a->end == END_NONE)
        return true;
    return width && a->chars + 1 + first_word_chars(b, text) > width * 88 / 100;
}

void shape_units(unit_vec *units, struct sv text)
{
    unit_vec lines = {0};
    split_lines(&lines, text);
    uint32_t width = wrap_width(&lines);
    for (size_t i = 0; i < lines.n;) {
        struct unit u = lines.at[i];
        size_t first = i++;
        while (i < lines.n && goes_on(&lines.at[i - 1], &lines.at[i], width, text))
            i++;
        if (i > first + 1) {
            const struct unit *last = &lines.at[i - 1];
            u.text.len = last->text.off + last->text.len - u.text.off;
            measure(&u, text);
        }
        *vec_push(units) = u;
    }
    vec_free(&lines);
}

void shape_measure(struct unit *u, struct sv text)
{
    measure(u, text);
}

bool shape_is_prose(const struct unit *u)
{
    bool ends = u->end == END_SENTENCE || u->end == END_QUESTION || u->end == END_OPEN;
    return (u->chars >= 60 && u->words >= 9 && ends) || (u->chars >= 130 && u->words >= 22);
}

bool shape_is_headline(const struct unit *u)
{
    return u->words >= 4 && u->chars >= 18 && u->chars <= 250 && u->end != END_SENTENCE &&
           u->end != END_OPEN && !u->starts_small;
}
