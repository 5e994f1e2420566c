/* The public body: how long an article takes, before it is spoken. */
#include "docbao/body.h"
#include "session/engine_words.h"

static void add_sentences(struct estimate *e, const struct article *a)
{
    struct engine_words words = {0};
    for (size_t i = 0; i < a->sentences.n; i++) {
        const struct sentence *s = &a->sentences.at[i];
        engine_words_of(a, s, &words);
        estimate_add(e, words.at, words.n, s->pause_ms);
    }
    vec_free(&words);
}

uint64_t docbao_time_ms(struct docbao_article *a, uint32_t from, uint32_t to,
                        uint32_t speed_percent)
{
    if (a->estimate.engine && estimate_sentences(&a->estimate) == 0)
        add_sentences(&a->estimate, &a->a);
    return estimate_ms(&a->estimate, from, to, speed_percent);
}
