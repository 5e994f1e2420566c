/*
 * The words of a sentence as an engine takes them (synth/synth.h).
 *
 * Invariants: one word for each spoken word, in order; the words borrow their text from the
 * article.
 */
#ifndef DOCBAO_SESSION_ENGINE_WORDS_H
#define DOCBAO_SESSION_ENGINE_WORDS_H

#include "article/article.h"
#include "base/vec.h"
#include "synth/synth.h"

VEC_TYPE(engine_words, struct synth_word);

/* Replaces `words` by those of the sentence. They borrow from the article. */
void engine_words_of(const struct article *a, const struct sentence *s, struct engine_words *words);

#endif
