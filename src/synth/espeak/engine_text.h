/*
 * From spoken words to what espeak-ng is given to say them.
 *
 * Invariant: the text is legal Vietnamese syllables separated by single spaces, `, . ; : ? !`
 * directly after a syllable, and [[phonemes]] of our own tables; nothing else.
 */
#ifndef DOCBAO_SYNTH_ESPEAK_ENGINE_TEXT_H
#define DOCBAO_SYNTH_ESPEAK_ENGINE_TEXT_H

#include "synth/synth.h"

/* As `prepare` in struct synth_engine: respells words that espeak-ng reads badly
 * (assets/rules/respellings.tsv, assets/rules/southern-sounds.tsv). */
void engine_text_prepare(const struct rules *rules, enum dialect dialect,
                         const struct synth_word *words, size_t n, struct buf *text,
                         uint32_t *positions);

/* As `prepare_foreign`: keeps the Latin letters, the digits, one apostrophe a word, and of a word
 * the first ENGINE_WORD_BYTES. */
enum { ENGINE_WORD_BYTES = 40 };
void engine_text_prepare_foreign(const struct synth_word *words, size_t n, struct buf *text,
                                 uint32_t *positions);

#endif
