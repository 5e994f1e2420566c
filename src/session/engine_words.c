#include "session/engine_words.h"

#include "text/normalize.h"

void engine_words_of(const struct article *a, const struct sentence *s, struct engine_words *words)
{
    uint32_t first, n = reading_sentence_words(a, s, &first);
    size_t sentence_end = (size_t)s->spoken.off + s->spoken.len;
    words->n = 0;
    vec_reserve(words, n);
    for (uint32_t i = 0; i < n; i++) {
        struct span span = a->words.at[first + i].spoken;
        size_t end = (size_t)span.off + span.len;
        char next = end < sentence_end ? a->spoken.p[end] : '\0';
        words->at[words->n++] = (struct synth_word){
            .spoken = sv_at(buf_sv(&a->spoken), span),
            .pause = next && strchr(",.;:?!", next) ? next : '\0',
        };
    }
}
