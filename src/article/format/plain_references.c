#include "article/format/plain_references.h"

#include "article/format/entity.h"
#include "article/input/lookalikes.h"
#include "base/nfc.h"
#include "base/utf8.h"

/* The character that the reference puts into the text. 0: it must not, because the character is not
 * shown, or would join the one before it. */
static uint32_t plain_code(uint32_t code)
{
    if (code == 0xA0)
        return ' ';
    if (nfc_joins(code))
        return 0;
    enum char_kind kind = char_kind_of(code);
    bool shown =
        kind == CHAR_LETTER || kind == CHAR_DIGIT || kind == CHAR_PUNCT || kind == CHAR_SYMBOL;
    return shown ? entity_meaning(code) : 0;
}

/* The length of the reference at the front of the text, or 0. */
static size_t reference_at(struct sv text, uint32_t *code)
{
    size_t n = entity_decode(text, code);
    bool ended = n && text.p[n - 1] == ';';
    if (!n || (!ended && *code != 0xA0))
        return 0;
    *code = plain_code(*code);
    return *code ? n : 0;
}

static size_t next_reference(struct sv text, size_t from, size_t *length, uint32_t *code)
{
    while (from < text.n) {
        ptrdiff_t found = sv_find(sv_sub(text, from, text.n - from), SV("&"));
        if (found < 0)
            break;
        from += (size_t)found;
        *length = reference_at(sv_sub(text, from, text.n - from), code);
        if (*length)
            return from;
        from++;
    }
    *length = 0;
    return text.n;
}

/* Appends a character and the marks that follow it in the text, composed. Returns the offset after
 * them. */
static size_t put_character(struct sv text, size_t from, uint32_t code, struct buf *out)
{
    struct buf whole = BUF_INIT;
    size_t end = from;
    buf_add_code(&whole, code);
    for (size_t n; end < text.n; end += n) {
        n = utf8_decode_valid(text.p + end, &code);
        if (!nfc_joins(code))
            break;
    }
    buf_add(&whole, text.p + from, end - from);
    nfc_append(out, buf_sv(&whole));
    buf_free(&whole);
    return end;
}

void plain_references_decode(struct article *a)
{
    size_t n, from = 0;
    uint32_t code;
    size_t at = next_reference(a->text, 0, &n, &code);
    if (!n)
        return;
    struct buf text = BUF_INIT;
    struct source_map decoded = {0};
    while (n) {
        buf_add(&text, a->text.p + from, at - from);
        source_map_add_linear(&decoded, at - from, from);
        size_t before = text.n;
        from = put_character(a->text, at + n, code, &text);
        source_map_add_whole(&decoded, text.n - before,
                             (struct span){(uint32_t)at, (uint32_t)(from - at)});
        at = next_reference(a->text, from, &n, &code);
    }
    buf_add(&text, a->text.p + from, a->text.n - from);
    source_map_add_linear(&decoded, a->text.n - from, from);
    article_replace_text(a, &text, &decoded);
    lookalikes_mend(a->text_owned, a->text.n); /* &ETH; */
    source_map_free(&decoded);
}
