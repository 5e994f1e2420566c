/*
 * The other languages that an engine speaks (docbao.h has the list of them).
 *
 * Invariants: names of languages are compared in any case, with - and _ alike; the country counts
 * only where a voice of that country is there.
 */
#ifndef DOCBAO_LANGUAGES_H
#define DOCBAO_LANGUAGES_H

#include "synth/synth.h"

/* The engine's name of its voice for a language ("en-US"), or of a voice for the language in
 * another country. NULL: it has none, or `language` is NULL. */
const char *voice_for_language(const struct synth_engine *engine, const char *language);

#endif
