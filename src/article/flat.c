#include "article/flat.h"

#include <stddef.h>

#include "article/input/encoding.h"
#include "article/reasons.h"
#include "base/utf8.h"

/* The place of the source or the text. */
enum place { PLACE_DOCUMENT, PLACE_SOURCE, PLACE_HERE };

/* ---- writing ---- */

static void put_span(const struct flat_writer *w, struct span span)
{
    flat_put_number(w, (uint64_t)span.off << 32 | span.len);
}

static void put_word(const struct flat_writer *w, const char *word)
{
    flat_put_text(w, sv_of(word));
}

static void put_bytes(const struct flat_writer *w, enum place place, struct sv bytes)
{
    flat_put_number(w, place);
    if (place == PLACE_HERE)
        flat_put_text(w, bytes);
}

static void put_document(const struct article *a, struct sv document, const struct flat_writer *w)
{
    bool same = a->source.p == document.p && a->source.n == document.n;
    put_bytes(w, same ? PLACE_DOCUMENT : PLACE_HERE, a->source);
    put_bytes(w, sv_eq(a->text, a->source) ? PLACE_SOURCE : PLACE_HERE, a->text);
    flat_put_array(w, a->map.runs.at, a->map.runs.n, sizeof *a->map.runs.at);
    flat_put_number(w, a->map.text_len);
    flat_put_number(w, a->members.n);
    for (size_t i = 0; i < a->members.n; i++) {
        put_word(w, a->members.at[i].name);
        put_span(w, (struct span){a->members.at[i].off, a->members.at[i].len});
    }
}

static void put_head(const struct article *a, const struct flat_writer *w)
{
    uint64_t confidence;
    _Static_assert(sizeof confidence == sizeof a->confidence, "a double has 64 bits");
    memcpy(&confidence, &a->confidence, sizeof confidence);
    put_word(w, a->encoding);
    flat_put_number(w, confidence);
    put_word(w, a->title);
    put_word(w, a->date);
    flat_put_text(w, a->picture);
    flat_put_number(w, a->pictures.n);
    for (size_t i = 0; i < a->pictures.n; i++)
        put_word(w, a->pictures.at[i]);
    put_span(w, a->paper_kind);
    put_span(w, a->paper_number);
}

void article_flatten(const struct article *a, struct sv document, const struct flat_writer *w)
{
    put_document(a, document, w);
    put_head(a, w);
    flat_put_number(w, a->blocks.n);
    for (size_t i = 0; i < a->blocks.n; i++) {
        flat_put_number(w, a->blocks.at[i].kind);
        put_span(w, a->blocks.at[i].text);
    }
    flat_put_number(w, a->skipped.n);
    for (size_t i = 0; i < a->skipped.n; i++) {
        put_span(w, a->skipped.at[i].text);
        put_word(w, skip_word(a->skipped.at[i].reason));
    }
    flat_put_number(w, a->diagnostics.n);
    for (size_t i = 0; i < a->diagnostics.n; i++) {
        put_span(w, a->diagnostics.at[i].text);
        put_word(w, note_word(a->diagnostics.at[i].kind));
        put_word(w, a->diagnostics.at[i].message);
    }
}

/* ---- reading ---- */

struct flat_article {
    struct article *a;
    struct flat_reader r;
};

static void reject(struct flat_article *f)
{
    f->r.bad = true;
}

/* Valid UTF-8 without control characters, but for these. */
static bool is_clean(struct sv text, const char *allowed)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if ((c < ' ' && (!c || !strchr(allowed, c))) || c == 0x7F)
            return false;
    }
    return utf8_valid_prefix(text) == text.n;
}

static bool is_boundary(struct sv text, uint32_t off)
{
    return off == text.n || ((unsigned char)text.p[off] & 0xC0) != 0x80;
}

/* A span of the text, of whole characters. */
static struct span get_span(struct flat_article *f)
{
    uint64_t number = flat_number(&f->r);
    struct span span = {(uint32_t)(number >> 32), (uint32_t)number};
    struct sv text = f->a->text;
    if (span.off > text.n || span.len > text.n - span.off || !is_boundary(text, span.off) ||
        !is_boundary(text, span.off + span.len))
        reject(f);
    return f->r.bad ? NO_SPAN : span;
}

/* A line for people or programs, in the arena; NULL where there is none. */
static const char *get_line(struct flat_article *f)
{
    struct sv line = flat_text(&f->r);
    if (!is_clean(line, ""))
        reject(f);
    return line.p && !f->r.bad ? arena_dup(&f->a->arena, line) : NULL;
}

/* Sets *bytes, unless they are elsewhere. */
static void get_bytes(struct flat_article *f, enum place elsewhere, struct sv *bytes)
{
    uint64_t place = flat_number(&f->r);
    if (place == elsewhere)
        return;
    *bytes = place == PLACE_HERE ? flat_text(&f->r) : (struct sv){NULL, 0};
    if (!bytes->p || bytes->n > UINT32_MAX)
        reject(f);
}

static void get_map(struct flat_article *f)
{
    struct source_map *map = &f->a->map;
    size_t count, size = sizeof *map->runs.at;
    const char *runs = flat_array(&f->r, &count, size);
    for (size_t i = 0; i < count; i++)
        if ((unsigned char)runs[i * size + offsetof(struct source_run, linear)] > 1) {
            reject(f);
            return;
        }
    vec_reserve(&map->runs, count);
    if (count)
        memcpy(map->runs.at, runs, count * size);
    map->runs.n = count;
    uint64_t text_len = flat_number(&f->r);
    map->text_len = (uint32_t)text_len;
    bool whole = text_len == (count ? f->a->text.n : 0);
    if (!whole || !source_map_is_sound(map, f->a->source.n))
        reject(f);
    /* Without a map, text and source are the same. */
    if (!count && !sv_eq(f->a->text, f->a->source))
        reject(f);
}

static void get_member(struct flat_article *f, uint64_t *end)
{
    const char *name = get_line(f);
    uint64_t number = flat_number(&f->r), off = number >> 32, len = (uint32_t)number;
    if (!name || off < *end || off + len > f->a->source.n) {
        reject(f);
        return;
    }
    *end = off + len;
    *vec_push(&f->a->members) = (struct member){name, (uint32_t)off, (uint32_t)len};
}

static void get_document(struct flat_article *f)
{
    struct article *a = f->a;
    get_bytes(f, PLACE_DOCUMENT, &a->source);
    if (a->source.p != a->source_owned) {
        free(a->source_owned);
        a->source_owned = NULL;
    }
    a->text = a->source;
    get_bytes(f, PLACE_SOURCE, &a->text);
    if (!is_clean(a->text, "\n"))
        reject(f);
    get_map(f);
    uint64_t end = 0;
    for (uint64_t n = flat_number(&f->r); n && !f->r.bad; n--)
        get_member(f, &end);
}

static void get_picture_path(struct flat_article *f)
{
    const char *path = get_line(f);
    if (!path)
        reject(f);
    if (!f->r.bad)
        *vec_push(&f->a->pictures) = path;
}

static void get_head(struct flat_article *f)
{
    struct article *a = f->a;
    struct encoding encoding;
    if (encoding_named(flat_text(&f->r), &encoding))
        a->encoding = encoding_name(encoding);
    else
        reject(f);
    uint64_t confidence = flat_number(&f->r);
    memcpy(&a->confidence, &confidence, sizeof a->confidence);
    if (!(a->confidence >= 0 && a->confidence <= 1))
        reject(f);
    a->title = get_line(f);
    a->date = get_line(f);
    a->picture = flat_text(&f->r);
    for (uint64_t n = flat_number(&f->r); n && !f->r.bad; n--)
        get_picture_path(f);
    a->paper_kind = get_span(f);
    a->paper_number = get_span(f);
}

static bool is_single(uint64_t kind)
{
    return kind == BLOCK_TITLE || kind == BLOCK_DATE || kind == BLOCK_SAPO || kind == BLOCK_BYLINE;
}

static void get_block(struct flat_article *f)
{
    uint64_t kind = flat_number(&f->r);
    struct span text = get_span(f);
    if (kind > BLOCK_BYLINE ||
        (is_single(kind) && article_block(f->a, (enum block_kind)kind) != NULL))
        reject(f);
    if (!f->r.bad)
        *vec_push(&f->a->blocks) = (struct block){.kind = (uint8_t)kind, .text = text};
}

static void get_skipped(struct flat_article *f)
{
    struct span text = get_span(f);
    enum skip_reason reason = skip_reason_of(flat_text(&f->r));
    if (!reason)
        reject(f);
    if (!f->r.bad)
        *vec_push(&f->a->skipped) = (struct skipped){text, reason};
}

static void get_diagnostic(struct flat_article *f)
{
    struct span text = get_span(f);
    enum note_kind kind = NOTE_DAMAGED;
    bool known = note_kind_of(flat_text(&f->r), &kind);
    const char *message = get_line(f);
    if (!known || !message)
        reject(f);
    if (!f->r.bad)
        *vec_push(&f->a->diagnostics) = (struct diagnostic){text, kind, message};
}

VEC_TYPE(text_spans, struct span);

static bool are_disjoint(struct text_spans *spans)
{
    if (spans->n)
        qsort(spans->at, spans->n, sizeof *spans->at, span_cmp);
    for (size_t i = 1; i < spans->n; i++)
        if (spans->at[i].off < spans->at[i - 1].off + spans->at[i - 1].len)
            return false;
    return true;
}

static void check_spans(struct flat_article *f)
{
    struct text_spans blocks = {0}, skipped = {0};
    for (size_t i = 0; i < f->a->blocks.n; i++)
        *vec_push(&blocks) = f->a->blocks.at[i].text;
    for (size_t i = 0; i < f->a->skipped.n; i++)
        *vec_push(&skipped) = f->a->skipped.at[i].text;
    if (!are_disjoint(&blocks) || !are_disjoint(&skipped))
        reject(f);
    vec_free(&blocks);
    vec_free(&skipped);
}

bool article_from_flat(struct article *a, struct buf *bytes, size_t at)
{
    static void (*const parts[])(struct flat_article *) = {get_block, get_skipped, get_diagnostic};
    struct flat_article f = {a, {sv_sub(buf_sv(bytes), at, bytes->n - at), false}};
    a->text_owned = buf_detach(bytes);
    get_document(&f);
    get_head(&f);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (uint64_t n = flat_number(&f.r); n && !f.r.bad; n--)
            parts[i](&f);
    if (!f.r.bad)
        check_spans(&f);
    return !f.r.bad && !f.r.rest.n;
}
