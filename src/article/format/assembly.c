#include "article/format/assembly.h"

#include "article/input/decode.h"

void assembly_begin(struct assembly *m, struct article *a, bool raw_mode)
{
    *m = (struct assembly){.a = a, .raw = BUF_INIT, .raw_mode = raw_mode};
}

/* Of two breakpoints in one place the last holds. */
static void add_breakpoint(struct breakpoints *map, struct breakpoint b)
{
    struct breakpoint *last = map->n ? &map->at[map->n - 1] : NULL;
    if (last && last->text_off == b.text_off)
        *last = b;
    else if (last && last->linear && b.linear &&
             last->source_off + (b.text_off - last->text_off) == b.source_off)
        return; /* it goes on as before */
    else if (last && !last->linear && !b.linear && last->source_off == b.source_off)
        return; /* more that was made from the same stretch */
    else
        *vec_push(map) = b;
}

/* What is added next was made from these bytes; without a length from none: it stands between. */
static void lead_to(struct assembly *m, struct span from, bool linear)
{
    add_breakpoint(
        &m->map, (struct breakpoint){(uint32_t)m->raw.n, from.off, linear, linear ? 0 : from.len});
}

static void add_filler(struct assembly *m, const char *filler)
{
    lead_to(m, (struct span){m->behind, 0}, false);
    buf_adds(&m->raw, filler);
}

void assembly_add(struct assembly *m, struct sv run, struct span from)
{
    if (!run.n)
        return;
    m->open = m->open || sv_trim(run).n;
    if (from.off < m->behind) { /* against the invariant: better a wrong place than a wrong order */
        from.len = from.off + from.len > m->behind ? from.off + from.len - m->behind : 0;
        from.off = m->behind;
    }
    lead_to(m, from, run.n == from.len);
    buf_add_sv(&m->raw, run);
    m->behind = from.off + from.len;
}

void assembly_glue(struct assembly *m, const char *glue)
{
    if (assembly_is_open(m) && !sv_ends(buf_sv(&m->raw), sv_of(glue)))
        add_filler(m, glue);
}

static struct span open_piece(const struct assembly *m)
{
    struct sv whole = sv_sub(buf_sv(&m->raw), m->begin, m->raw.n - m->begin);
    struct sv v = sv_trim(whole);
    return (struct span){m->begin + (uint32_t)(v.n ? v.p - whole.p : 0), (uint32_t)v.n};
}

bool assembly_is_open(const struct assembly *m)
{
    return m->open;
}

bool assembly_end(struct assembly *m, enum block_kind kind, const char *reason)
{
    struct span span = open_piece(m);
    m->open = false;
    if (span.len) {
        m->blocks += !reason || m->raw_mode;
        if (m->raw_mode && reason) {
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

struct sv assembly_text(const struct assembly *m, size_t piece)
{
    return sv_at(buf_sv(&m->raw), m->pieces.at[piece].raw);
}

/* ---- the article ---- */

/* Where `off` bytes of what a map leads to lie in its text; what became nothing lies behind. */
static uint32_t into_text(const struct breakpoint *map, size_t n, uint32_t text_n, uint32_t off)
{
    size_t low = 0, high = n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (map[middle].source_off <= off)
            low = middle;
        else
            high = middle;
    }
    uint32_t end = low + 1 < n ? map[low + 1].text_off : text_n;
    if (map[low].source_off >= off)
        return map[low].text_off;
    uint32_t at = map[low].text_off + (off - map[low].source_off);
    return map[low].linear && at < end ? at : end;
}

/* A map, and how much text it leads from, and to. */
struct leading {
    const struct breakpoint *at;
    size_t n;
    uint32_t from_n, to_n;
};

/* The last breakpoint at or before `off`, searched from `i` on. */
static size_t stretch_at(const struct leading *l, size_t i, uint32_t off)
{
    while (i + 1 < l->n && l->at[i + 1].text_off <= off)
        i++;
    return i;
}

/* The end of what the byte at `off`, in the stretch i, was made from. */
static uint32_t source_end(const struct leading *l, size_t i, uint32_t off)
{
    const struct breakpoint *b = &l->at[i];
    if (b->linear)
        return b->source_off + (off - b->text_off) + 1;
    if (b->source_len)
        return b->source_off + b->source_len;
    return i + 1 < l->n ? b[1].source_off : l->to_n;
}

/* A stretch of `outer` that is made as a whole from what `inner` goes on from. */
static void compose_whole(struct breakpoints *out, const struct leading *outer, size_t i,
                          const struct leading *inner, size_t j)
{
    const struct breakpoint *b = &outer->at[i];
    uint32_t end = source_end(outer, i, b->text_off);
    uint32_t source = inner->at[j].source_off;
    if (inner->at[j].linear)
        source += b->source_off - inner->at[j].text_off;
    uint32_t last = end > b->source_off ? end - 1 : b->source_off;
    uint32_t behind = source_end(inner, stretch_at(inner, j, last), last);
    add_breakpoint(out, (struct breakpoint){b->text_off, source, false,
                                            behind > source ? behind - source : 0});
}

/* Puts two maps behind each other: `outer` from a text to what `inner` goes on from. */
static void compose(struct breakpoints *out, const struct leading *outer,
                    const struct leading *inner)
{
    size_t j = 0;
    for (size_t i = 0; i < outer->n; i++) {
        struct breakpoint b = outer->at[i];
        uint32_t length =
            (i + 1 < outer->n ? outer->at[i + 1].text_off : outer->from_n) - b.text_off;
        j = stretch_at(inner, j, b.source_off);
        if (!b.linear) {
            compose_whole(out, outer, i, inner, j);
            continue;
        }
        for (uint32_t done = 0; done < length;) {
            j = stretch_at(inner, j, b.source_off + done);
            struct breakpoint c = inner->at[j];
            c.source_off += c.linear ? b.source_off + done - c.text_off : 0;
            c.text_off = b.text_off + done;
            add_breakpoint(out, c);
            done = j + 1 < inner->n ? inner->at[j + 1].text_off - b.source_off : length;
        }
    }
}

/* Leads the article's map, which now ends in m->raw, on to the document. */
static void lead_on(struct assembly *m, struct breakpoints before, uint32_t before_n)
{
    struct article *a = m->a;
    struct breakpoints to_document = {0}, whole = {0};
    uint32_t n = (uint32_t)a->text.n, raw_n = (uint32_t)m->raw.n, source_n = (uint32_t)a->source.n;
    struct leading cleaning = {a->map.at, a->map.n, n, raw_n};
    struct leading runs = {m->map.at, m->map.n, raw_n, before.n ? before_n : source_n};
    compose(&to_document, &cleaning, &runs);
    if (before.n) {
        struct leading here = {to_document.at, to_document.n, n, before_n};
        struct leading decoding = {before.at, before.n, before_n, source_n};
        compose(&whole, &here, &decoding);
    }
    struct breakpoints *result = before.n ? &whole : &to_document;
    vec_free(&a->map);
    a->map.at = result->at;
    a->map.n = result->n;
    a->map.cap = result->cap;
    *result = (struct breakpoints){0};
    vec_free(&to_document);
}

static int rank_of(enum block_kind kind)
{
    return kind < BLOCK_HEADING ? (int)kind : kind == BLOCK_BYLINE ? BLOCK_BYLINE : BLOCK_HEADING;
}

/* The pieces of one rank become blocks, in page order. */
static void place_blocks(struct assembly *m, int rank)
{
    struct article *a = m->a;
    uint32_t n = (uint32_t)a->text.n;
    for (size_t i = 0; i < m->pieces.n; i++) {
        const struct piece *p = &m->pieces.at[i];
        if (p->reason || rank_of(p->kind) != rank)
            continue;
        uint32_t from = into_text(a->map.at, a->map.n, n, p->raw.off);
        uint32_t to = into_text(a->map.at, a->map.n, n, p->raw.off + p->raw.len);
        struct sv whole = sv_sub(a->text, from, to - from), v = sv_trim(whole);
        if (v.n)
            *vec_push(&a->blocks) = (struct block){
                .kind = p->kind,
                .text = {from + (uint32_t)(v.p - whole.p), (uint32_t)v.n},
            };
    }
}

static void place_skipped(struct assembly *m)
{
    struct article *a = m->a;
    uint32_t n = (uint32_t)a->text.n;
    for (size_t i = 0; i < m->pieces.n; i++) {
        const struct piece *p = &m->pieces.at[i];
        if (!p->reason)
            continue;
        uint32_t from = into_text(a->map.at, a->map.n, n, p->raw.off);
        uint32_t to = into_text(a->map.at, a->map.n, n, p->raw.off + p->raw.len);
        article_skip(a, (struct span){from, to - from}, p->reason);
    }
}

/* Makes clean text of m->raw: what any document goes through. */
static enum status clean(struct assembly *m, const char *encoding, struct err *e)
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

static enum status is_too_large(const struct assembly *m, struct err *e)
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

enum status assembly_finish(struct assembly *m, struct err *e)
{
    struct article *a = m->a;
    struct breakpoints before = {a->map.at, a->map.n, a->map.cap};
    a->map.at = NULL;
    a->map.n = a->map.cap = 0;
    const char *encoding = a->encoding;
    double confidence = a->confidence;
    size_t notes = a->diagnostics.n;
    uint32_t before_n = (uint32_t)a->text.n;
    assembly_end(m, BLOCK_PARAGRAPH, NULL);
    if (!m->map.n)
        lead_to(m, (struct span){0, 0}, false);
    /* Old fonts are told in what comes from an archive; other text has been through that. */
    enum status status = is_too_large(m, e);
    if (!status)
        status = clean(m, before.n ? "UTF-8" : m->encoding, e);
    if (!status) {
        for (int rank = BLOCK_TITLE; rank <= BLOCK_BYLINE; rank++)
            place_blocks(m, rank);
        place_skipped(m);
        lead_on(m, before, before_n);
    }
    if (before.n) { /* what was said of the document's own bytes stands */
        a->encoding = encoding;
        a->confidence = confidence;
        a->diagnostics.n = notes;
    }
    vec_free(&before);
    assembly_free(m);
    return status || a->blocks.n ? status : fail_empty(a, e);
}

void assembly_free(struct assembly *m)
{
    buf_free(&m->raw);
    vec_free(&m->map);
    vec_free(&m->pieces);
}
