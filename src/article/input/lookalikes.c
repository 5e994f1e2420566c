#include "article/input/lookalikes.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/ascii.h"
#include "base/nfc.h"
#include "base/utf8.h"

/* One lookalike of two bytes, with the text around it. */
struct place {
    const char *text;
    size_t n, at;
};

static uint32_t code_after(const struct place *p)
{
    uint32_t code = ' ';
    if (p->at + 2 < p->n)
        utf8_decode_valid(p->text + p->at + 2, &code);
    return code;
}

/* The code point that ends before offset `at`; a space at the start of the text. */
static uint32_t code_ending_at(const char *text, size_t at)
{
    uint32_t code = ' ';
    size_t from = at;
    while (from && ((unsigned char)text[--from] & 0xC0) == 0x80)
        continue;
    if (at)
        utf8_decode_valid(text + from, &code);
    return code;
}

static uint32_t code_before(const struct place *p)
{
    return code_ending_at(p->text, p->at);
}

static bool is_letter(uint32_t code)
{
    return code < 0x80 ? (code | 0x20) >= 'a' && (code | 0x20) <= 'z'
                       : char_kind_of(code) == CHAR_LETTER;
}

/* Whether a letter can follow đ: a vowel of Vietnamese, or of ASCII. */
static bool is_vowel(uint32_t code)
{
    uint32_t base = nfc_base(code);
    return base == 'a' || base == 'e' || base == 'i' || base == 'o' || base == 'u' || base == 'y';
}

/* A small ð is meant as đ before a vowel where a word begins (ðồng, but not Sigurðar or /ðen/), and
 * alone after a number (5.000ð). */
static bool is_small_d(const struct place *p)
{
    uint32_t before = code_before(p), after = code_after(p);
    if (is_letter(before))
        return false;
    if (!is_letter(after))
        return code_is_digit(before);
    bool sounds = (before == '/' || before == '[') &&
                  !is_letter(code_ending_at(p->text, p->at - 1)) &&
                  !code_is_digit(code_ending_at(p->text, p->at - 1));
    return is_vowel(after) && !sounds;
}

/* A capital is meant as Đ before a vowel where a word begins (Ðảng), and beside another capital or
 * no letter at all (HÐND, QÐ-UBND, VNÐ). */
static bool is_capital_d(const struct place *p)
{
    uint32_t before = code_before(p), after = code_after(p);
    if (is_letter(before))
        return char_is_capital(before);
    return !is_letter(after) || char_is_capital(after) || is_vowel(after);
}

/* 30ºC, 30 º C, 17º: after a number. 1º andar is an ordinal: a space and a small letter follow. */
static bool is_degree(const struct place *p)
{
    uint32_t before = code_before(p), after = code_after(p);
    if (before == ' ' && p->at)
        before = code_ending_at(p->text, p->at - 1);
    return code_is_digit(before) && (!is_letter(after) || char_is_capital(after));
}

/* 5 μg, 10μm: the Greek letter before a Latin one is the sign of a millionth. */
static bool is_micro(const struct place *p)
{
    uint32_t after = code_after(p) | 0x20;
    return after >= 'a' && after <= 'z' && !is_letter(code_before(p));
}

/* The second byte of the letter that the two bytes at `p` are meant for, which has `*first`; 0:
 * they are what they seem. */
static unsigned char meant(const struct place *p, unsigned char *first)
{
    unsigned char lead = (unsigned char)p->text[p->at];
    unsigned char second = (unsigned char)p->text[p->at + 1];
    *first = 0xC4; /* Đ is C4 90, đ is C4 91 */
    if ((lead == 0xC3 && second == 0x90) || (lead == 0xC6 && second == 0x89))
        return is_capital_d(p) ? 0x90 : 0;
    if (lead == 0xC3 && second == 0xB0)
        return is_small_d(p) ? 0x91 : 0;
    *first = 0xC2; /* the degree sign is C2 B0 */
    if ((lead == 0xC2 && second == 0xBA) || (lead == 0xCB && second == 0x9A))
        return is_degree(p) ? 0xB0 : 0;
    if (lead == 0xCE && second == 0xBC) /* the micro sign is C2 B5 */
        return is_micro(p) ? 0xB5 : 0;
    return 0;
}

/* Whether a lookalike is among the bytes; written so that compilers compare many at once. */
static bool may_have_one(const uint8_t *p, size_t n)
{
    uint8_t found = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        uint8_t c3 = p[i] == 0xC3, c6 = p[i] == 0xC6, c2 = p[i] == 0xC2, cb = p[i] == 0xCB;
        uint8_t mu = (uint8_t)((p[i] == 0xCE) & (p[i + 1] == 0xBC));
        uint8_t d = (uint8_t)((p[i + 1] == 0x90) | (p[i + 1] == 0xB0));
        found |= (uint8_t)((c3 & d) | (c6 & (p[i + 1] == 0x89)) | (c2 & (p[i + 1] == 0xBA)) |
                           (cb & (p[i + 1] == 0x9A)) | mu);
    }
    return found;
}

static void mend_stretch(char *text, size_t n, size_t from, size_t to)
{
    for (size_t i = from; i < to && i + 1 < n; i++) {
        struct place place = {text, n, i};
        unsigned char first, second = meant(&place, &first);
        if (second) {
            text[i] = (char)first;
            text[i + 1] = (char)second;
        }
    }
}

static void mend_letters(char *text, size_t n)
{
    enum { STRETCH = 4096 };
    for (size_t from = 0; from < n; from += STRETCH) {
        size_t to = n - from < STRETCH ? n : from + STRETCH;
        size_t bytes = to - from + (to < n);
        if (may_have_one((const uint8_t *)text + from, bytes))
            mend_stretch(text, n, from, to);
    }
}

/* U+2012 between digits is the dash of a range (U+2013), U+2015 the long dash (U+2014). The last
 * byte that is meant; 0: it is another character. */
static unsigned char meant_dash(struct sv text, size_t at)
{
    uint32_t code, after = ' ';
    unsigned n = utf8_decode_valid(text.p + at, &code);
    if (code == 0x2015)
        return 0x94;
    if (code != 0x2012 || !code_is_digit(code_ending_at(text.p, at)))
        return 0;
    if (at + n < text.n)
        utf8_decode_valid(text.p + at + n, &after);
    return code_is_digit(after) ? 0x93 : 0;
}

static void mend_dashes(char *text, size_t n)
{
    enum { FIRST_BYTE = 0xE2 };
    for (size_t i = 0; i < n; i++) {
        const char *found = memchr(text + i, FIRST_BYTE, n - i);
        if (!found)
            return;
        i = (size_t)(found - text);
        unsigned char last = meant_dash((struct sv){text, n}, i);
        if (last)
            text[i + 2] = (char)last;
    }
}

void lookalikes_mend(char *text, size_t n)
{
    if (!n)
        return;
    mend_letters(text, n);
    mend_dashes(text, n);
}

uint32_t latin_lookalike(uint32_t code)
{
    static const struct {
        uint16_t code;
        char latin;
    } pairs[] = {{0x391, 'A'}, {0x392, 'B'}, {0x395, 'E'}, {0x396, 'Z'}, {0x397, 'H'}, {0x399, 'I'},
                 {0x39A, 'K'}, {0x39C, 'M'}, {0x39D, 'N'}, {0x39F, 'O'}, {0x3A1, 'P'}, {0x3A4, 'T'},
                 {0x3A5, 'Y'}, {0x3A7, 'X'}, {0x3BF, 'o'}, {0x405, 'S'}, {0x406, 'I'}, {0x408, 'J'},
                 {0x410, 'A'}, {0x412, 'B'}, {0x415, 'E'}, {0x41A, 'K'}, {0x41C, 'M'}, {0x41D, 'H'},
                 {0x41E, 'O'}, {0x420, 'P'}, {0x421, 'C'}, {0x422, 'T'}, {0x423, 'Y'}, {0x425, 'X'},
                 {0x430, 'a'}, {0x435, 'e'}, {0x43E, 'o'}, {0x440, 'p'}, {0x441, 'c'}, {0x443, 'y'},
                 {0x445, 'x'}, {0x455, 's'}, {0x456, 'i'}, {0x458, 'j'}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i].code == code)
            return (unsigned char)pairs[i].latin;
    return 0;
}
