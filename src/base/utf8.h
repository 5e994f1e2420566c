/*
 * UTF-8 (RFC 3629): one code point at a time.
 *
 * Invariants: no function reads beyond its view; nothing that is not valid UTF-8 is ever appended.
 */
#ifndef DOCBAO_BASE_UTF8_H
#define DOCBAO_BASE_UTF8_H

#include "base/buf.h"

enum { UTF8_REPLACEMENT = 0xFFFD };

/* Decodes the code point at the front of v (v.n >= 1) and gives its length in bytes, 1 to 4.
 * On bytes that are not UTF-8 (overlong, surrogate, cut short, past U+10FFFF) gives 0, and *code
 * is UTF8_REPLACEMENT. */
unsigned utf8_decode_slow(struct sv v, uint32_t *code);

/* The same, and quick for ASCII. */
static inline unsigned utf8_decode(struct sv v, uint32_t *code)
{
    unsigned char c = (unsigned char)v.p[0];
    if (c < 0x80) {
        *code = c;
        return 1;
    }
    return utf8_decode_slow(v, code);
}

/* The same for text that is known to be valid UTF-8, such as an article's: no checks, at most the
 * bytes of the sequence are read. */
static inline unsigned utf8_decode_valid(const char *text, uint32_t *code)
{
    const unsigned char *p = (const unsigned char *)text;
    if (p[0] < 0x80) {
        *code = p[0];
        return 1;
    }
    if (p[0] < 0xE0) {
        *code = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
        return 2;
    }
    if (p[0] < 0xF0) {
        *code = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        return 3;
    }
    *code = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
            (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    return 4;
}

/* Returns the length of a bad sequence at the front of v in bytes: the longest prefix that could
 * have begun a valid sequence, at least 1 (the practice of the Unicode Standard, section 3.9). */
unsigned utf8_bad_length(struct sv v);

/* Whether v holds only the beginning of a character, whose other bytes may still come. */
bool utf8_is_cut_short(struct sv v);

/* Writes a code point (a valid scalar value) to out, gives its length, 1 to 4. */
unsigned utf8_encode(uint32_t code, char out[4]);

/* Appends a code point, a valid scalar value, as UTF-8. */
void buf_add_code(struct buf *b, uint32_t code);

/* Appends the bytes as valid UTF-8: U+FFFD replaces each bad sequence. */
void buf_add_valid(struct buf *b, struct sv bytes);

/* The number of code points in valid UTF-8. */
size_t utf8_count(struct sv v);

/* The offset of the first byte that is not UTF-8; v.n if all of v is valid. */
size_t utf8_valid_prefix(struct sv v);

/* The longest beginning of at most so many bytes that cuts no character of UTF-8. Inline, for
 * modules, which find no function of base/utf8.c. */
static inline struct sv utf8_shortened(struct sv v, size_t most)
{
    if (v.n <= most)
        return v;
    while (most && ((unsigned char)v.p[most] & 0xC0) == 0x80)
        most--;
    return (struct sv){v.p, most};
}

/* Whether v holds a control character (C0, DEL or C1), or bytes that are not UTF-8. */
bool utf8_has_control(struct sv v);

#endif
