#include "session/engine_words.h"

#include "text/recall.h"

void engine_words_of(const struct article *a, const struct sentence *s, struct engine_words *words)
{
    recall_sentence(a, (uint32_t)(s - a->sentences.at));
    uint32_t first, n = reading_sentence_words(a, s, &first);
    size_t sentence_end = (size_t)s->spoken.off + s->spoken.len;
    words->n = 0;
    vec_reserve(words, n);
    for (uint32_t i = 0; i < n; i++) {
        struct span span = article_word(a, first + i)->spoken;
        struct sv spoken = article_spoken(a, span);
        char next = (size_t)span.off + span.len < sentence_end ? spoken.p[spoken.n] : '\0';
        words->at[words->n++] = (struct synth_word){
            .spoken = spoken,
            .pause = next && strchr(",.;:?!", next) ? next : '\0',
        };
    }
}
