#include "article/format/feed_text.h"

#include "article/format/entity.h"
#include "base/nfc.h"
#include "base/utf8.h"

static bool begins_tag(struct sv v)
{
    return v.n > 1 && v.p[0] == '<' &&
           ((v.p[1] | 0x20) >= 'a' ? (v.p[1] | 0x20) <= 'z' : v.p[1] == '/' || v.p[1] == '!');
}

void feed_strip_html(struct buf *out, struct sv html)
{
    struct buf text = BUF_INIT;
    bool ends = true; /* there may be a '>' */
    for (size_t i = 0; i < html.n;) {
        struct sv rest = sv_sub(html, i, html.n - i);
        bool tag = ends && begins_tag(rest);
        const char *end = tag ? memchr(rest.p, '>', rest.n) : NULL;
        ends = ends && (!tag || end);
        if (!end)
            buf_putc(&text, rest.p[0]);
        i += end ? (size_t)(end - rest.p) + 1 : 1;
    }
    entity_decode_all(out, buf_sv(&text));
    buf_free(&text);
}

void feed_fold_line(struct buf *out, struct sv text)
{
    bool owed = false;
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        struct sv rest = sv_sub(text, i, text.n - i);
        unsigned n = utf8_decode(rest, &code), length = n ? n : utf8_bad_length(rest);
        if (char_is_format(code)) {
            /* invisible */
        } else if (char_kind_of(code) == CHAR_SPACE) {
            owed = out->n > 0;
        } else {
            if (owed)
                buf_putc(out, ' ');
            owed = false;
            buf_add_code(out, code);
        }
        i += length;
    }
}

void feed_escape(struct buf *out, struct sv text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '<' || c == '&')
            buf_adds(out, c == '<' ? "&lt;" : "&amp;");
        else
            buf_putc(out, c);
    }
}

void feed_decode_base64(struct buf *out, struct sv v)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; i < v.n && v.p[i] != '='; i++) {
        const char *digit = v.p[i] ? strchr(digits, v.p[i]) : NULL;
        if (!digit)
            continue;
        bits = bits << 6 | (uint32_t)(digit - digits);
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        buf_putc(out, (char)(bits >> count));
    }
}
