#include "text/recall.h"

#include "text/view.h"

/* A run of blocks, and how much of the article was read before it. */
struct stretch {
    uint32_t block, sentence, tokens, words, spoken;
    struct notes notes; /* of the normalizer, before its first block */
};

struct recall {
    struct article *article;
    struct normalizer *normalizer;
    uint32_t most_tokens; /* after so many a stretch ends with its block */
    VEC(struct stretch) stretches;
    size_t first, end; /* the stretches that are there */
};

/* Begins a stretch behind what was read. */
static void begin_stretch(struct recall *r, uint32_t block)
{
    const struct article *a = r->article;
    *vec_push(&r->stretches) = (struct stretch){
        .block = block,
        .sentence = (uint32_t)a->sentences.n,
        .tokens = article_token_count(a),
        .words = article_word_count(a),
        .spoken = article_spoken_count(a),
        .notes = *normalizer_notes(r->normalizer),
    };
    r->end = r->stretches.n;
}

struct recall *recall_new(struct article *a, struct normalizer *n, uint32_t stretch_tokens)
{
    struct recall *r = mem_zalloc(sizeof *r);
    r->article = a;
    r->normalizer = n;
    r->most_tokens = stretch_tokens;
    begin_stretch(r, 0);
    a->recall = r;
    return r;
}

void recall_free(struct recall *r)
{
    if (!r)
        return;
    r->article->recall = NULL;
    vec_free(&r->stretches);
    free(r);
}

/* Removes the words before this stretch. */
static void drop_before(struct recall *r, size_t index)
{
    struct article *a = r->article;
    const struct stretch *s = &r->stretches.at[index];
    vec_drop(&a->tokens, s->tokens - a->gone.tokens);
    vec_drop(&a->words, s->words - a->gone.words);
    buf_drop(&a->spoken, s->spoken - a->gone.spoken);
    a->gone.tokens = s->tokens;
    a->gone.words = s->words;
    a->gone.spoken = s->spoken;
    r->first = index;
}

/* Removes all words; those of this stretch can be added then. */
static void drop_all(struct recall *r, size_t index)
{
    struct article *a = r->article;
    const struct stretch *s = &r->stretches.at[index];
    a->tokens.n = a->words.n = 0;
    buf_clear(&a->spoken);
    a->gone.tokens = s->tokens;
    a->gone.words = s->words;
    a->gone.spoken = s->spoken;
    r->first = r->end = index;
}

void recall_block_was_read(struct recall *r)
{
    const struct stretch *last = &r->stretches.at[r->stretches.n - 1];
    if (article_token_count(r->article) - last->tokens < r->most_tokens)
        return;
    if (r->end - r->first == 2)
        drop_before(r, r->first + 1);
    begin_stretch(r, (uint32_t)normalizer_blocks_read(r->normalizer));
}

bool recall_is_needed(const struct recall *r)
{
    return r->first > 0 || r->end < r->stretches.n;
}

static size_t stretch_of(const struct recall *r, uint32_t sentence)
{
    size_t low = 0, high = r->stretches.n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (r->stretches.at[middle].sentence <= sentence)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void recall_sentence(const struct article *a, uint32_t sentence)
{
    struct recall *r = a->recall;
    if (!r)
        return;
    size_t index = stretch_of(r, sentence);
    if (index >= r->first && index < r->end)
        return;
    if (index != r->end)
        drop_all(r, index);
    else if (r->end - r->first == 2)
        drop_before(r, r->first + 1);
    const struct stretch *s = &r->stretches.at[index];
    size_t end = index + 1 < r->stretches.n ? s[1].block : r->article->blocks.n;
    normalizer_read_again(r->normalizer, &s->notes, s->block, end);
    r->end = index + 1;
}

void recall_token(const struct article *a, uint32_t token)
{
    if (!a->recall)
        return;
    size_t low = 0, high = a->sentences.n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (a->sentences.at[middle].tok0 <= token)
            low = middle;
        else
            high = middle;
    }
    recall_sentence(a, (uint32_t)low);
}

uint32_t recall_token_count(const struct article *a)
{
    if (!a->recall || !a->sentences.n)
        return article_token_count(a);
    const struct sentence *last = &a->sentences.at[a->sentences.n - 1];
    return last->tok0 + last->ntok;
}
