#include "cli/json_writer.h"

#include "base/buf.h"
#include "base/message.h"
#include "base/utf8.h"

void json_add_name(struct json_writer *w, struct sv with_comma)
{
    struct sv name = with_comma;
    if (!w->needs_comma)
        name = sv_sub(name, 1, name.n - 1);
    out_bytes(w->out, name.p, name.n);
    w->needs_comma = false;
}

static void begin_value(struct json_writer *w)
{
    if (w->needs_comma)
        out_bytes(w->out, ",", 1);
    w->needs_comma = true;
}

void json_open(struct json_writer *w, char bracket)
{
    begin_value(w);
    out_bytes(w->out, &bracket, 1);
    w->needs_comma = false;
}

void json_close(struct json_writer *w, char bracket)
{
    out_bytes(w->out, &bracket, 1);
    w->needs_comma = true;
}

/* RFC 8259, section 7: quotation mark, reverse solidus and U+0000 to U+001F. */
static bool is_escaped(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\';
}

/* Whether a character that a terminal obeys may begin with this byte: DEL, C1, the controls of the
 * direction of a text and the separators. */
static bool may_be_obeyed(unsigned char c)
{
    return c == 0x7F || c == 0xC2 || c == 0xD8 || c == 0xE2;
}

/* The length of the character at the front, 0 if it is written as an escape. */
static size_t plain_length(struct sv text)
{
    unsigned char c = (unsigned char)text.p[0];
    uint32_t code;
    if (is_escaped(c))
        return 0;
    unsigned n = may_be_obeyed(c) ? utf8_decode(text, &code) : 0;
    return !n ? 1 : char_is_obeyed(code) ? 0 : n;
}

/* 128 in the bytes of the word that are `c`, and perhaps in bytes above one of these. */
static uint64_t bytes_that_are(uint64_t word, unsigned char c)
{
    static const uint64_t ones = 0x0101010101010101u;
    uint64_t differs = word ^ ones * c;
    return (differs - ones) & ~differs;
}

/* The length of a prefix, a multiple of eight, in which nothing has to be looked at. */
static size_t quick_prefix(struct sv text)
{
    static const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    size_t n = 0;
    for (uint64_t word; n + sizeof word <= text.n; n += sizeof word) {
        memcpy(&word, text.p + n, sizeof word);
        uint64_t hits = ((word - ones * 0x20) & ~word) | bytes_that_are(word, '"') |
                        bytes_that_are(word, '\\') | bytes_that_are(word, 0x7F) |
                        bytes_that_are(word, 0xC2) | bytes_that_are(word, 0xD8) |
                        bytes_that_are(word, 0xE2);
        if (hits & tops)
            break;
    }
    return n;
}

/* The length of the longest prefix in which nothing is escaped. */
static size_t plain_prefix(struct sv text)
{
    for (size_t n = 0;;) {
        n += quick_prefix(sv_sub(text, n, text.n - n));
        size_t end = n + 8 < text.n ? n + 8 : text.n;
        if (n == text.n)
            return n;
        for (size_t length; n < end; n += length) {
            length = plain_length(sv_sub(text, n, text.n - n));
            if (!length)
                return n;
        }
    }
}

static void put_short_escape(struct out *out, char c)
{
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    const char escape[] = {'\\', to[strchr(from, c) - from]};
    out_bytes(out, escape, sizeof escape);
}

/* Returns the length of the character at the front, whose escape it writes. */
static size_t put_escape(struct out *out, struct sv text)
{
    struct buf escape = BUF_INIT;
    uint32_t code;
    size_t n = utf8_decode(text, &code);
    if (text.p[0] && strchr("\"\\\b\f\n\r\t", text.p[0])) {
        put_short_escape(out, text.p[0]);
        return 1;
    }
    buf_add_json_escape(&escape, code);
    out_bytes(out, escape.p, escape.n);
    buf_free(&escape);
    return n;
}

void json_string(struct json_writer *w, struct sv text)
{
    if (!text.p) {
        json_literal(w, SV("null"));
        return;
    }
    begin_value(w);
    out_bytes(w->out, "\"", 1);
    while (text.n) {
        size_t n = plain_prefix(text);
        out_bytes(w->out, text.p, n);
        if (n < text.n)
            n += put_escape(w->out, sv_sub(text, n, text.n - n));
        text = sv_sub(text, n, text.n - n);
    }
    out_bytes(w->out, "\"", 1);
}

void json_number(struct json_writer *w, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    json_literal(w, (struct sv){digits + at, sizeof digits - at});
}

void json_literal(struct json_writer *w, struct sv number)
{
    begin_value(w);
    out_bytes(w->out, number.p, number.n);
}
