#include "article/format/draft.h"

#include "article/format/superscript.h"
#include "article/input/decode.h"
#include "base/ascii.h"
#include "base/message.h"
#include "base/utf8.h"

void draft_begin(struct draft *d, struct article *a, bool keep_all)
{
    *d = (struct draft){.a = a, .text = BUF_INIT, .keep_all = keep_all};
}

void draft_move_to(struct draft *d, uint32_t source)
{
    if (source > d->source_end)
        d->source_end = source;
}

static void add_filler(struct draft *d, const char *filler)
{
    d->after_hole = false;
    source_map_add_until_next(&d->map, strlen(filler), d->source_end);
    buf_adds(&d->text, filler);
}

static void add_valid(struct draft *d, struct sv run, struct span from)
{
    if (from.off < d->source_end) { /* a reader's mistake: keep the order, not the place */
        uint32_t end = from.off + from.len;
        from.len = end > d->source_end ? end - d->source_end : 0;
        from.off = d->source_end;
    }
    if (run.n == from.len)
        source_map_add_linear(&d->map, run.n, from.off);
    else if (from.len)
        source_map_add_whole(&d->map, run.n, from);
    else
        source_map_add_until_next(&d->map, run.n, from.off);
    buf_add_sv(&d->text, run);
    d->source_end = from.off + from.len;
}

/* The part of `from` that part of a run was made from. */
static struct span part_of(struct sv run, struct span from, size_t at, size_t n)
{
    bool linear = run.n == from.len;
    return linear ? (struct span){from.off + (uint32_t)at, (uint32_t)n} : from;
}

/* Appends a run to the text; it does not count as text of the piece. Bytes that are not UTF-8
 * become U+FFFD. */
static void add_run(struct draft *d, struct sv run, struct span from)
{
    for (size_t at = 0; at < run.n;) {
        struct sv rest = sv_sub(run, at, run.n - at);
        size_t n = utf8_valid_prefix(rest);
        struct sv valid = sv_sub(rest, 0, n);
        if (!n) {
            n = utf8_bad_length(rest);
            valid = SV("\xEF\xBF\xBD");
            d->bad++;
        }
        add_valid(d, valid, part_of(run, from, at, n));
        at += n;
    }
}

static bool may_continue_word(char c)
{
    return ascii_is_letter(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

void draft_add(struct draft *d, struct sv run, struct span from)
{
    if (!run.n)
        return;
    if (d->after_hole && may_continue_word(run.p[0]))
        add_filler(d, " ");
    d->after_hole = false;
    d->has_text = d->has_text || sv_trim(run).n;
    add_run(d, run, from);
}

/* Extends the last hole if nothing stands between. */
void draft_add_hole(struct draft *d, struct sv run, struct span from, enum skip_reason reason)
{
    if (d->keep_all) {
        draft_add(d, run, from);
        return;
    }
    if (!run.n)
        return;
    struct piece *last = d->after_hole ? &d->holes.at[d->holes.n - 1] : NULL;
    bool joins = last && last->reason == reason;
    if (!joins && d->text.n > d->begin && !ascii_is_space(d->text.p[d->text.n - 1]))
        add_filler(d, " ");
    struct span text = {(uint32_t)d->text.n, 0};
    add_run(d, run, from);
    text.len = (uint32_t)d->text.n - text.off;
    if (joins)
        last->text.len += text.len;
    else
        *vec_push(&d->holes) = (struct piece){.text = text, .reason = reason};
    d->after_hole = true;
}

bool draft_add_superscript(struct draft *d, struct sv run, struct span from)
{
    struct sv before = sv_sub(buf_sv(&d->text), d->begin, d->text.n - d->begin);
    enum superscript kind = superscript_kind(before, sv_trim(run));
    if (kind == SUPERSCRIPT_NOTE && !d->keep_all) {
        draft_add_hole(d, run, from, SKIP_NOTES);
        return false;
    }
    if (kind != SUPERSCRIPT_POWER || run.n != from.len) {
        draft_add(d, run, from);
        return true;
    }
    for (size_t i = 0; i < run.n; i++)
        draft_add(d, sv_of(superscript_sign(run.p[i])), (struct span){from.off + (uint32_t)i, 1});
    return true;
}

void draft_add_made(struct draft *d, struct sv text)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(text, i, text.n - i), &code);
        n = n ? n : 1;
        draft_add(d, sv_sub(text, i, n), (struct span){d->source_end, 1});
        i += n;
    }
}

void draft_add_filler(struct draft *d, const char *filler)
{
    if (d->has_text && !sv_ends(buf_sv(&d->text), sv_of(filler)))
        add_filler(d, filler);
}

bool draft_has_text(const struct draft *d)
{
    return d->has_text;
}

/* The open piece without the white space at its ends. */
static struct span open_piece(const struct draft *d)
{
    struct sv whole = sv_sub(buf_sv(&d->text), d->begin, d->text.n - d->begin);
    struct sv v = sv_trim(whole);
    return (struct span){d->begin + (uint32_t)(v.n ? v.p - whole.p : 0), (uint32_t)v.n};
}

bool draft_end_piece(struct draft *d, enum block_kind kind, enum skip_reason reason)
{
    struct span span = open_piece(d);
    if (!d->has_text && d->holes.n > d->open_holes)
        reason = reason ? reason : d->holes.at[d->open_holes].reason;
    d->open_holes = d->holes.n;
    d->has_text = d->after_hole = false;
    if (span.len) {
        if (d->keep_all && reason) {
            reason = SKIP_NONE;
            kind = BLOCK_PARAGRAPH;
        }
        d->blocks += !reason;
        *vec_push(&d->pieces) = (struct piece){span, reason, (uint8_t)kind};
    }
    if (d->text.n > d->begin)
        add_filler(d, "\n\n");
    d->begin = (uint32_t)d->text.n;
    return span.len > 0;
}

struct sv draft_piece_text(const struct draft *d, size_t piece)
{
    return sv_at(buf_sv(&d->text), d->pieces.at[piece].text);
}

/* ---- from the draft to the article ---- */

/* Decodes the text of the draft, which makes it clean, into the text of the article. The map of the
 * article then leads to the draft. */
static enum status clean_text(struct draft *d, const char *encoding, struct err *e)
{
    struct article *a = d->a;
    struct sv source = a->source;
    char *old_text = a->text_owned;
    struct decode_counts counts;
    a->source = buf_sv(&d->text);
    a->text_owned = NULL;
    a->text = (struct sv){NULL, 0};
    enum status status = decode_source(a, encoding, &counts, e);
    a->source = source;
    free(old_text);
    return status;
}

/* The span of the article's text that was made from a span of the draft. The map of the article
 * must still lead to the draft. */
static struct span cleaned_span(const struct article *a, struct span draft)
{
    uint32_t from = source_map_find_text(&a->map, draft.off);
    uint32_t to = source_map_find_text(&a->map, draft.off + draft.len);
    return (struct span){from, to - from};
}

/* The order of blocks: title, date and sapo, then the others as they come, then the byline. */
static int rank_of(enum block_kind kind)
{
    return kind < BLOCK_HEADING ? (int)kind : kind == BLOCK_BYLINE ? BLOCK_BYLINE : BLOCK_HEADING;
}

static void add_blocks_of_rank(struct draft *d, int rank)
{
    struct article *a = d->a;
    for (size_t i = 0; i < d->pieces.n; i++) {
        const struct piece *p = &d->pieces.at[i];
        if (p->reason || rank_of(p->kind) != rank)
            continue;
        struct span span = cleaned_span(a, p->text);
        struct sv whole = sv_at(a->text, span), v = sv_trim(whole);
        span = (struct span){span.off + (uint32_t)(v.p - whole.p), (uint32_t)v.n};
        if (v.n)
            *vec_push(&a->blocks) = (struct block){.kind = p->kind, .text = span};
    }
}

/* Skips the holes in pieces that are read. */
static void add_holes(struct draft *d)
{
    size_t i = 0;
    for (size_t k = 0; k < d->holes.n; k++) {
        const struct piece *hole = &d->holes.at[k];
        while (i < d->pieces.n &&
               d->pieces.at[i].text.off + d->pieces.at[i].text.len <= hole->text.off)
            i++;
        if (i < d->pieces.n && !d->pieces.at[i].reason)
            article_skip(d->a, cleaned_span(d->a, hole->text), hole->reason);
    }
}

static void add_pieces(struct draft *d)
{
    for (int rank = BLOCK_TITLE; rank <= BLOCK_BYLINE; rank++)
        add_blocks_of_rank(d, rank);
    for (size_t i = 0; i < d->pieces.n; i++) {
        const struct piece *p = &d->pieces.at[i];
        if (p->reason)
            article_skip(d->a, cleaned_span(d->a, p->text), p->reason);
    }
    add_holes(d);
}

/* Replaces the article's map, which leads to the draft, by one that leads to the source. `decoding`
 * is the map of the text that the draft was made from; empty if it was made from the source. */
static void compose_maps(struct draft *d, const struct source_map *decoding)
{
    struct article *a = d->a;
    struct source_map cleaning = a->map, whole = {0};
    a->map = (struct source_map){0};
    source_map_compose(&a->map, &cleaning, &d->map);
    source_map_free(&cleaning);
    if (!decoding->runs.n)
        return;
    source_map_compose(&whole, &a->map, decoding);
    source_map_free(&a->map);
    a->map = whole;
}

/* A draft of decoded text: what decoding said of the source is kept. */
static enum status finish_decoded(struct draft *d, struct err *e)
{
    struct article *a = d->a;
    struct source_map decoding = a->map;
    const char *encoding = a->encoding;
    double confidence = a->confidence;
    size_t notes = a->diagnostics.n;
    a->map = (struct source_map){0};
    source_map_end(&d->map, a->text.n);
    enum status status = clean_text(d, "UTF-8", e);
    if (!status) {
        add_pieces(d);
        compose_maps(d, &decoding);
    }
    a->encoding = encoding;
    a->confidence = confidence;
    a->diagnostics.n = notes;
    source_map_free(&decoding);
    return status;
}

static void report_bad(struct draft *d)
{
    if (d->bad)
        article_note(d->a, NO_SPAN, NOTE_ENCODING,
                     message_plural("%zu byte sequence is not valid UTF-8; read as an unknown "
                                    "character",
                                    "%zu byte sequences are not valid UTF-8; read as unknown "
                                    "characters",
                                    d->bad),
                     d->bad);
}

/* A draft of an archive's members: its text may be in an old encoding. */
static enum status finish_unpacked(struct draft *d, struct err *e)
{
    source_map_end(&d->map, d->a->source.n);
    enum status status = clean_text(d, d->encoding, e);
    if (!status) {
        report_bad(d);
        add_pieces(d);
        compose_maps(d, &(struct source_map){0});
    }
    return status;
}

/* Says what is damaged, which may be why nothing is left to read. */
static enum status fail_empty(const struct article *a, struct err *e)
{
    const char *damage = NULL;
    for (size_t i = 0; i < a->diagnostics.n; i++)
        if (a->diagnostics.at[i].kind == NOTE_DAMAGED || a->diagnostics.at[i].kind == NOTE_MISSING)
            damage = a->diagnostics.at[i].message;
    if (damage)
        err_set(e, STATUS_INPUT, "nothing to read: %s", damage);
    else
        err_set(e, STATUS_INPUT, "nothing to read: it holds no text");
    return err_at(e, a->name, 0, 0);
}

enum status draft_finish(struct draft *d, struct err *e)
{
    struct article *a = d->a;
    enum status status = STATUS_OK;
    draft_end_piece(d, BLOCK_PARAGRAPH, SKIP_NONE);
    if (d->text.n > UINT32_MAX) {
        err_set(e, STATUS_INPUT, "holds more than 4 GiB of text; split it into parts");
        status = err_at(e, a->name, 0, 0);
    } else {
        status = a->map.runs.n ? finish_decoded(d, e) : finish_unpacked(d, e);
    }
    draft_free(d);
    return status || a->blocks.n ? status : fail_empty(a, e);
}

void draft_free(struct draft *d)
{
    buf_free(&d->text);
    source_map_free(&d->map);
    vec_free(&d->pieces);
    vec_free(&d->holes);
}
