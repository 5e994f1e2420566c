#include "publish/timed.h"

#include "base/nfc.h"
#include "base/utf8.h"

static const struct sentence *sentence_of(const struct timed *t)
{
    return &t->a->sentences.at[t->sentence];
}

static void add_anchor(struct timed *t, uint32_t offset, uint64_t us)
{
    struct anchor *last = t->anchors.n ? &t->anchors.at[t->anchors.n - 1] : NULL;
    if (!last || (offset > last->offset && us >= last->us))
        *vec_push(&t->anchors) = (struct anchor){offset, us};
    else if (offset == last->offset && t->anchors.n == 1)
        last->us = us; /* the first word begins the sentence */
}

void timed_begin(struct timed *t, const struct article *a, uint32_t sentence, uint64_t us)
{
    t->a = a;
    t->sentence = sentence;
    t->start = t->end = us;
    t->lost = false;
    t->anchors.n = t->words.n = 0;
    add_anchor(t, sentence_of(t)->text.off, us);
}

void timed_add(struct timed *t, uint32_t token, uint64_t us)
{
    add_anchor(t, article_token(t->a, token)->text.off, us);
}

/* The last anchor at or before the offset, by halves. */
static size_t anchor_at(const struct timed *t, uint32_t offset)
{
    size_t low = 0, high = t->anchors.n;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (t->anchors.at[middle].offset <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

uint64_t timed_at(const struct timed *t, uint32_t offset)
{
    size_t i = anchor_at(t, offset);
    const struct anchor *at = &t->anchors.at[i];
    if (offset <= at->offset || i + 1 == t->anchors.n)
        return at->us;
    uint64_t length = at[1].offset - at->offset, done = offset - at->offset;
    return at->us + (at[1].us - at->us) * done / length;
}

/* ---- words ---- */

/* A word that belongs to no token is a mark, or was skipped. *token: the first that may reach it.
 */
static bool is_skipped(const struct timed *t, struct span word, uint32_t *token)
{
    const struct sentence *s = sentence_of(t);
    while (*token < s->tok0 + s->ntok) {
        struct span text = article_token(t->a, *token)->text;
        if (text.off + text.len > word.off)
            break;
        ++*token;
    }
    if (*token < s->tok0 + s->ntok && article_token(t->a, *token)->text.off < word.off + word.len)
        return false;
    struct sv rest = sv_at(t->a->text, word);
    while (rest.n) {
        uint32_t code;
        unsigned n = utf8_decode_valid(rest.p, &code);
        enum char_kind kind = char_kind_of(code);
        if (kind == CHAR_LETTER || kind == CHAR_DIGIT)
            return true;
        rest = sv_sub(rest, n, rest.n - n);
    }
    return false;
}

/* In pieces of at most `most` characters. The first of them is heard with the first token that
 * begins in it, not with a quotation mark before that. */
static void add_word(struct timed *t, struct span word, uint32_t token, uint32_t most)
{
    const struct sentence *s = sentence_of(t);
    uint32_t heard = word.off, end = word.off + word.len;
    if (token < s->tok0 + s->ntok && article_token(t->a, token)->text.off > word.off &&
        article_token(t->a, token)->text.off < end)
        heard = article_token(t->a, token)->text.off;
    for (uint32_t off = word.off; off < end;) {
        uint32_t start = off, length = 0;
        for (; off < end && length < most; length++) {
            uint32_t code;
            off += utf8_decode_valid(t->a->text.p + off, &code);
        }
        struct sv text = sv_sub(t->a->text, start, off - start);
        *vec_push(&t->words) = (struct timed_word){text, length, timed_at(t, heard)};
        heard = off;
    }
}

static void find_words(struct timed *t, uint32_t most)
{
    struct span all = sentence_of(t)->text;
    uint32_t token = sentence_of(t)->tok0, end = all.off + all.len;
    for (uint32_t off = all.off; off < end;) {
        uint32_t space = char_space_at(sv_sub(t->a->text, off, end - off)), start = off;
        if (space) {
            off += space;
            continue;
        }
        while (off < end && !char_space_at(sv_sub(t->a->text, off, end - off))) {
            uint32_t code;
            off += utf8_decode_valid(t->a->text.p + off, &code);
        }
        struct span word = {start, off - start};
        if (!is_skipped(t, word, &token))
            add_word(t, word, token, most);
    }
}

void timed_end(struct timed *t, uint64_t us, uint32_t most)
{
    struct span all = sentence_of(t)->text;
    t->end = us > t->start ? us : t->start;
    add_anchor(t, all.off + all.len, t->end);
    find_words(t, most);
}

bool timed_goes_on(const struct timed *t, size_t word)
{
    const struct timed_word *w = &t->words.at[word];
    return word && w[-1].text.p + w[-1].text.n == w->text.p;
}

void timed_free(struct timed *t)
{
    vec_free(&t->anchors);
    vec_free(&t->words);
}
