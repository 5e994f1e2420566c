/*
 * A clip: the sound of one sentence, with the time at which each of its words begins.
 *
 * Invariants:
 * - `times` is ordered by frame. A time is there before the audio it points into.
 * - The engine names a word by its position in the text it was given. Once it names a position at
 *   which no word of ours starts, the words of the rest of the sentence are unknown
 *   (DOCBAO_NO_TOKEN).
 * - A clip whose sentence could not be spoken has a reason in `loss`, and may hold the beginning of
 *   the sentence.
 */
#ifndef DOCBAO_SESSION_CLIP_H
#define DOCBAO_SESSION_CLIP_H

#include "docbao/docbao.h"
#include "article/article.h"
#include "session/sentence_cache.h"

struct word_time {
    uint32_t frame; /* of the sentence */
    uint32_t token; /* of the article, or DOCBAO_NO_TOKEN */
};

struct clip {
    struct article *article;
    uint32_t sentence;       /* its number in the article */
    uint32_t id;             /* its number in the pool */
    VEC(uint32_t) positions; /* at which each word starts in the engine's text, in code points */
    uint32_t first_word;     /* of the sentence, in the article */
    size_t next_word;        /* of the sentence: the first the engine may still name */
    bool unpaired;           /* the engine named a position that is none of ours */
    VEC(struct word_time) times;
    VEC(int16_t) pcm;       /* used only for listening; saving hands audio on as it comes */
    struct kept_sound kept; /* found in the cache: the pool is not asked for it */
    bool kept_given;        /* its sound was given to the caller */
    struct buf key;         /* of the cache, if it is to be kept */
    bool complete;
    struct buf loss;
};

/* The caller frees it with clip_free. */
struct clip *clip_new(struct article *a, uint32_t sentence, uint32_t id);
/* Frees the clip and its sound. */
void clip_free(struct clip *c);

/* The sentence of the clip; valid until sentences are added to the article. */
static inline const struct sentence *clip_sentence(const struct clip *c)
{
    return &c->article->sentences.at[c->sentence];
}

/* The engine says that the word at this code point of its text is heard from this frame on. */
void clip_add_word(struct clip *c, uint32_t text_position, uint32_t frame);

/* Appends to `pcm`; a `pcm` of NULL is silence. */
void clip_add_audio(struct clip *c, const int16_t *pcm, size_t frames);

#endif
