#include "text/style.h"

#include "base/utf8.h"
#include "rules/style.h"

enum {
    BREATH_SYLLABLES = 25, /* after so many the pause is the voice's */
    PAUSE_LEAST = 70,
    PAUSE_MOST = 150, /* percent of it */
};

/* ---- styles ---- */

static enum style list_style(const struct article *a, const struct block *block)
{
    size_t index = (size_t)(block - a->blocks.at);
    bool first = !index || a->blocks.at[index - 1].kind != BLOCK_LIST;
    bool last = index + 1 >= a->blocks.n || a->blocks.at[index + 1].kind != BLOCK_LIST;
    if (first && last)
        return STYLE_TEXT;
    return first ? STYLE_LIST_FIRST : last ? STYLE_LIST_LAST : STYLE_LIST;
}

static enum style block_style(const struct article *a, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_TITLE:
        return STYLE_TITLE;
    case BLOCK_HEADING:
        return STYLE_HEADING;
    case BLOCK_CAPTION:
        return STYLE_CAPTION;
    case BLOCK_LIST:
        return list_style(a, block);
    default:
        return STYLE_TEXT;
    }
}

/* ---- quotations ---- */

struct quotations {
    VEC(struct span) at; /* between two marks, in order */
};

/* Where a quotation may end or begin: " does both. */
static bool opens(uint32_t code)
{
    return code == 0x201C || code == 0xAB || code == '"';
}

static bool closes(uint32_t code)
{
    return code == 0x201D || code == 0xBB || code == '"';
}

/* Where each of the bytes is found next with which a mark may begin: ", “ and ”, « and ». */
struct next_bytes {
    size_t at[3];
};

static size_t find_byte(struct sv text, size_t from, char byte)
{
    const char *found = memchr(text.p + from, byte, text.n - from);
    return found ? (size_t)(found - text.p) : text.n;
}

/* The next place from `from` on at which a mark may begin, or the end of the text. */
static size_t next_quote_byte(struct sv text, size_t from, struct next_bytes *next)
{
    static const char bytes[] = {'"', '\xE2', '\xC2'};
    size_t first = text.n;
    for (size_t i = 0; i < sizeof bytes; i++) {
        if (!from || next->at[i] < from)
            next->at[i] = find_byte(text, from, bytes[i]);
        first = next->at[i] < first ? next->at[i] : first;
    }
    return first;
}

static void find_quotations(struct sv text, uint32_t off, struct quotations *q)
{
    bool open = false;
    uint32_t begin = 0;
    struct next_bytes next;
    for (size_t i = 0; (i = next_quote_byte(text, i, &next)) < text.n;) {
        uint32_t code, at = off + (uint32_t)i;
        i += utf8_decode_valid(text.p + i, &code);
        if (open && closes(code)) {
            *vec_push(&q->at) = (struct span){begin, at - begin};
            open = false;
        } else if (opens(code)) {
            open = true;
            begin = off + (uint32_t)i;
        }
    }
}

static bool is_said(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
           (code >= 'a' && code <= 'z') || (code >= 0xC0 && code < 0x2000);
}

/* From the first letter or digit to the last. */
static struct span said_part(struct sv text, struct span sentence)
{
    uint32_t begin = UINT32_MAX, end = 0;
    struct sv written = sv_at(text, sentence);
    for (size_t i = 0; i < written.n;) {
        uint32_t code, at = (uint32_t)i;
        i += utf8_decode_valid(written.p + i, &code);
        if (!is_said(code))
            continue;
        begin = at < begin ? at : begin;
        end = (uint32_t)i;
    }
    if (!end)
        return (struct span){sentence.off, sentence.len};
    return (struct span){sentence.off + begin, end - begin};
}

static bool is_quoted(const struct quotations *q, struct span part)
{
    for (size_t i = 0; i < q->at.n && q->at.at[i].off <= part.off; i++)
        if (part.off + part.len <= q->at.at[i].off + q->at.at[i].len)
            return true;
    return false;
}

static void mark_quotations(struct article *a, const struct block *block)
{
    struct quotations q = {0};
    find_quotations(sv_at(a->text, block->text), block->text.off, &q);
    for (uint32_t i = 0; q.at.n && i < block->nsent; i++) {
        struct sentence *s = &a->sentences.at[block->sent0 + i];
        struct span middle = {s->text.off + s->text.len / 2, 0};
        if (is_quoted(&q, middle) && is_quoted(&q, said_part(a->text, s->text)))
            s->style = STYLE_QUOTE;
    }
    vec_free(&q.at);
}

/* ---- pauses ---- */

static uint32_t syllables_of(const struct article *a, const struct sentence *s)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->ntok; i++)
        n += article_token(a, s->tok0 + i)->nword;
    return n;
}

static uint32_t voice_pause(const struct reading_options *o, const struct block *block, bool last)
{
    if (!last)
        return o->sentence_pause_ms;
    bool title = block->kind == BLOCK_TITLE || block->kind == BLOCK_HEADING;
    return title ? o->title_pause_ms : o->block_pause_ms;
}

static uint16_t styled_pause(const struct article *a, const struct sentence *s, uint32_t own,
                             const struct style_figures *f, bool last)
{
    int64_t ms = (int64_t)own * f->pause / 100;
    if (last)
        return (uint16_t)(ms < UINT16_MAX ? ms : UINT16_MAX);
    int64_t least = ms * PAUSE_LEAST / 100, most = ms * PAUSE_MOST / 100;
    ms += f->breath * ((int64_t)syllables_of(a, s) - BREATH_SYLLABLES);
    ms = ms < least ? least : ms > most ? most : ms;
    return (uint16_t)(ms < UINT16_MAX ? ms : UINT16_MAX);
}

void style_block(struct article *a, struct block *block, const struct rules *rules,
                 const struct reading_options *options)
{
    enum style style = options->plain ? (enum style)0 : block_style(a, block);
    for (uint32_t i = 0; i < block->nsent; i++)
        a->sentences.at[block->sent0 + i].style = (uint16_t)style;
    if (style == STYLE_TEXT)
        mark_quotations(a, block);
    for (uint32_t i = 0; i < block->nsent; i++) {
        struct sentence *s = &a->sentences.at[block->sent0 + i];
        bool last = i + 1 == block->nsent;
        const struct style_figures figures = style_figures(rules, s->style);
        s->pause_ms = styled_pause(a, s, voice_pause(options, block, last), &figures, last);
    }
}
