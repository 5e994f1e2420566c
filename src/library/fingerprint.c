#include "library/fingerprint.h"

#include "base/nfc.h"

/* FNV-1a: simple enough never to need a change. */
static const uint64_t start = 0xCBF29CE484222325u, prime = 0x100000001B3u;

static void add_byte(struct fingerprint *f, char byte)
{
    f->hash = (f->hash ^ (unsigned char)byte) * prime;
    f->length++;
}

struct fingerprint fingerprint_of(struct sv text)
{
    struct fingerprint f = {start, 0};
    bool space = false;
    for (size_t i = 0; i < text.n;) {
        unsigned n = char_space_at(sv_sub(text, i, text.n - i));
        if (!n) {
            if (space && f.length)
                add_byte(&f, ' ');
            add_byte(&f, text.p[i]);
        }
        space = n != 0;
        i += n ? n : 1;
    }
    return f;
}

/* ---- articles ---- */

VEC_TYPE(spans, struct span);

static void collect(const struct article *a, struct spans *out)
{
    for (size_t i = 0; i < a->blocks.n; i++) {
        unsigned kind = a->blocks.at[i].kind;
        if (kind != BLOCK_DATE && kind != BLOCK_BYLINE && kind != BLOCK_CAPTION)
            *vec_push(out) = a->blocks.at[i].text;
    }
    for (size_t i = 0; i < a->skipped.n; i++)
        if (a->skipped.at[i].reason == SKIP_TABLE)
            *vec_push(out) = a->skipped.at[i].text;
    if (out->n)
        qsort(out->at, out->n, sizeof *out->at, span_cmp);
}

uint64_t fingerprint_article(const struct article *a)
{
    struct spans spans = {0};
    uint64_t hash = start;
    collect(a, &spans);
    for (size_t i = 0; i < spans.n; i++) {
        struct fingerprint f = fingerprint_of(sv_at(a->text, spans.at[i]));
        hash = (hash ^ f.hash) *
               prime; /* the order counts: earlier hashes are multiplied more often */
        hash ^= hash >> 32;
    }
    vec_free(&spans);
    return hash;
}
