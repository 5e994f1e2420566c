/*
 * Unicode normalization form C and character properties, by utf8proc.
 *
 * Invariants: text that is appended is valid UTF-8 if the text that is given is. Nothing depends
 * on the locale.
 */
#ifndef DOCBAO_BASE_NFC_H
#define DOCBAO_BASE_NFC_H

#include "base/buf.h"

/* Whether the code point can be changed by, or take part in, composition: combining marks, and
 * what NFC maps elsewhere. Text without such code points is NFC already (the quick check). */
bool nfc_needs_work(uint32_t code);

/* Whether the code point is a combining mark (a non-starter). */
bool nfc_is_mark(uint32_t code);

/* Whether the code point may combine, or change places, with what precedes it. Text may be cut
 * before one that does not: the NFC of the parts is then that of the whole. */
bool nfc_joins(uint32_t code);

/* The length of the character at the front of UTF-8, if it is one of the letters of Vietnamese or
 * the usual quotation marks, dashes and "…": none of them can change by composition, and none is
 * white space or a format character. 0: it is another, or not UTF-8; `n` >= 1. */
static inline unsigned nfc_known_length(const unsigned char *p, size_t n)
{
    if (n > 1 && p[0] >= 0xC3 && p[0] <= 0xCB && (p[1] & 0xC0) == 0x80)
        return 2;
    if (n > 2 && p[0] == 0xE1 && p[1] >= 0xB8 && p[1] <= 0xBB && (p[2] & 0xC0) == 0x80)
        return 3;
    return n > 2 && p[0] == 0xE2 && p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0xA6 ? 3 : 0;
}

/* Appends the NFC form of valid UTF-8 to `out`. */
void nfc_append(struct buf *out, struct sv text);

/* Appends the NFC form of `n` code points to `out`, in time linear in n, also for a long run of
 * marks. */
void nfc_append_codes(struct buf *out, const uint32_t *codes, size_t n);

enum { COMPATIBLE_CODES = 8 }; /* no character stands for more code points */

/* What a character stands for that is one only for old character sets: full-width letters, digits
 * and signs of arithmetic (１, ％; Chinese has the marks), Roman numerals (Ⅲ), squared units (㎡,
 * ㎏), ligatures (ﬁ). Returns the number of code points; 0: it is none of these. */
unsigned nfc_compatible(uint32_t code, uint32_t codes[COMPATIBLE_CODES]);

enum char_kind {
    CHAR_SPACE, /* white space, line ends, controls, format characters */
    CHAR_LETTER,
    CHAR_DIGIT, /* decimal digits of any script, and other numbers (superscripts, fractions) */
    CHAR_MARK,
    CHAR_PUNCT,  /* Unicode category P */
    CHAR_SYMBOL, /* Unicode category S */
    CHAR_OTHER,  /* unassigned, private use */
};

/* For char_kind_of only: the kinds of ASCII, and the kind of any code point by the library's
 * tables. */
extern const uint8_t char_kinds_of_ascii[128];
enum char_kind char_kind_of_slow(uint32_t code);

/* The kind of a code point; CHAR_OTHER if Unicode has none for it. */
static inline enum char_kind char_kind_of(uint32_t code)
{
    if (code < 0x80)
        return (enum char_kind)char_kinds_of_ascii[code];
    /* The letters of Latin Extended Additional, Latin-1, Extended-A and -B. */
    if ((code >= 0x1E00 && code <= 0x1EFF) ||
        (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7))
        return CHAR_LETTER;
    return char_kind_of_slow(code);
}

/* For char_space_at only: the same for characters beyond ASCII. */
unsigned char_space_at_slow(struct sv v);

/* The length of the white space character at the front of v (v.n >= 1); 0: there is none. */
static inline unsigned char_space_at(struct sv v)
{
    unsigned char c = (unsigned char)v.p[0];
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    /* Unicode has white space and format characters only here: U+0080 to U+00BF, U+1680, U+180E,
     * U+2000 to U+207F, U+3000. */
    if (c != 0xC2 && (c < 0xE1 || c > 0xE3))
        return 0;
    unsigned char second = v.n > 1 ? (unsigned char)v.p[1] : 0;
    if (c == 0xE1 && second != 0x9A && second != 0xA0)
        return 0; /* most letters of Vietnamese with two marks */
    return char_space_at_slow(v);
}

/* Whether the code point is a format character (Cf): neither seen nor heard. */
bool char_is_format(uint32_t code);

/* The first code point of the full decomposition, in lower case: ü gives u. */
uint32_t nfc_base(uint32_t code);

/* Simple case mapping, one code point to one. */
uint32_t char_lower(uint32_t code);
uint32_t char_upper(uint32_t code);

/* Whether the letter is a small one that has a capital, or the other way round. */
static inline bool char_is_small(uint32_t code)
{
    return code < 0x80 ? code >= 'a' && code <= 'z' : char_upper(code) != code;
}

static inline bool char_is_capital(uint32_t code)
{
    return code < 0x80 ? code >= 'A' && code <= 'Z' : char_lower(code) != code;
}

#endif
