#include "promises.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "lang/syllable.h"
#include "session/engine_words.h"

struct check {
    const struct article *a;
    const struct rules *rules;
    struct buf *broken;
};

static struct sv spoken_at(const struct article *a, struct span span)
{
    return sv_at(buf_sv(&a->spoken), span);
}

static uint32_t end_of(struct span span)
{
    return span.off + span.len;
}

static bool inside(struct span part, struct span whole)
{
    return part.off >= whole.off && end_of(part) <= end_of(whole);
}

/* Says what is broken, with the place in the text; always false. */
static bool complain(const struct check *c, const char *what, struct span span)
{
    enum { SHOWN = 60 };
    struct sv text = c->a->text;
    if (span.off > text.n)
        span.off = (uint32_t)text.n;
    size_t n = text.n - span.off < span.len ? text.n - span.off : span.len;
    buf_addf(c->broken, "%s: \"%.*s\" at byte %u of the text (%u bytes)", what,
             (int)(n < SHOWN ? n : SHOWN), text.p + span.off, span.off, span.len);
    return false;
}

/* The same for what was made of the text. */
static bool complain_of(const struct check *c, const char *what, struct sv made, struct span span)
{
    buf_addf(c->broken, "\"%.*s\": ", SV_ARG(made));
    return complain(c, what, span);
}

/* ---- the text and where it came from ---- */

static bool text_is_clean(const struct check *c)
{
    struct sv text = c->a->text;
    if (utf8_valid_prefix(text) != text.n)
        return complain(c, "not UTF-8", (struct span){(uint32_t)utf8_valid_prefix(text), 1});
    struct buf composed = BUF_INIT;
    nfc_append(&composed, text);
    bool is_nfc = sv_eq(buf_sv(&composed), text);
    buf_free(&composed);
    if (!is_nfc)
        return complain(c, "not NFC", (struct span){0, (uint32_t)text.n});
    for (size_t i = 0; i < text.n; i++) {
        unsigned char byte = (unsigned char)text.p[i];
        if ((byte < ' ' && byte != '\n') || byte == 0x7F)
            return complain(c, "a control character", (struct span){(uint32_t)i, 1});
    }
    return true;
}

static bool map_ascends(const struct check *c)
{
    const struct article *a = c->a;
    const struct source_map *map = &a->map;
    if (map->text_len != a->text.n || map->open)
        return complain(c, "the map is not that of the text", (struct span){0, map->text_len});
    for (size_t i = 0; i < map->runs.n; i++) {
        struct source_run run = map->runs.at[i], before = map->runs.at[i ? i - 1 : 0];
        if (run.text_off >= a->text.n || run.source_off > a->source.n)
            return complain(c, "a run outside", (struct span){run.text_off, 0});
        if (i && (run.text_off <= before.text_off || run.source_off < before.source_off))
            return complain(c, "runs do not ascend", (struct span){run.text_off, 0});
    }
    return true;
}

/* ---- promise 1 ---- */

VEC_TYPE(stretches, struct span);

static int by_offset(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    return x->off < y->off ? -1 : x->off > y->off;
}

static void collect_stretches(const struct article *a, struct stretches *out)
{
    for (size_t i = 0; i < a->tokens.n; i++)
        *vec_push(out) = a->tokens.at[i].text;
    for (size_t i = 0; i < a->skipped.n; i++)
        *vec_push(out) = a->skipped.at[i].text;
    if (out->n)
        qsort(out->at, out->n, sizeof *out->at, by_offset);
}

/* Disjoint in the text, and in the source too. */
static bool stretches_are_disjoint(const struct check *c, const struct stretches *all)
{
    const struct article *a = c->a;
    struct span whole = {0, (uint32_t)a->text.n}, source = {0, (uint32_t)a->source.n};
    uint32_t behind = 0, source_behind = 0;
    for (size_t i = 0; i < all->n; i++) {
        struct span span = all->at[i];
        if (!span.len || !inside(span, whole))
            return complain(c, "an empty stretch, or one outside", span);
        if (span.off < behind)
            return complain(c, "read or skipped twice", span);
        behind = end_of(span);
        struct span from = article_source_span(a, span);
        if (!from.len || !inside(from, source))
            return complain(c, "from nowhere in the source", span);
        if (from.off < source_behind)
            return complain(c, "from the same source as the stretch before", span);
        source_behind = end_of(from);
    }
    return true;
}

static bool must_be_accounted_for(uint32_t code)
{
    enum char_kind kind = char_kind_of(code);
    return kind == CHAR_LETTER || kind == CHAR_DIGIT || kind == CHAR_SYMBOL || kind == CHAR_OTHER;
}

static bool nothing_is_lost(const struct check *c, const struct stretches *all)
{
    struct sv text = c->a->text;
    size_t k = 0;
    for (uint32_t i = 0; i < text.n;) {
        uint32_t code;
        unsigned n = utf8_decode_valid(text.p + i, &code);
        while (k < all->n && end_of(all->at[k]) <= i)
            k++;
        bool covered = k < all->n && all->at[k].off <= i && end_of(all->at[k]) >= i + n;
        if (!covered && must_be_accounted_for(code))
            return complain(c, "neither read nor skipped", (struct span){i, n});
        i += n;
    }
    return true;
}

static bool promise_1(const struct check *c)
{
    struct stretches all = {0};
    collect_stretches(c->a, &all);
    bool kept = stretches_are_disjoint(c, &all) && nothing_is_lost(c, &all);
    vec_free(&all);
    return kept;
}

/* ---- how the parts fit together ---- */

static bool is_pause(char c)
{
    return c && strchr(",.;:?!", c);
}

static bool is_lower(struct sv word)
{
    for (size_t i = 0; i < word.n;) {
        uint32_t code;
        i += utf8_decode_valid(word.p + i, &code);
        if (char_lower(code) != code)
            return false;
    }
    return true;
}

/* A token's spoken text: its words, a space between two, a pause mark behind any. */
static bool token_is_sound(const struct check *c, uint32_t index)
{
    const struct article *a = c->a;
    const struct token *t = &a->tokens.at[index];
    struct sv spoken = spoken_at(a, t->spoken);
    size_t at = 0;
    if (!t->nword)
        return complain(c, "a token without a word", t->text);
    for (uint32_t i = 0; i < t->nword; i++) {
        const struct word *w = &a->words.at[t->word0 + i];
        struct sv word = spoken_at(a, w->spoken);
        if (w->token != index)
            return complain_of(c, "a word of another token", word, t->text);
        if (!syllable_is_legal(word) || !is_lower(word))
            return complain_of(c, "no legal syllable", word, t->text);
        if (i && (at >= spoken.n || spoken.p[at++] != ' '))
            return complain_of(c, "words not parted by one space", spoken, t->text);
        if (w->spoken.off != t->spoken.off + at)
            return complain_of(c, "a word out of place", word, t->text);
        at += word.n;
        if (at < spoken.n && is_pause(spoken.p[at]))
            at++;
    }
    if (at != spoken.n)
        return complain_of(c, "more than its words", spoken, t->text);
    return true;
}

/* The tokens of a sentence, joined by spaces, are what it speaks. */
static bool sentence_is_sound(const struct check *c, const struct sentence *s)
{
    const struct article *a = c->a;
    uint32_t at = s->spoken.off, behind = s->text.off;
    if (!s->ntok)
        return complain(c, "a sentence without a token", s->text);
    if (sv_trim(sv_at(a->text, s->text)).n != s->text.len)
        return complain(c, "white space at an end of a sentence", s->text);
    for (uint32_t i = s->tok0; i < s->tok0 + s->ntok; i++) {
        const struct token *t = &a->tokens.at[i];
        if (t->text.off < behind || !inside(t->text, s->text))
            return complain(c, "a token out of its sentence or of order", t->text);
        behind = end_of(t->text);
        if (i > s->tok0 && (at >= a->spoken.n || a->spoken.p[at++] != ' '))
            return complain(c, "tokens not parted by one space", t->text);
        if (t->spoken.off != at)
            return complain(c, "the tokens are not what the sentence speaks", t->text);
        at = end_of(t->spoken);
        if (!token_is_sound(c, i))
            return false;
    }
    if (at != end_of(s->spoken))
        return complain(c, "a sentence speaks more than its tokens", s->text);
    return true;
}

/* Each array is used whole, in order, and by one owner an item. */
static bool parts_fit(const struct check *c)
{
    const struct article *a = c->a;
    uint32_t sentence = 0, token = 0, word = 0;
    for (size_t i = 0; i < a->blocks.n; i++) {
        const struct block *b = &a->blocks.at[i];
        uint32_t behind = b->text.off;
        if (b->sent0 != sentence || b->sent0 + b->nsent > a->sentences.n)
            return complain(c, "sentences of no block or of two", b->text);
        for (; sentence < b->sent0 + b->nsent; sentence++) {
            const struct sentence *s = &a->sentences.at[sentence];
            if (s->text.off < behind || !inside(s->text, b->text))
                return complain(c, "a sentence out of its block or of order", s->text);
            behind = end_of(s->text);
            if (s->tok0 != token || s->tok0 + s->ntok > a->tokens.n)
                return complain(c, "tokens of no sentence or of two", s->text);
            for (; token < s->tok0 + s->ntok; token++) {
                if (a->tokens.at[token].word0 != word)
                    return complain(c, "words of no token or of two", s->text);
                word += a->tokens.at[token].nword;
            }
        }
    }
    if (sentence != a->sentences.n || token != a->tokens.n || word != a->words.n)
        return complain(c, "a sentence, token or word that belongs nowhere", (struct span){0, 0});
    return true;
}

static bool sentences_are_sound(const struct check *c)
{
    for (size_t i = 0; i < c->a->sentences.n; i++)
        if (!sentence_is_sound(c, &c->a->sentences.at[i]))
            return false;
    return true;
}

/* Title, date, sapo, once each; then the others; the byline last. */
static bool blocks_are_in_order(const struct check *c)
{
    const struct article *a = c->a;
    struct stretches all = {0};
    int rank = -1;
    bool kept = true;
    for (size_t i = 0; kept && i < a->blocks.n; i++) {
        const struct block *b = &a->blocks.at[i];
        *vec_push(&all) = b->text;
        int next = b->kind == BLOCK_BYLINE || b->kind < BLOCK_HEADING ? b->kind : BLOCK_HEADING;
        if (next < rank || (next == rank && next != BLOCK_HEADING))
            kept = complain(c, "a block out of reading order", b->text);
        rank = next;
    }
    if (all.n)
        qsort(all.at, all.n, sizeof *all.at, by_offset);
    for (size_t i = 1; kept && i < all.n; i++)
        if (all.at[i].off < end_of(all.at[i - 1]))
            kept = complain(c, "blocks overlap", all.at[i]);
    vec_free(&all);
    return kept;
}

/* ---- promise 2: the engine ---- */

/* [[phonemes]] at the front of the engine's text: their length with the brackets, or 0. */
static size_t phonemes_length(struct sv text)
{
    ptrdiff_t end = sv_find(text, SV("]]"));
    if (!sv_starts(text, SV("[[")) || end < 3)
        return 0;
    for (size_t i = 2; i < (size_t)end; i++)
        if (text.p[i] <= ' ' || text.p[i] > '~' || text.p[i] == '[')
            return 0;
    return (size_t)end + 2;
}

/* The piece at the front of the engine's text that stands for a word; its length, 0 if it is
 * neither a legal syllable nor phonemes. */
static size_t piece_length(struct sv text)
{
    size_t n = 0;
    while (n < text.n && text.p[n] != ' ' && !is_pause(text.p[n]))
        n++;
    return syllable_is_legal(sv_sub(text, 0, n)) ? n : phonemes_length(text);
}

static bool engine_text_is_sound(const struct check *c, const struct sentence *s, struct sv text,
                                 const uint32_t *positions)
{
    const struct article *a = c->a;
    uint32_t first, n = reading_sentence_words(a, s, &first), position = 0;
    for (uint32_t i = 0; i < n; i++) {
        struct sv word = spoken_at(a, a->words.at[first + i].spoken);
        if (i && text.n && text.p[0] == ' ') {
            text = sv_sub(text, 1, text.n - 1);
            position++;
        }
        size_t length = piece_length(text);
        if (!length || positions[i] != position)
            return complain_of(c, "not given to the engine as it should be", word, s->text);
        position += (uint32_t)utf8_count(sv_sub(text, 0, length));
        text = sv_sub(text, length, text.n - length);
        if (text.n && is_pause(text.p[0])) {
            text = sv_sub(text, 1, text.n - 1);
            position++;
        }
    }
    if (text.n)
        return complain_of(c, "too much for the engine", text, s->text);
    return true;
}

static bool promise_2(const struct check *c)
{
    struct buf text = BUF_INIT;
    struct engine_words words = {0};
    VEC(uint32_t) positions = {0};
    bool kept = true;
    for (size_t i = 0; kept && i < c->a->sentences.n; i++) {
        const struct sentence *s = &c->a->sentences.at[i];
        engine_words_of(c->a, s, &words);
        positions.n = 0;
        vec_reserve(&positions, words.n);
        buf_clear(&text);
        synth_espeak.prepare(c->rules, (enum dialect)c->a->dialect, words.at, words.n, &text,
                             positions.at);
        kept = engine_text_is_sound(c, s, buf_sv(&text), positions.at);
    }
    buf_free(&text);
    vec_free(&words);
    vec_free(&positions);
    return kept;
}

bool promises_kept(const struct article *a, const struct rules *rules, struct buf *broken)
{
    const struct check c = {a, rules, broken};
    return text_is_clean(&c) && map_ascends(&c) && promise_1(&c) && blocks_are_in_order(&c) &&
           parts_fit(&c) && sentences_are_sound(&c) && promise_2(&c);
}

/* ---- promise 3 ---- */

static bool same_span(struct span a, struct span b)
{
    return a.off == b.off && a.len == b.len;
}

static bool same_string(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_tokens(const struct article *a, const struct article *b)
{
    for (size_t i = 0; i < a->tokens.n; i++) {
        const struct token *x = &a->tokens.at[i], *y = &b->tokens.at[i];
        if (x->cls != y->cls || !same_string(x->rule, y->rule) || !same_span(x->text, y->text) ||
            !same_span(x->spoken, y->spoken))
            return false;
    }
    return true;
}

static bool same_skipped(const struct article *a, const struct article *b)
{
    for (size_t i = 0; i < a->skipped.n; i++)
        if (!same_span(a->skipped.at[i].text, b->skipped.at[i].text) ||
            a->skipped.at[i].reason != b->skipped.at[i].reason)
            return false;
    return true;
}

static bool same_blocks(const struct article *a, const struct article *b)
{
    for (size_t i = 0; i < a->blocks.n; i++)
        if (a->blocks.at[i].kind != b->blocks.at[i].kind ||
            !same_span(a->blocks.at[i].text, b->blocks.at[i].text))
            return false;
    for (size_t i = 0; i < a->sentences.n; i++)
        if (!same_span(a->sentences.at[i].text, b->sentences.at[i].text) ||
            a->sentences.at[i].pause_ms != b->sentences.at[i].pause_ms)
            return false;
    return true;
}

static bool same_diagnostics(const struct article *a, const struct article *b)
{
    for (size_t i = 0; i < a->diagnostics.n; i++)
        if (a->diagnostics.at[i].kind != b->diagnostics.at[i].kind ||
            !same_string(a->diagnostics.at[i].message, b->diagnostics.at[i].message))
            return false;
    return true;
}

bool promises_same(const struct article *a, const struct article *b, struct buf *broken)
{
    const char *differ = NULL;
    if (!sv_eq(a->text, b->text) || !same_string(a->date, b->date))
        differ = "the text or the date";
    else if (a->blocks.n != b->blocks.n || a->sentences.n != b->sentences.n || !same_blocks(a, b))
        differ = "the blocks or sentences";
    else if (a->skipped.n != b->skipped.n || !same_skipped(a, b))
        differ = "what is skipped";
    else if (a->tokens.n != b->tokens.n || a->words.n != b->words.n || !same_tokens(a, b))
        differ = "the tokens";
    else if (!sv_eq(buf_sv(&a->spoken), buf_sv(&b->spoken)))
        differ = "what is spoken";
    else if (a->diagnostics.n != b->diagnostics.n || !same_diagnostics(a, b))
        differ = "the diagnostics";
    if (differ)
        buf_addf(broken, "read twice, not the same: %s", differ);
    return !differ;
}
