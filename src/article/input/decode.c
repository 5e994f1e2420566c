#include "article/input/decode.h"

#include "article/input/encoding_guess.h"
#include "article/input/lookalikes.h"
#include "base/ascii.h"
#include "base/message.h"
#include "base/nfc.h"
#include "base/utf8.h"

typedef VEC(uint32_t) code_vec;

struct decoding {
    struct article *a;
    struct decode_counts *counts;
    struct guess guess;
    struct encoding encoding; /* of the stretch that is being decoded */
    struct buf out;
    code_vec segment;    /* scratch space of normalize_segment */
    struct buf composed; /* likewise */
    size_t first_bad;    /* offset in out */
};

/* Decodes the code point at offset `at` of the source. Returns its length in bytes; *bad: it could
 * not be decoded. */
static unsigned next(const struct decoding *d, size_t at, uint32_t *code, bool *bad)
{
    bool stray;
    return codec_next(d->guess.codec, d->encoding, d->a->source, at, code, bad, &stray);
}

/* Appends text made from source[from, from + length): a copy of it if both are as long. Otherwise
 * characters that are dropped after it count as part of its source. */
static void emit(struct decoding *d, const char *bytes, size_t n, size_t from, size_t length)
{
    if (n == length)
        source_map_add_linear(&d->a->map, n, from);
    else
        source_map_add_until_next(&d->a->map, n, from);
    buf_add(&d->out, bytes, n);
}

/* A hyphen beyond ASCII, in UTF-8: U+2010, U+2011. */
static bool begins_hyphen(const unsigned char *p)
{
    return p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0x90 || p[2] == 0x91);
}

/* The number of bytes at the front that are copied unchanged: printing ASCII, line feeds, Latin
 * letters to U+02FF, the block of Vietnamese letters (U+1E00 to U+1EFF), dashes and quotes. */
static size_t plain_run(struct sv v)
{
    const unsigned char *p = (const unsigned char *)v.p;
    size_t i = 0;
    while (i < v.n) {
        bool ascii = (p[i] >= 0x20 && p[i] < 0x7F) || p[i] == '\n';
        unsigned n = ascii ? 1 : nfc_known_length(p + i, v.n - i);
        if (!n || (n == 3 && begins_hyphen(p + i)))
            break;
        i += n;
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

/* Whether the character is invisible and dropped: format characters, variation selectors, the
 * grapheme joiner. */
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

/* Moves the last code point from the text back into the segment, because a mark that follows may
 * join it. Returns the offset in the source where that code point began. */
static size_t take_back(struct decoding *d, size_t at)
{
    if (!d->out.n)
        return at;
    size_t from = d->out.n - 1;
    while (from && ((unsigned char)d->out.p[from] & 0xC0) == 0x80)
        from--;
    struct span source;
    from = source_map_take_back(&d->a->map, from, &source);
    for (size_t i = from; i < d->out.n;) {
        uint32_t code;
        i += utf8_decode(sv_sub(buf_sv(&d->out), i, d->out.n - i), &code);
        *vec_push(&d->segment) = code;
    }
    buf_cut(&d->out, from);
    return source.off;
}

/* Normalizes the code point at `at` together with those that join it, and with the last character
 * of the text if it joins that. Returns the offset after them. Only these make one run of the map,
 * so that neighbouring words keep their own places in the source. */
static size_t normalize_segment(struct decoding *d, size_t at, uint32_t first)
{
    struct sv source = d->a->source;
    d->segment.n = 0;
    size_t begin = at, from = nfc_joins(first) ? take_back(d, at) : at;
    while (at < source.n) {
        uint32_t code;
        bool bad;
        unsigned n = next(d, at, &code, &bad);
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

/* Replaces a run of control characters by one space, or by a column gap if it holds a tab. Returns
 * the offset after it. */
static size_t fold_controls(struct decoding *d, size_t at)
{
    struct sv source = d->a->source;
    size_t from = at;
    bool tab = false;
    while (at < source.n) {
        uint32_t code;
        bool bad;
        unsigned n = next(d, at, &code, &bad);
        if (bad || !is_control(code) || is_line_end(code))
            break;
        tab = tab || code == '\t';
        d->counts->nuls += code == 0;
        d->counts->controls += code != '\t';
        d->counts->characters++;
        at += n;
    }
    struct sv gap = tab ? SV(COLUMN_GAP) : SV(" ");
    emit(d, gap.p, gap.n, from, at - from);
    return at;
}

static size_t put_line_end(struct decoding *d, size_t at, uint32_t code, unsigned n)
{
    uint32_t follower = 0;
    bool bad = true;
    if (code == '\r' && at + n < d->a->source.n)
        next(d, at + n, &follower, &bad);
    if (bad || follower != '\n') /* CR LF becomes LF */
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

/* A letter of the Latin alphabet, also with Vietnamese marks. */
static bool is_latin(uint32_t code)
{
    uint32_t base = nfc_base(code) | 0x20;
    return (base >= 'a' && base <= 'z') || code == 0x110 || code == 0x111;
}

/* The last code point of the text; 0 if it is empty. */
static uint32_t code_before(const struct decoding *d)
{
    uint32_t code = 0;
    size_t from = d->out.n;
    while (from && ((unsigned char)d->out.p[--from] & 0xC0) == 0x80)
        continue;
    if (d->out.n)
        utf8_decode(sv_sub(buf_sv(&d->out), from, d->out.n - from), &code);
    return code;
}

/* The offset after the run of lookalikes that begins at `at`, and the code point there; 0: none. */
static size_t end_of_lookalikes(const struct decoding *d, size_t at, uint32_t *after)
{
    while (at < d->a->source.n) {
        bool bad;
        unsigned n = next(d, at, after, &bad);
        if (!bad && latin_lookalike(*after)) {
            at += n;
            continue;
        }
        *after = bad ? 0 : *after;
        return at;
    }
    *after = 0;
    return at;
}

static bool is_greek_or_cyrillic(uint32_t code)
{
    return code >= 0x370 && code <= 0x52F;
}

/* 70°С, 30оС, М2: numbers and degrees have Latin letters. */
static bool is_digit_or_degree(uint32_t code)
{
    enum { DEGREE = 0xB0 };
    return code_is_digit(code) || code == DEGREE;
}

/* Puts a run of letters that look like Latin ones: as those, where they touch them (ТP, ТРHCM) or a
 * number, but not inside a word of their own alphabet. Returns the offset after it. */
static size_t put_lookalikes(struct decoding *d, size_t at)
{
    uint32_t before = code_before(d), after, code;
    size_t end = end_of_lookalikes(d, at, &after);
    bool touches = is_latin(before) || is_latin(after) || is_digit_or_degree(before) ||
                   is_digit_or_degree(after);
    bool meant = touches && !is_greek_or_cyrillic(before) && !is_greek_or_cyrillic(after);
    while (at < end) {
        bool bad;
        unsigned n = next(d, at, &code, &bad);
        char bytes[4];
        if (meant) {
            buf_putc(&d->out, (char)latin_lookalike(code));
            source_map_add_whole(&d->a->map, 1, (struct span){(uint32_t)at, n});
        } else {
            emit(d, bytes, utf8_encode(code, bytes), at, n);
        }
        d->counts->characters++;
        at += n;
    }
    return at;
}

/* Puts '-' for a hyphen beyond ASCII between digits (737‑800, as Word has it). False for others. */
static bool put_hyphen(struct decoding *d, size_t at, uint32_t code, unsigned n)
{
    uint32_t after;
    bool bad = true;
    if ((code != 0x2010 && code != 0x2011) || !code_is_digit(code_before(d)))
        return false;
    if (at + n < d->a->source.n)
        next(d, at + n, &after, &bad);
    if (bad || !code_is_digit(after))
        return false;
    d->counts->characters++;
    source_map_add_whole(&d->a->map, 1, (struct span){(uint32_t)at, n});
    buf_putc(&d->out, '-');
    return true;
}

/* Writes what a character of an old set stands for: m2 for ㎡, III for Ⅲ. Returns false if it is
 * none. */
static bool put_compatible(struct decoding *d, size_t at, uint32_t code, unsigned n)
{
    uint32_t codes[COMPATIBLE_CODES];
    unsigned count = nfc_compatible(code, codes);
    if (!count)
        return false;
    char bytes[4 * COMPATIBLE_CODES];
    size_t length = 0;
    for (unsigned i = 0; i < count; i++)
        length += utf8_encode(codes[i], bytes + length);
    d->counts->characters++;
    source_map_add_whole(&d->a->map, length, (struct span){(uint32_t)at, n});
    buf_add(&d->out, bytes, length);
    return true;
}

/* Decodes one code point, or several that belong together. Returns the offset after them. */
static size_t decode_one(struct decoding *d, size_t at)
{
    uint32_t code;
    bool bad;
    unsigned n = next(d, at, &code, &bad);
    if (!bad && code >= FIRST_LATIN_LOOKALIKE) {
        if (latin_lookalike(code))
            return put_lookalikes(d, at);
        if (put_hyphen(d, at, code, n) || put_compatible(d, at, code, n))
            return at + n;
    }
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

/* The number of bytes at the front that are ASCII in every old encoding. If another byte follows,
 * the last one does not count: that byte may be a mark that joins it. */
static size_t ascii_run(struct sv v)
{
    size_t i = 0;
    while (i < v.n && v.p[i] >= 0x20 && v.p[i] < 0x7F)
        i++;
    return i && i < v.n && (unsigned char)v.p[i] >= 0x80 ? i - 1 : i;
}

static size_t run_length(const struct decoding *d, struct sv rest)
{
    if (encoding_eq(d->encoding, (struct encoding){FORM_UTF8, LETTERS_PLAIN}))
        return plain_run(rest);
    return d->encoding.form == FORM_UTF8 || d->encoding.form == FORM_BYTES ? ascii_run(rest) : 0;
}

static void decode_stretch(struct decoding *d, size_t at, size_t to)
{
    struct sv source = d->a->source;
    while (at < to && d->out.n <= UINT32_MAX) {
        size_t run = run_length(d, sv_sub(source, at, to - at));
        if (run) {
            d->counts->characters += run;
            emit(d, source.p + at, run, at, run);
            at += run;
            continue;
        }
        at = decode_one(d, at);
    }
}

/* Stretches end after line ends, so no character is split between two of them. */
static void decode_all(struct decoding *d)
{
    const struct guess *g = &d->guess;
    for (size_t i = 0; i < g->stretches.n; i++) {
        size_t to = i + 1 < g->stretches.n ? g->stretches.at[i + 1].from : d->a->source.n;
        d->encoding = g->stretches.at[i].encoding;
        decode_stretch(d, g->stretches.at[i].from, to);
    }
}

/* ---- which encoding ---- */

/* In UTF-16, many of the even or of the odd bytes are NULs. */
static enum form form_by_nuls(struct sv source)
{
    size_t sample = source.n < 4096 ? source.n / 2 * 2 : 4096, nul[2] = {0, 0};
    if (sample < 6)
        return FORM_UTF8;
    for (size_t i = 0; i < sample; i++)
        nul[i % 2] += source.p[i] == '\0';
    if (nul[1] * 4 > sample / 2 && nul[0] * 20 < nul[1])
        return FORM_UTF16LE;
    if (nul[0] * 4 > sample / 2 && nul[1] * 20 < nul[0])
        return FORM_UTF16BE;
    return FORM_UTF8;
}

/* The length of the byte order mark, or 0. Sets the form that it means. */
static size_t read_mark(struct sv source, enum form *form)
{
    *form = FORM_UTF8;
    if (sv_starts(source, SV("\xEF\xBB\xBF")))
        return 3;
    if (sv_starts(source, SV("\xFF\xFE")))
        *form = FORM_UTF16LE;
    else if (sv_starts(source, SV("\xFE\xFF")))
        *form = FORM_UTF16BE;
    return *form == FORM_UTF8 ? 0 : 2;
}

/* Uses the encoding that the user named. Letters of an old encoding may be stored in UTF-8 or
 * UTF-16: text in an old encoding is never valid UTF-8 by accident. */
static void use_named(struct decoding *d, struct encoding e, size_t mark, enum form form)
{
    struct guess *g = &d->guess;
    struct sv source = d->a->source;
    if (form == FORM_UTF8 && !mark)
        form = form_by_nuls(source);
    if (e.form == FORM_BYTES && e.letters != LETTERS_PLAIN &&
        (form != FORM_UTF8 || utf8_valid_prefix(source) == source.n))
        e.form = (uint8_t)form;
    *g = (struct guess){.encoding = e, .confidence = 1};
    if (e.form == FORM_BYTES || e.letters != LETTERS_PLAIN)
        g->codec = codec_new(d->a->rules);
    *vec_push(&g->stretches) = (struct stretch){(uint32_t)mark, e};
}

static enum status unknown_name(const struct article *a, const char *name, struct err *e)
{
    err_set(e, STATUS_USAGE, "“%s” is no encoding that is known here; name one of %s", name,
            _(encoding_choices));
    return err_at(e, a->name, 0, 0);
}

/* Reports an encoding that is not plain UTF-8 or marked UTF-16. */
static void report_guess(struct decoding *d, size_t mark)
{
    const struct guess *g = &d->guess;
    struct article *a = d->a;
    int sure = (int)(g->confidence * 100 + 0.5);
    struct encoding plain = {g->encoding.form, LETTERS_PLAIN};
    if (g->odd && g->odd < g->lines)
        article_note(a, (struct span){0}, NOTE_ENCODING,
                     "%u of %u lines beyond ASCII are read as %s, the others otherwise; if that "
                     "is wrong, name one encoding for all with --encoding",
                     g->odd, g->lines, encoding_name(g->odd_encoding));
    else if (g->encoding.form == FORM_BYTES || !encoding_eq(g->encoding, plain))
        article_note(a, (struct span){0}, NOTE_ENCODING,
                     "read as %s, by its words (%d percent sure); if that is wrong, name another "
                     "with --encoding",
                     encoding_name(g->encoding), sure);
    else if (!mark && g->encoding.form != FORM_UTF8)
        article_note(a, (struct span){0}, NOTE_ENCODING,
                     "read as %s, though without a byte order mark; if that is wrong, name another "
                     "with --encoding",
                     encoding_name(g->encoding));
}

static void report_bad(struct decoding *d)
{
    size_t bad = d->counts->bad, line = 1;
    struct article *a = d->a;
    if (!bad)
        return;
    for (size_t i = 0; i < d->first_bad; i++)
        line += a->text.p[i] == '\n';
    double share = (double)bad / (double)d->counts->characters;
    double good = share * 4 < 0.9 ? 0.95 - share * 4 : 0.05;
    a->confidence = good < a->confidence ? good : a->confidence;
    article_note(
        a, (struct span){(uint32_t)d->first_bad, 3}, NOTE_ENCODING,
        message_plural("%zu byte sequence is not valid %s, first in line %zu; read as unknown "
                       "characters",
                       "%zu byte sequences are not valid %s, first in line %zu; read as "
                       "unknown characters",
                       bad),
        bad, a->encoding, line);
}

static enum status choose(struct decoding *d, const char *name, size_t *mark, struct err *e)
{
    struct sv source = d->a->source;
    enum form form;
    *mark = read_mark(source, &form);
    if (name) {
        struct encoding named;
        if (!encoding_named(sv_of(name), &named))
            return unknown_name(d->a, name, e);
        use_named(d, named, *mark, form);
    } else {
        if (!*mark)
            form = form_by_nuls(source);
        guess_encoding(&d->guess, d->a->rules, source, *mark, form);
    }
    d->a->encoding = encoding_name(d->guess.encoding);
    d->a->confidence = d->guess.confidence;
    return STATUS_OK;
}

enum status decode_source(struct article *a, const char *name, struct decode_counts *counts,
                          struct err *e)
{
    *counts = (struct decode_counts){0};
    struct decoding d = {.a = a, .counts = counts, .out = BUF_INIT, .composed = BUF_INIT};
    size_t mark;
    enum status status = choose(&d, name, &mark, e);
    if (status != STATUS_OK)
        return status;
    source_map_free(&a->map);
    buf_reserve(&d.out, a->source.n - mark);
    decode_all(&d);
    vec_free(&d.segment);
    buf_free(&d.composed);
    source_map_end(&a->map, a->source.n);
    if (d.out.n > UINT32_MAX) {
        buf_free(&d.out);
        guess_free(&d.guess);
        err_set(e, STATUS_INPUT, "the text grows beyond 4 GiB when decoded; split it into parts");
        return err_at(e, a->name, 0, 0);
    }
    a->text.n = d.out.n;
    a->text_owned = buf_detach(&d.out);
    lookalikes_mend(a->text_owned, a->text.n);
    a->text.p = a->text_owned;
    if (!name)
        report_guess(&d, mark);
    report_bad(&d);
    guess_free(&d.guess);
    return STATUS_OK;
}
