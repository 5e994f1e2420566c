#include "base/message.h"

#if DOCBAO_GETTEXT
#include <libintl.h>
#endif

#include "base/language.h"
#include "base/nfc.h"
#include "base/utf8.h"

const char *message_text(const char *text)
{
#if DOCBAO_GETTEXT
    if (*text) /* "" is translated by what translators write at the head of their file */
        return dgettext(MESSAGE_DOMAIN, text);
#endif
    return text;
}

const char *message_plural(const char *one, const char *many, uint64_t n)
{
#if DOCBAO_GETTEXT
    return dngettext(MESSAGE_DOMAIN, one, many, (unsigned long)n);
#else
    return n == 1 ? one : many;
#endif
}

bool char_is_obeyed(uint32_t code)
{
    enum { SPACE = 0x20, DELETE = 0x7F, LAST_C1 = 0x9F, LINE_SEPARATOR = 0x2028 };
    if (code < DELETE)
        return code < SPACE;
    return code <= LAST_C1 || code == LINE_SEPARATOR || code == LINE_SEPARATOR + 1 ||
           char_is_format(code);
}

/* The length of the longest prefix that is printable ASCII. */
static size_t plain_prefix(struct sv text)
{
    size_t n = 0;
    while (n < text.n && text.p[n] >= ' ' && text.p[n] < 0x7F)
        n++;
    return n;
}

void buf_add_printable(struct buf *b, struct sv text)
{
    while (text.n) {
        size_t n = plain_prefix(text);
        if (n) {
            buf_add(b, text.p, n);
        } else {
            uint32_t code;
            n = utf8_decode(text, &code);
            if (n && !char_is_obeyed(code))
                buf_add(b, text.p, n);
            else
                buf_add_code(b, UTF8_REPLACEMENT);
            n = n ? n : utf8_bad_length(text);
        }
        text = sv_sub(text, n, text.n - n);
    }
}

void buf_add_printable_markup(struct buf *b, struct sv text)
{
    struct buf printable = BUF_INIT;
    buf_add_printable(&printable, text);
    buf_add_markup(b, buf_sv(&printable));
    buf_free(&printable);
}

void buf_add_json_escape(struct buf *b, uint32_t code)
{
    if (code < 0x10000)
        buf_addf(b, "\\u%04X", (unsigned)code);
    else
        buf_addf(b, "\\u%04X\\u%04X", (unsigned)(0xD800 + ((code - 0x10000) >> 10)),
                 (unsigned)(0xDC00 + ((code - 0x10000) & 0x3FF)));
}

void buf_add_printable_json(struct buf *b, struct sv json)
{
    while (json.n) {
        uint32_t code;
        size_t n = plain_prefix(json);
        if (n) {
            buf_add(b, json.p, n);
        } else {
            n = utf8_decode(json, &code);
            if (!n)
                buf_add_code(b, UTF8_REPLACEMENT);
            else if (char_is_obeyed(code) && code >= 0x7F) /* white space between strings stays */
                buf_add_json_escape(b, code);
            else
                buf_add(b, json.p, n);
            n = n ? n : utf8_bad_length(json);
        }
        json = sv_sub(json, n, json.n - n);
    }
}

void buf_add_message_args(struct buf *b, const char *format, va_list args)
{
    /* Formatted aside first: an argument may be part of `b`. */
    struct buf raw = BUF_INIT;
    buf_addf_args(&raw, message_text(format), args);
    buf_add_printable(b, buf_sv(&raw));
    buf_free(&raw);
}

void buf_add_message(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_add_message_args(b, format, args);
    va_end(args);
}
