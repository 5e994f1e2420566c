#include "article/article.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/message.h"
#include "base/nfc.h"
#include "base/utf8.h"

void article_replace_text(struct article *a, struct buf *text, struct source_map *made)
{
    struct source_map map = {0};
    source_map_end(made, a->text.n);
    source_map_compose(&map, made, &a->map);
    source_map_free(&a->map);
    a->map = map;
    free(a->text_owned);
    a->text.n = text->n;
    a->text_owned = buf_detach(text);
    a->text.p = a->text_owned;
}

struct span article_source_span(const struct article *a, struct span text)
{
    return a->map.runs.n ? source_map_find_source(&a->map, text) : text;
}

const char *article_member(const struct article *a, struct span *source)
{
    size_t low = 0, high = a->members.n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (a->members.at[middle].off <= source->off)
            low = middle;
        else
            high = middle;
    }
    if (low >= high)
        return NULL;
    const struct member *m = &a->members.at[low];
    source->off -= m->off;
    uint32_t most = source->off < m->len ? m->len - source->off : 0;
    if (source->len > most)
        source->len = most;
    return m->name;
}

const struct block *article_block(const struct article *a, enum block_kind kind)
{
    for (size_t i = 0; i < a->blocks.n; i++)
        if (a->blocks.at[i].kind == kind)
            return &a->blocks.at[i];
    return NULL;
}

/* Whether the stretch was skipped because it does not belong to the lines around it. */
static bool is_between_lines(const struct skipped *s)
{
    switch (s->reason) {
    case SKIP_MOTTO:
    case SKIP_RECIPIENTS:
    case SKIP_SIGNED:
    case SKIP_PAGE:
    case SKIP_HIDDEN:
    case SKIP_NOTES:
    case SKIP_DELETED:
        return true;
    default:
        return false;
    }
}

bool article_add_read(const struct article *a, enum block_kind kind, struct buf *out)
{
    const struct block *block = article_block(a, kind);
    if (kind == BLOCK_TITLE && a->title) {
        buf_adds(out, a->title);
        return true;
    }
    if (!block)
        return false;
    struct span whole = block->text;
    VEC(struct span) holes = {0};
    for (size_t i = 0; i < a->skipped.n; i++) {
        struct span hole = a->skipped.at[i].text;
        if (hole.off >= whole.off && hole.off + hole.len <= whole.off + whole.len &&
            is_between_lines(&a->skipped.at[i]))
            *vec_push(&holes) = hole;
    }
    if (holes.n)
        qsort(holes.at, holes.n, sizeof *holes.at, span_cmp);
    uint32_t at = whole.off;
    for (size_t i = 0; i < holes.n; i++) {
        if (holes.at[i].off > at)
            buf_add_sv(out, sv_at(a->text, (struct span){at, holes.at[i].off - at}));
        at = holes.at[i].off + holes.at[i].len;
    }
    buf_add_sv(out, sv_at(a->text, (struct span){at, whole.off + whole.len - at}));
    vec_free(&holes);
    return true;
}

/* Whether this character must be read or listed as skipped. */
static bool counts(uint32_t code)
{
    switch (char_kind_of(code)) {
    case CHAR_LETTER:
    case CHAR_DIGIT:
    case CHAR_SYMBOL:
    case CHAR_OTHER:
        return true;
    default:
        return false;
    }
}

static bool has_content(struct sv text)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(text, i, text.n - i), &code);
        if (counts(code))
            return true;
        i += n ? n : 1;
    }
    return false;
}

void article_skip(struct article *a, struct span text, enum skip_reason reason)
{
    struct sv whole = sv_at(a->text, text);
    struct sv v = sv_trim(whole);
    if (!has_content(v))
        return;
    text.off += (uint32_t)(v.p - whole.p);
    text.len = (uint32_t)v.n;
    *vec_push(&a->skipped) = (struct skipped){text, reason};
}

VEC_TYPE(spans, struct span);

/* Compares a span with one that may contain it; they are equal if it does. */
static int by_place(const void *key, const void *item)
{
    const struct span *part = key, *whole = item;
    if (part->off < whole->off)
        return -1;
    return part->off >= whole->off + whole->len;
}

/* Removes the skipped stretches inside these spans, which are sorted and not empty. */
static void remove_stretches(struct article *a, const struct spans *inside)
{
    size_t kept = 0;
    for (size_t i = 0; i < a->skipped.n; i++) {
        struct skipped s = a->skipped.at[i];
        if (!bsearch(&s.text, inside->at, inside->n, sizeof *inside->at, by_place))
            a->skipped.at[kept++] = s;
    }
    a->skipped.n = kept;
}

void article_drop(struct article *a, const bool *gone, enum skip_reason reason)
{
    struct spans spans = {0};
    size_t kept = 0;
    for (size_t i = 0; i < a->blocks.n; i++) {
        struct block block = a->blocks.at[i];
        if (gone[i])
            *vec_push(&spans) = block.text;
        else
            a->blocks.at[kept++] = block;
    }
    a->blocks.n = kept;
    if (spans.n) {
        qsort(spans.at, spans.n, sizeof *spans.at, span_cmp);
        remove_stretches(a, &spans);
    }
    for (size_t i = 0; i < spans.n; i++)
        article_skip(a, spans.at[i], reason);
    vec_free(&spans);
}

/* Moving the rest to the front costs as much as there is of it, so it is done when that is less
 * than what goes: each token is moved once, on the average. */
static void remove_front(struct article *a, uint32_t tokens, uint32_t words, uint32_t spoken)
{
    tokens -= a->gone.tokens;
    words -= a->gone.words;
    spoken -= a->gone.spoken;
    if (tokens * 2 < a->tokens.n)
        return;
    vec_drop(&a->tokens, tokens);
    vec_drop(&a->words, words);
    buf_drop(&a->spoken, spoken);
    a->gone.tokens += tokens;
    a->gone.words += words;
    a->gone.spoken += spoken;
}

void article_forget(struct article *a, uint32_t sentence)
{
    for (; a->gone.sentences < sentence; a->gone.sentences++)
        a->sentences.at[a->gone.sentences].ntok = a->sentences.at[a->gone.sentences].spoken.len = 0;
    if (sentence == a->sentences.n) {
        remove_front(a, article_token_count(a), article_word_count(a), article_spoken_count(a));
        return;
    }
    const struct sentence *s = &a->sentences.at[sentence];
    remove_front(a, s->tok0, article_token(a, s->tok0)->word0, s->spoken.off);
}

void article_note(struct article *a, struct span text, enum note_kind kind, const char *format, ...)
{
    struct buf message = BUF_INIT;
    va_list args;
    va_start(args, format);
    buf_add_message_args(&message, format, args);
    va_end(args);
    *vec_push(&a->diagnostics) =
        (struct diagnostic){text, kind, arena_dup(&a->arena, buf_sv(&message))};
    buf_free(&message);
}

void article_free(struct article *a)
{
    source_map_free(&a->map);
    vec_free(&a->members);
    vec_free(&a->pictures);
    vec_free(&a->blocks);
    vec_free(&a->skipped);
    vec_free(&a->diagnostics);
    vec_free(&a->sentences);
    vec_free(&a->tokens);
    vec_free(&a->words);
    buf_free(&a->spoken);
    arena_free(&a->arena);
    free(a->source_owned);
    free(a->text_owned);
    *a = (struct article){.spoken = BUF_INIT};
}
