#include "session/clip.h"

#include "text/recall.h"

struct clip *clip_new(struct article *a, uint32_t sentence, uint32_t id)
{
    struct clip *c = mem_zalloc(sizeof *c);
    c->article = a;
    c->sentence = sentence;
    c->id = id;
    c->loss = c->key = c->kept.file = BUF_INIT;
    return c;
}

void clip_free(struct clip *c)
{
    vec_free(&c->positions);
    vec_free(&c->times);
    vec_free(&c->pcm);
    buf_free(&c->kept.file);
    buf_free(&c->key);
    buf_free(&c->loss);
    free(c);
}

/* Words only go forward; the engine may leave some out. */
static uint32_t token_at_position(struct clip *c, uint32_t text_position)
{
    for (size_t i = c->next_word; i < c->positions.n && !c->unpaired; i++) {
        if (c->positions.at[i] != text_position)
            continue;
        c->next_word = i + 1;
        recall_sentence(c->article, c->sentence);
        return article_word(c->article, c->first_word + i)->token;
    }
    c->unpaired = true;
    return DOCBAO_NO_TOKEN;
}

void clip_add_word(struct clip *c, uint32_t text_position, uint32_t frame)
{
    uint32_t token = token_at_position(c, text_position);
    *vec_push(&c->times) = (struct word_time){frame, token};
}

void clip_add_audio(struct clip *c, const int16_t *pcm, size_t frames)
{
    if (!frames)
        return;
    vec_reserve(&c->pcm, frames);
    if (pcm)
        memcpy(c->pcm.at + c->pcm.n, pcm, frames * sizeof *pcm);
    else
        memset(c->pcm.at + c->pcm.n, 0, frames * sizeof *pcm);
    c->pcm.n += frames;
}
