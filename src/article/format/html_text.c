#include "article/format/html_text.h"

#include "article/format/html_preprocess.h"
#include "base/nfc.h"
#include "base/utf8.h"

void html_text_start(struct html_text *t)
{
    *t = (struct html_text){.out = BUF_INIT};
}

void html_text_free(struct html_text *t)
{
    buf_free(&t->out);
    source_map_free(&t->map);
    vec_free(&t->codes);
}

static void put_codes(struct html_text *t)
{
    if (!t->codes.n)
        return;
    size_t before = t->out.n;
    nfc_append_codes(&t->out, t->codes.at, t->codes.n);
    source_map_add_whole(
        &t->map, t->out.n - before,
        (struct span){(uint32_t)t->codes_from, (uint32_t)(t->codes_to - t->codes_from)});
    t->codes.n = 0;
}

void html_text_flush(struct html_text *t)
{
    put_codes(t);
}

static void put_space(struct html_text *t)
{
    if (!t->space)
        return;
    put_codes(t);
    if (t->out.n > t->line) {
        source_map_add_whole(&t->map, 1, (struct span){(uint32_t)t->space_from, 1});
        buf_putc(&t->out, ' ');
    }
    t->space = false;
}

/* Moves the last character of the line back to `codes`, because a mark that follows may join it. */
static void take_back(struct html_text *t)
{
    size_t at = t->out.n;
    if (at == t->line)
        return;
    do
        at--;
    while (at > t->line && ((unsigned char)t->out.p[at] & 0xC0) == 0x80);
    struct span source;
    at = source_map_take_back(&t->map, at, &source);
    t->codes_from = source.off;
    for (size_t i = at; i < t->out.n;) {
        uint32_t code;
        i += utf8_decode_valid(t->out.p + i, &code);
        *vec_push(&t->codes) = code;
    }
    buf_cut(&t->out, at);
}

/* Holds a character back that composition may change, until one follows that does not join it. */
static void hold(struct html_text *t, uint32_t code, size_t from, size_t to)
{
    if (!nfc_joins(code))
        put_codes(t);
    if (!t->codes.n) {
        t->codes_from = from;
        if (nfc_joins(code))
            take_back(t);
    }
    *vec_push(&t->codes) = code;
    t->codes_to = to;
}

/* The number of bytes at the front that are neither white space nor changed by composition: ASCII,
 * Latin letters to U+02FF, the block of Vietnamese letters, dashes and quotes. */
static size_t plain_run(struct sv v)
{
    const unsigned char *p = (const unsigned char *)v.p;
    size_t i = 0;
    while (i < v.n) {
        bool word = p[i] > 0x20 && p[i] < 0x7F;
        bool space = p[i] == ' ' && i && i + 1 < v.n && p[i + 1] > 0x20;
        unsigned n = word || space ? 1 : nfc_known_length(p + i, v.n - i);
        if (!n)
            break;
        i += n;
    }
    return i;
}

/* Appends one character, which the source has at the bytes from .. to. `linear`: it has the same
 * bytes there. */
static void add_character(struct html_text *t, struct sv character, uint32_t code, bool linear,
                          size_t from, size_t to)
{
    if (char_is_format(code)) /* invisible */
        return;
    if (code == HTML_BARE_LESS && linear) {
        character = SV("<");
        code = '<';
    }
    if (char_kind_of(code) == CHAR_SPACE) {
        if (!t->space)
            t->space_from = from;
        t->space = true;
        return;
    }
    put_space(t);
    if (nfc_needs_work(code) || nfc_joins(code)) {
        hold(t, code, from, to);
        return;
    }
    put_codes(t);
    buf_add_sv(&t->out, character);
    if (linear)
        source_map_add_linear(&t->map, character.n, from);
    else
        source_map_add_whole(&t->map, character.n,
                             (struct span){(uint32_t)from, (uint32_t)(to - from)});
}

void html_text_add(struct html_text *t, struct sv text, size_t from, size_t to, bool linear)
{
    for (size_t i = 0; i < text.n;) {
        size_t here = linear ? from + i : from;
        size_t run = linear ? plain_run(sv_sub(text, i, text.n - i)) : 0;
        if (run) {
            put_space(t);
            put_codes(t);
            source_map_add_linear(&t->map, run, here);
            buf_add(&t->out, text.p + i, run);
            i += run;
            continue;
        }
        uint32_t code;
        unsigned n = utf8_decode_valid(text.p + i, &code);
        add_character(t, sv_sub(text, i, n), code, linear, here, linear ? here + n : to);
        i += n;
    }
}

bool html_text_end_line(struct html_text *t)
{
    put_codes(t);
    t->space = false;
    if (t->out.n == t->line)
        return false;
    source_map_add_until_next(&t->map, 1, source_map_source_end(&t->map));
    buf_putc(&t->out, '\n');
    t->line = t->out.n;
    return true;
}
