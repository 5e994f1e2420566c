#include "base/utf8.h"

static unsigned sequence_length(unsigned char lead)
{
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    if (lead >= 0xF0 && lead <= 0xF4)
        return 4;
    return lead < 0x80 ? 1 : 0;
}

/* RFC 3629, section 4: the second byte's range depends on the first. */
static bool second_byte_fits(unsigned char lead, unsigned char second)
{
    unsigned char low = 0x80, high = 0xBF;
    if (lead == 0xE0)
        low = 0xA0;
    else if (lead == 0xED)
        high = 0x9F;
    else if (lead == 0xF0)
        low = 0x90;
    else if (lead == 0xF4)
        high = 0x8F;
    return second >= low && second <= high;
}

/* Returns the number of the first `want` bytes of v that form a proper beginning. */
static unsigned good_bytes(struct sv v, unsigned want)
{
    const unsigned char *p = (const unsigned char *)v.p;
    if (v.n < 2 || want < 2 || !second_byte_fits(p[0], p[1]))
        return 1;
    unsigned i = 2;
    while (i < want && i < v.n && (p[i] & 0xC0) == 0x80)
        i++;
    return i;
}

unsigned utf8_decode_slow(struct sv v, uint32_t *code)
{
    const unsigned char *p = (const unsigned char *)v.p;
    unsigned want = sequence_length(p[0]);
    if (want == 1) {
        *code = p[0];
        return 1;
    }
    if (want == 0 || good_bytes(v, want) < want) {
        *code = UTF8_REPLACEMENT;
        return 0;
    }
    if (want == 2)
        *code = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    else if (want == 3)
        *code = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    else
        *code = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
                (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    return want;
}

unsigned utf8_bad_length(struct sv v)
{
    unsigned want = sequence_length((unsigned char)v.p[0]);
    return want < 2 ? 1 : good_bytes(v, want);
}

bool utf8_is_cut_short(struct sv v)
{
    unsigned want = v.n ? sequence_length((unsigned char)v.p[0]) : 0;
    return want > v.n && good_bytes(v, want) == v.n;
}

unsigned utf8_encode(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

void buf_add_code(struct buf *b, uint32_t code)
{
    char bytes[4];
    buf_add(b, bytes, utf8_encode(code, bytes));
}

size_t utf8_count(struct sv v)
{
    size_t n = 0;
    for (size_t i = 0; i < v.n; i++)
        n += ((unsigned char)v.p[i] & 0xC0) != 0x80;
    return n;
}

size_t utf8_valid_prefix(struct sv v)
{
    size_t i = 0;
    while (i < v.n) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(v, i, v.n - i), &code);
        if (!n)
            return i;
        i += n;
    }
    return i;
}

bool utf8_has_control(struct sv v)
{
    for (size_t i = 0; i < v.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(v, i, v.n - i), &code);
        if (!n || code < 0x20 || (code >= 0x7F && code < 0xA0))
            return true;
        i += n;
    }
    return false;
}

void buf_add_valid(struct buf *b, struct sv bytes)
{
    for (size_t n; n = utf8_valid_prefix(bytes), n < bytes.n;) {
        buf_add(b, bytes.p, n);
        buf_add_code(b, UTF8_REPLACEMENT);
        n += utf8_bad_length(sv_sub(bytes, n, bytes.n - n));
        bytes = sv_sub(bytes, n, bytes.n - n);
    }
    buf_add_sv(b, bytes);
}
