/*
 * Foreign words and names by rule: what letters say in the language a word seems to come from, in
 * Vietnamese syllables.
 *
 * Invariants: the result depends on the letters only; the time is linear in them.
 */
#ifndef DOCBAO_LANG_TRANSCRIPTION_H
#define DOCBAO_LANG_TRANSCRIPTION_H

#include "rules/rules.h"

/* Appends the syllables for one word in Latin letters, in lower case; `name`: it was written with a
 * capital, so it need not be English. False if it has no vowel, or more than 64 letters. */
bool transcribe(const struct rules *rules, struct sv lower, bool name, struct buf *out);

#endif
