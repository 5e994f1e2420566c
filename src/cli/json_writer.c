#include "cli/json_writer.h"

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

/* The length of the longest prefix in which nothing is escaped: eight bytes at a time, as long as
 * none of them is below space, '"' or '\\' (a byte of 0x80 and above is none of them). */
static size_t plain_prefix(struct sv text)
{
    static const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    size_t n = 0;
    for (uint64_t word; n + sizeof word <= text.n; n += sizeof word) {
        memcpy(&word, text.p + n, sizeof word);
        uint64_t quotes = word ^ ones * '"', slashes = word ^ ones * '\\';
        uint64_t hits = (word - ones * 0x20) | (quotes - ones) | (slashes - ones);
        if (hits & ~word & tops)
            break;
    }
    while (n < text.n && !is_escaped((unsigned char)text.p[n]))
        n++;
    return n;
}

static void put_escape(struct out *out, unsigned char c)
{
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt", digits[] = "0123456789ABCDEF";
    const char *hit = c ? strchr(from, c) : NULL;
    char escape[] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
    if (hit)
        escape[1] = to[hit - from];
    out_bytes(out, escape, hit ? 2 : sizeof escape);
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
            put_escape(w->out, (unsigned char)text.p[n++]);
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
