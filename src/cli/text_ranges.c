#include "cli/text_ranges.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void text_ranges_clear(struct text_ranges *s)
{
    s->article = NULL;
    s->sentences = s->found = s->tokens = 0;
}

void text_ranges_free(struct text_ranges *s)
{
    free(s->at);
    free(s->words);
    *s = (struct text_ranges){.article = NULL};
}

static struct text_range *grown(struct text_range *at, size_t *room, size_t wanted)
{
    if (wanted <= *room)
        return at;
    *room = wanted + wanted / 2;
    return mem_regrow(at, *room, sizeof *at);
}

/* Finds `wanted` in `text` from *from on, and moves *from after it. */
static struct text_range find(struct docbao_text text, uint32_t *from, struct docbao_text wanted)
{
    const char *found =
        wanted.n ? memmem(text.p + *from, text.n - *from, wanted.p, wanted.n) : NULL;
    if (!found)
        return (struct text_range){*from, *from};
    struct text_range range = {(uint32_t)(found - text.p), 0};
    *from = range.to = range.from + (uint32_t)wanted.n;
    return range;
}

static void take_block(struct text_ranges *s, struct docbao_article *a, uint32_t index,
                       const struct docbao_block *block)
{
    s->article = a;
    s->block = index;
    s->sentence0 = block->sentence0;
    s->sentences = block->sentences;
    s->found = s->tokens = 0;
    s->at = grown(s->at, &s->room, block->sentences);
}

/* Finds the sentences up to this one, of the block's own count. */
static void find_up_to(struct text_ranges *s, uint32_t last, struct docbao_text text)
{
    uint32_t from = s->found ? s->at[s->found - 1].to : 0;
    for (; s->found <= last; s->found++) {
        struct docbao_sentence sentence = docbao_sentence_at(s->article, s->sentence0 + s->found);
        s->at[s->found] = find(text, &from, sentence.written);
    }
}

static void take_words(struct text_ranges *s, uint32_t index)
{
    struct docbao_sentence sentence = docbao_sentence_at(s->article, index);
    uint32_t from = 0, start = s->at[index - s->sentence0].from;
    s->sentence = index;
    s->token0 = sentence.token0;
    s->tokens = sentence.tokens;
    s->words = grown(s->words, &s->word_room, sentence.tokens);
    for (uint32_t i = 0; i < sentence.tokens; i++) {
        struct docbao_text written = docbao_token_at(s->article, sentence.token0 + i).written;
        struct text_range range = find(sentence.written, &from, written);
        s->words[i] = (struct text_range){start + range.from, start + range.to};
    }
}

struct text_range text_ranges_sentence(struct text_ranges *s, struct docbao_article *a,
                                       uint32_t block, uint32_t sentence)
{
    bool is_held = s->article == a && s->block == block && s->sentences;
    if (!is_held || sentence - s->sentence0 >= s->found) {
        struct docbao_block b = docbao_block_at(a, block);
        if (!is_held)
            take_block(s, a, block, &b);
        if (sentence - s->sentence0 >= s->sentences)
            return (struct text_range){0, 0};
        find_up_to(s, sentence - s->sentence0, b.text);
    }
    if (!s->tokens || s->sentence != sentence)
        take_words(s, sentence);
    return s->at[sentence - s->sentence0];
}

struct text_range text_ranges_word(struct text_ranges *s, uint32_t token)
{
    if (token < s->token0 || token - s->token0 >= s->tokens)
        return (struct text_range){0, 0};
    struct text_range sentence = s->at[s->sentence - s->sentence0];
    struct text_range word = s->words[token - s->token0];
    return sentence.to > sentence.from ? word : (struct text_range){0, 0};
}
