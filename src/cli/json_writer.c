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
        out_byte(w->out, ',');
    w->needs_comma = true;
}

void json_open(struct json_writer *w, char bracket)
{
    begin_value(w);
    out_byte(w->out, bracket);
    w->needs_comma = false;
}

void json_close(struct json_writer *w, char bracket)
{
    out_byte(w->out, bracket);
    w->needs_comma = true;
}

/* The handling of a character, by its first byte. */
enum step {
    COPY,   /* nothing */
    ESCAPE, /* RFC 8259, section 7: quotation mark, reverse solidus, U+0000 to U+001F; and DEL */
    LOOK,   /* it may be one that a terminal obeys: C1, a control of direction, a separator */
};

#define EIGHT_ESCAPES ESCAPE, ESCAPE, ESCAPE, ESCAPE, ESCAPE, ESCAPE, ESCAPE, ESCAPE
static const unsigned char steps[256] = {
    EIGHT_ESCAPES,   EIGHT_ESCAPES,   EIGHT_ESCAPES, EIGHT_ESCAPES, ['"'] = ESCAPE,
    ['\\'] = ESCAPE, [0x7F] = ESCAPE, [0xC2] = LOOK, [0xD8] = LOOK, [0xE2] = LOOK};

/* The length of the longest prefix in which nothing is escaped. */
static size_t plain_prefix(struct sv text)
{
    size_t n = 0;
    while (n < text.n) {
        enum step step = (enum step)steps[(unsigned char)text.p[n]];
        uint32_t code;
        if (step == COPY) {
            n++;
            continue;
        }
        unsigned length = step == LOOK ? utf8_decode(sv_sub(text, n, text.n - n), &code) : 0;
        if (!length || char_is_obeyed(code))
            break;
        n += length;
    }
    return n;
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
    out_byte(w->out, '"');
    while (text.n) {
        size_t n = plain_prefix(text);
        out_bytes(w->out, text.p, n);
        if (n < text.n)
            n += put_escape(w->out, sv_sub(text, n, text.n - n));
        text = sv_sub(text, n, text.n - n);
    }
    out_byte(w->out, '"');
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
