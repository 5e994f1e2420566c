#include "article/decode.h"

#include "base/nfc.h"
#include "base/utf8.h"

typedef VEC(uint32_t) code_vec;

/* A decoder takes one code point at `at` of the source; it gives its length in bytes and sets
 * *bad on a sequence that could not be decoded. */
typedef unsigned decoder(struct sv source, size_t at, uint32_t *code, bool *bad);

struct decoding {
    struct article *a;
    struct decode_counts *counts;
    decoder *next;
    struct buf out;
    code_vec segment;    /* reused from one normalization to the next */
    struct buf composed; /* likewise */
    size_t first_bad;    /* offset in out */
};

static unsigned next_utf8(struct sv source, size_t at, uint32_t *code, bool *bad)
{
    struct sv rest = sv_sub(source, at, source.n - at);
    unsigned n = utf8_decode(rest, code);
    *bad = n == 0;
    return n ? n : utf8_bad_length(rest);
}

static uint32_t unit16(const char *p, bool big)
{
    const unsigned char *u = (const unsigned char *)p;
    return big ? (uint32_t)u[0] << 8 | u[1] : (uint32_t)u[1] << 8 | u[0];
}

static unsigned next_utf16(struct sv source, size_t at, bool big, uint32_t *code, bool *bad)
{
    size_t left = source.n - at;
    *bad = left < 2;
    *code = UTF8_REPLACEMENT;
    if (*bad)
        return (unsigned)left;
    uint32_t first = unit16(source.p + at, big);
    if (first < 0xD800 || first > 0xDFFF) {
        *code = first;
        return 2;
    }
    uint32_t second = left >= 4 ? unit16(source.p + at + 2, big) : 0;
    *bad = first > 0xDBFF || second < 0xDC00 || second > 0xDFFF;
    if (*bad)
        return 2;
    *code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    return 4;
}

static unsigned next_utf16le(struct sv source, size_t at, uint32_t *code, bool *bad)
{
    return next_utf16(source, at, false, code, bad);
}

static unsigned next_utf16be(struct sv source, size_t at, uint32_t *code, bool *bad)
{
    return next_utf16(source, at, true, code, bad);
}

/* Appends text made from source[from, from + length). A breakpoint is recorded only where the
 * distance between text and source changes. */
static void emit(struct decoding *d, const char *bytes, size_t n, size_t from, size_t length)
{
    struct article *a = d->a;
    bool linear = n == length;
    const struct breakpoint *last = a->map.n ? &a->map.at[a->map.n - 1] : NULL;
    bool follows =
        last && last->linear && linear && last->source_off + (d->out.n - last->text_off) == from;
    if (!follows)
        *vec_push(&a->map) = (struct breakpoint){(uint32_t)d->out.n, (uint32_t)from, linear};
    buf_add(&d->out, bytes, n);
}

/* How many bytes at the front are what the text holds too: printing ASCII, line feeds, Latin
 * letters to U+02FF, the block of Vietnamese letters (U+1E00 to U+1EFF), dashes and quotes. */
static size_t plain_run(struct sv v)
{
    const unsigned char *p = (const unsigned char *)v.p;
    size_t i = 0;
    while (i < v.n) {
        unsigned char c = p[i];
        if ((c >= 0x20 && c < 0x7F) || c == '\n')
            i++;
        else if (c >= 0xC3 && c <= 0xCB && i + 1 < v.n && (p[i + 1] & 0xC0) == 0x80)
            i += 2;
        else if (i + 2 < v.n && c == 0xE1 && p[i + 1] >= 0xB8 && p[i + 1] <= 0xBB &&
                 (p[i + 2] & 0xC0) == 0x80)
            i += 3;
        else if (i + 2 < v.n && c == 0xE2 && p[i + 1] == 0x80 && p[i + 2] >= 0x90 &&
                 p[i + 2] <= 0xA6)
            i += 3;
        else
            break;
    }
    return i;
}

static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F);
}

static bool is_line_end(uint32_t code)
{
    return (code >= '\n' && code <= '\r') || code == 0x85 || code == 0x2028 || code == 0x2029;
}

/* What is neither seen nor heard: format characters, variation selectors, the grapheme joiner. */
static bool vanishes(uint32_t code)
{
    if (code < 0xAD || is_line_end(code))
        return false;
    if (code == 0x34F || (code >= 0x180B && code <= 0x180F) || (code >= 0xFE00 && code <= 0xFE0F) ||
        (code >= 0xE0000 && code <= 0xE0FFF))
        return true;
    return char_is_format(code);
}

static bool is_wide_space(uint32_t code)
{
    return code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F ||
           code == 0x205F || code == 0x3000;
}

/* Takes the last code point back out of the text, into the segment: a mark that comes now may
 * join it. Gives the offset in the source where that code point began. */
static size_t take_back(struct decoding *d, size_t at)
{
    struct article *a = d->a;
    if (!d->out.n)
        return at;
    size_t from = d->out.n - 1;
    while (from && ((unsigned char)d->out.p[from] & 0xC0) == 0x80)
        from--;
    struct breakpoint last = a->map.at[a->map.n - 1];
    if (!last.linear)
        from = last.text_off; /* such a stretch is only replaced as a whole */
    size_t source = last.source_off + (from - last.text_off);
    if (last.text_off == from)
        a->map.n--;
    for (size_t i = from; i < d->out.n;) {
        uint32_t code;
        i += utf8_decode(sv_sub(buf_sv(&d->out), i, d->out.n - i), &code);
        *vec_push(&d->segment) = code;
    }
    buf_cut(&d->out, from);
    return source;
}

/* Normalizes the code point at `at` and all that may still join it, with the last character if it
 * joins that; gives the offset behind. No more than that is one stretch of the map, so that words
 * which stand side by side each keep their own place in the source. */
static size_t normalize_segment(struct decoding *d, size_t at, uint32_t first)
{
    struct sv source = d->a->source;
    d->segment.n = 0;
    size_t begin = at, from = nfc_joins(first) ? take_back(d, at) : at;
    while (at < source.n) {
        uint32_t code;
        bool bad;
        unsigned n = d->next(source, at, &code, &bad);
        bool gone = !bad && vanishes(code);
        if (bad || (!gone && at > begin && !nfc_joins(code)))
            break;
        if (!gone)
            *vec_push(&d->segment) = code;
        d->counts->characters++;
        at += n;
    }
    buf_clear(&d->composed);
    nfc_append_codes(&d->composed, d->segment.at, d->segment.n);
    emit(d, d->composed.p, d->composed.n, from, at - from);
    return at;
}

/* One space for a run of controls. */
static size_t fold_controls(struct decoding *d, size_t at)
{
    struct sv source = d->a->source;
    size_t from = at;
    while (at < source.n) {
        uint32_t code;
        bool bad;
        unsigned n = d->next(source, at, &code, &bad);
        if (bad || !is_control(code) || is_line_end(code))
            break;
        d->counts->nuls += code == 0;
        d->counts->controls += code != '\t';
        d->counts->characters++;
        at += n;
    }
    emit(d, " ", 1, from, at - from);
    return at;
}

static size_t put_line_end(struct decoding *d, size_t at, uint32_t code, unsigned n)
{
    uint32_t follower = 0;
    bool bad = true;
    if (code == '\r' && at + n < d->a->source.n)
        d->next(d->a->source, at + n, &follower, &bad);
    if (bad || follower != '\n') /* of CR LF only the LF stays */
        emit(d, "\n", 1, at, n);
    return at + n;
}

static size_t put_bad(struct decoding *d, size_t at, unsigned n)
{
    if (!d->counts->bad++)
        d->first_bad = d->out.n;
    emit(d, "\xEF\xBF\xBD", 3, at, n);
    return at + n;
}

/* Takes one code point, or a run that belongs together; gives the offset behind. */
static size_t step(struct decoding *d, size_t at)
{
    uint32_t code;
    bool bad;
    unsigned n = d->next(d->a->source, at, &code, &bad);
    if (!bad && !is_control(code) && nfc_needs_work(code) && !vanishes(code))
        return normalize_segment(d, at, code);
    if (!bad && is_control(code) && !is_line_end(code))
        return fold_controls(d, at);
    d->counts->characters++;
    if (bad)
        return put_bad(d, at, n);
    if (is_line_end(code))
        return put_line_end(d, at, code, n);
    if (vanishes(code))
        return at + n;
    char bytes[4];
    unsigned length = utf8_encode(is_wide_space(code) ? ' ' : code, bytes);
    emit(d, bytes, length, at, n);
    return at + n;
}

static void decode_all(struct decoding *d, size_t at)
{
    struct sv source = d->a->source;
    while (at < source.n && d->out.n <= UINT32_MAX) {
        if (d->next == next_utf8) {
            size_t run = plain_run(sv_sub(source, at, source.n - at));
            if (run) {
                d->counts->characters += run;
                emit(d, source.p + at, run, at, run);
                at += run;
                continue;
            }
        }
        at = step(d, at);
    }
}

/* UTF-16 without a mark shows by a NUL in a good part of the even, or of the odd, bytes. */
static decoder *guess_utf16(struct sv source)
{
    size_t sample = source.n < 4096 ? source.n / 2 * 2 : 4096, nul[2] = {0, 0};
    if (sample < 16)
        return NULL;
    for (size_t i = 0; i < sample; i++)
        nul[i % 2] += source.p[i] == '\0';
    if (nul[1] * 4 > sample / 2 && nul[0] * 20 < nul[1])
        return next_utf16le;
    if (nul[0] * 4 > sample / 2 && nul[1] * 20 < nul[0])
        return next_utf16be;
    return NULL;
}

/* Chooses the decoder, gives the length of the byte order mark. */
static size_t choose_decoder(struct decoding *d)
{
    struct sv source = d->a->source;
    d->next = next_utf8;
    size_t mark = 0;
    if (sv_starts(source, SV("\xEF\xBB\xBF"))) {
        mark = 3;
    } else if (sv_starts(source, SV("\xFF\xFE"))) {
        d->next = next_utf16le;
        mark = 2;
    } else if (sv_starts(source, SV("\xFE\xFF"))) {
        d->next = next_utf16be;
        mark = 2;
    } else {
        decoder *guess = guess_utf16(source);
        d->next = guess ? guess : next_utf8;
    }
    d->a->encoding = d->next == next_utf8      ? "UTF-8"
                     : d->next == next_utf16le ? "UTF-16LE"
                                               : "UTF-16BE";
    return mark;
}

static void report_bad(struct decoding *d)
{
    size_t bad = d->counts->bad, line = 1;
    struct article *a = d->a;
    a->confidence = 1.0;
    if (!bad)
        return;
    for (size_t i = 0; i < d->first_bad; i++)
        line += a->text.p[i] == '\n';
    double share = (double)bad / (double)d->counts->characters;
    a->confidence = share * 4 < 0.9 ? 0.95 - share * 4 : 0.05;
    article_note(a, (struct span){(uint32_t)d->first_bad, 3}, "encoding",
                 "%zu %s not valid %s, first in line %zu; read as unknown characters", bad,
                 bad == 1 ? "byte sequence is" : "byte sequences are", a->encoding, line);
}

enum status decode_source(struct article *a, struct decode_counts *counts, struct err *e)
{
    *counts = (struct decode_counts){0};
    struct decoding d = {.a = a, .counts = counts, .out = BUF_INIT, .composed = BUF_INIT};
    size_t mark = choose_decoder(&d);
    a->map.n = 0;
    buf_reserve(&d.out, a->source.n - mark);
    decode_all(&d, mark);
    vec_free(&d.segment);
    buf_free(&d.composed);
    if (!a->map.n || a->map.at[0].text_off)
        *vec_push(&a->map) = (struct breakpoint){0, (uint32_t)mark, true};
    if (d.out.n > UINT32_MAX) {
        buf_free(&d.out);
        err_set(e, STATUS_INPUT, "the text grows beyond 4 GiB when decoded; split it into parts");
        return err_at(e, a->name, 0, 0);
    }
    a->text.n = d.out.n;
    a->text_owned = buf_detach(&d.out);
    a->text.p = a->text_owned;
    report_bad(&d);
    return STATUS_OK;
}
