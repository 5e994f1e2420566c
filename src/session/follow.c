#include "session/follow.h"

void follow_init(struct follow *f)
{
    *f = (struct follow){.text = BUF_INIT};
}

void follow_free(struct follow *f)
{
    buf_free(&f->text);
    vec_free(&f->words);
    vec_free(&f->positions);
    vec_free(&f->due);
}

void follow_sentence(struct follow *f, const struct synth_engine *engine, const struct article *a,
                     const struct sentence *s, const struct rules *rules)
{
    reading_sentence_words(a, s, &f->first_word);
    engine_words_of(a, s, &f->words);
    f->positions.n = f->due.n = f->next = f->word = 0;
    f->lost = false;
    vec_reserve(&f->positions, f->words.n);
    f->positions.n = f->words.n;
    buf_clear(&f->text);
    engine->prepare(rules, (enum dialect)a->dialect, f->words.at, f->words.n, &f->text,
                    f->positions.at);
}

/* The token whose word starts at that position. Words only go forward; one that the engine passes
 * over in silence is skipped. */
static uint32_t token_at(struct follow *f, const struct article *a, uint32_t text_position)
{
    for (size_t i = f->word; i < f->positions.n && !f->lost; i++) {
        if (f->positions.at[i] != text_position)
            continue;
        f->word = i + 1;
        return a->words.at[f->first_word + i].token;
    }
    f->lost = true;
    return FOLLOW_NO_TOKEN;
}

void follow_word(struct follow *f, const struct article *a, uint32_t text_position, uint32_t frame)
{
    uint32_t token = token_at(f, a, text_position);
    *vec_push(&f->due) = (struct due_word){frame, token};
}

const struct due_word *follow_due(struct follow *f, uint32_t frame)
{
    if (f->next == f->due.n || f->due.at[f->next].frame > frame)
        return NULL;
    return &f->due.at[f->next++];
}

uint32_t follow_until_next(const struct follow *f, uint32_t frame, uint32_t frames)
{
    if (f->next == f->due.n || f->due.at[f->next].frame <= frame)
        return frames;
    uint32_t gap = f->due.at[f->next].frame - frame;
    return gap < frames ? gap : frames;
}
