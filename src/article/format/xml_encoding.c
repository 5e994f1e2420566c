#include "article/format/xml_encoding.h"

#include "article/format/xml_tag.h"
#include "base/utf8.h"

/* The name in the XML declaration, which may be missing. */
static struct sv declared_encoding(struct sv bytes)
{
    ptrdiff_t end = sv_starts(bytes, SV("<?xml")) ? sv_find(bytes, SV("?>")) : -1;
    struct sv v = sv_sub(bytes, 0, end < 0 ? 0 : (size_t)end);
    ptrdiff_t at = sv_find(v, SV("encoding"));
    if (at < 0)
        return (struct sv){NULL, 0};
    struct xml_tag_reader t = {v, (size_t)at + 8, false};
    xml_tag_skip_space(&t);
    if (xml_tag_peek(&t) == '=')
        t.at++;
    xml_tag_skip_space(&t);
    return xml_tag_value(&t);
}

/* The encoding of bytes that are not UTF-8, by their words. Damaged UTF-8 remains so. */
static struct encoding guessed_encoding(struct sv bytes)
{
    struct guess guess;
    guess_encoding(&guess, NULL, bytes, 0, FORM_UTF8);
    struct encoding found = {FORM_UTF8, LETTERS_PLAIN};
    if (guess.encoding.form == FORM_BYTES)
        found = guess.encoding;
    guess_free(&guess);
    return found;
}

struct encoding xml_encoding(struct sv bytes, const char *charset)
{
    struct encoding found = {FORM_UTF8, LETTERS_PLAIN};
    struct sv declared = declared_encoding(bytes);
    bool is_utf8 = utf8_valid_prefix(bytes) == bytes.n;
    if (!declared.n && charset && !is_utf8)
        declared = sv_of(charset);
    if (sv_starts(bytes, SV("\xFF\xFE")) || (bytes.n > 1 && !memcmp(bytes.p, "<\0", 2)))
        found.form = FORM_UTF16LE;
    else if (sv_starts(bytes, SV("\xFE\xFF")) || (bytes.n > 1 && !memcmp(bytes.p, "\0<", 2)))
        found.form = FORM_UTF16BE;
    else if (encoding_named(declared, &found) &&
             (found.form == FORM_UTF16LE || found.form == FORM_UTF16BE))
        found.form = FORM_UTF8; /* it was just read as ASCII */
    else if (!declared.n && !is_utf8)
        found = guessed_encoding(bytes);
    return found;
}

void xml_decode(struct sv bytes, struct encoding encoding, struct buf *out, struct source_map *map)
{
    struct codec *codec = codec_new(NULL);
    for (size_t at = 0; at < bytes.n;) {
        uint32_t code;
        bool bad, stray;
        size_t before = out->n;
        unsigned n = codec_next(codec, encoding, bytes, at, &code, &bad, &stray);
        if (code != 0xFEFF)
            buf_add_code(out, code);
        source_map_add_whole(map, out->n - before, (struct span){(uint32_t)at, n});
        at += n;
    }
    source_map_end(map, bytes.n);
    codec_free(codec);
}
