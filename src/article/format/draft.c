#include "article/format/draft.h"

#include "article/input/decode.h"

void draft_begin(struct draft *m, struct article *a, bool keep_all)
{
    *m = (struct draft){.a = a, .raw = BUF_INIT, .keep_all = keep_all};
}

static void add_filler(struct draft *m, const char *filler)
{
    source_map_add_until_next(&m->map, strlen(filler), m->behind);
    buf_adds(&m->raw, filler);
}

void draft_add(struct draft *m, struct sv run, struct span from)
{
    if (!run.n)
        return;
    m->open = m->open || sv_trim(run).n;
    if (from.off < m->behind) { /* against the invariant: better a wrong place than a wrong order */
        from.len = from.off + from.len > m->behind ? from.off + from.len - m->behind : 0;
        from.off = m->behind;
    }
    if (run.n == from.len)
        source_map_add_linear(&m->map, run.n, from.off);
    else if (from.len)
        source_map_add_whole(&m->map, run.n, from);
    else
        source_map_add_until_next(&m->map, run.n, from.off);
    buf_add_sv(&m->raw, run);
    m->behind = from.off + from.len;
}

void draft_add_filler(struct draft *m, const char *glue)
{
    if (draft_has_text(m) && !sv_ends(buf_sv(&m->raw), sv_of(glue)))
        add_filler(m, glue);
}

static struct span open_piece(const struct draft *m)
{
    struct sv whole = sv_sub(buf_sv(&m->raw), m->begin, m->raw.n - m->begin);
    struct sv v = sv_trim(whole);
    return (struct span){m->begin + (uint32_t)(v.n ? v.p - whole.p : 0), (uint32_t)v.n};
}

bool draft_has_text(const struct draft *m)
{
    return m->open;
}

bool draft_end_piece(struct draft *m, enum block_kind kind, const char *reason)
{
    struct span span = open_piece(m);
    m->open = false;
    if (span.len) {
        m->blocks += !reason || m->keep_all;
        if (m->keep_all && reason) {
            reason = NULL;
            kind = BLOCK_PARAGRAPH;
        }
        *vec_push(&m->pieces) = (struct piece){span, reason, (uint8_t)kind};
    }
    if (m->raw.n > m->begin)
        add_filler(m, "\n\n");
    m->begin = (uint32_t)m->raw.n;
    return span.len > 0;
}

struct sv draft_piece_text(const struct draft *m, size_t piece)
{
    return sv_at(buf_sv(&m->raw), m->pieces.at[piece].raw);
}

/* ---- the article ---- */

/* Replaces the article's map, which leads to m->raw, by one that leads to the document's own bytes.
 * `decoding` is the map from the text that the runs were taken from, if they were taken from one.
 */
static void compose_maps(struct draft *m, const struct source_map *decoding)
{
    struct article *a = m->a;
    struct source_map cleaning = a->map, whole = {0};
    a->map = (struct source_map){0};
    source_map_compose(&a->map, &cleaning, &m->map);
    source_map_free(&cleaning);
    if (!decoding->runs.n)
        return;
    source_map_compose(&whole, &a->map, decoding);
    source_map_free(&a->map);
    a->map = whole;
}

static int rank_of(enum block_kind kind)
{
    return kind < BLOCK_HEADING ? (int)kind : kind == BLOCK_BYLINE ? BLOCK_BYLINE : BLOCK_HEADING;
}

/* The pieces of one rank become blocks, in page order. */
static void place_blocks(struct draft *m, int rank)
{
    struct article *a = m->a;
    for (size_t i = 0; i < m->pieces.n; i++) {
        const struct piece *p = &m->pieces.at[i];
        if (p->reason || rank_of(p->kind) != rank)
            continue;
        uint32_t from = source_map_find_text(&a->map, p->raw.off);
        uint32_t to = source_map_find_text(&a->map, p->raw.off + p->raw.len);
        struct sv whole = sv_sub(a->text, from, to - from), v = sv_trim(whole);
        if (v.n)
            *vec_push(&a->blocks) = (struct block){
                .kind = p->kind,
                .text = {from + (uint32_t)(v.p - whole.p), (uint32_t)v.n},
            };
    }
}

static void place_skipped(struct draft *m)
{
    struct article *a = m->a;
    for (size_t i = 0; i < m->pieces.n; i++) {
        const struct piece *p = &m->pieces.at[i];
        if (!p->reason)
            continue;
        uint32_t from = source_map_find_text(&a->map, p->raw.off);
        uint32_t to = source_map_find_text(&a->map, p->raw.off + p->raw.len);
        article_skip(a, (struct span){from, to - from}, p->reason);
    }
}

/* Makes clean text of m->raw: what any document goes through. */
static enum status clean(struct draft *m, const char *encoding, struct err *e)
{
    struct article *a = m->a;
    struct sv source = a->source;
    char *old_text = a->text_owned;
    struct decode_counts counts;
    a->source = buf_sv(&m->raw);
    a->text_owned = NULL;
    a->text = (struct sv){NULL, 0};
    enum status status = decode_source(a, encoding, &counts, e);
    a->source = source;
    free(old_text);
    return status;
}

static enum status is_too_large(const struct draft *m, struct err *e)
{
    if (m->raw.n <= UINT32_MAX)
        return STATUS_OK;
    err_set(e, STATUS_INPUT, "holds more than 4 GiB of text; split it into parts");
    return err_at(e, m->a->name, 0, 0);
}

/* Says what was found wrong on the way, which may be why. */
static enum status fail_empty(const struct article *a, struct err *e)
{
    const char *why = "it holds no text";
    for (size_t i = 0; i < a->diagnostics.n; i++)
        if (strcmp(a->diagnostics.at[i].kind, "damaged") == 0)
            why = a->diagnostics.at[i].message;
    err_set(e, STATUS_INPUT, "nothing to read: %s", why);
    return err_at(e, a->name, 0, 0);
}

enum status draft_finish(struct draft *m, struct err *e)
{
    struct article *a = m->a;
    struct source_map decoding = a->map;
    a->map = (struct source_map){0};
    const char *encoding = a->encoding;
    double confidence = a->confidence;
    size_t notes = a->diagnostics.n;
    struct sv document = decoding.runs.n ? a->text : a->source;
    draft_end_piece(m, BLOCK_PARAGRAPH, NULL);
    source_map_end(&m->map, document.n);
    /* Old fonts are told in what comes from an archive; other text has been through that. */
    enum status status = is_too_large(m, e);
    if (!status)
        status = clean(m, decoding.runs.n ? "UTF-8" : m->encoding, e);
    if (!status) {
        for (int rank = BLOCK_TITLE; rank <= BLOCK_BYLINE; rank++)
            place_blocks(m, rank);
        place_skipped(m);
        compose_maps(m, &decoding);
    }
    if (decoding.runs.n) { /* what was said of the document's own bytes stands */
        a->encoding = encoding;
        a->confidence = confidence;
        a->diagnostics.n = notes;
    }
    source_map_free(&decoding);
    draft_free(m);
    return status || a->blocks.n ? status : fail_empty(a, e);
}

void draft_free(struct draft *m)
{
    buf_free(&m->raw);
    source_map_free(&m->map);
    vec_free(&m->pieces);
}
