/*
 * What is said for a message, by what was set: the voice, and how it speaks.
 */
#ifndef DOCBAO_SD_CHOICE_H
#define DOCBAO_SD_CHOICE_H

#include "docbao/docbao.h"
#include "base/buf.h"
#include "sd_docbao/settings.h"

struct choice {
    struct docbao_utterance utterance; /* its strings are those below, or static */
    struct buf voice, language;
};

/* Sets *out, which is freed with choice_free. `text` is borrowed. `language`: of this stretch of
 * the text, or empty. A text with letters that only Vietnamese has is Vietnamese, whatever is set:
 * the language that is set is often only that of the desktop. */
void choice_make(struct choice *out, struct docbao *d, const struct settings *s, struct sv text,
                 struct sv language, enum docbao_manner manner);
void choice_free(struct choice *c);

/* Has a voice that is set, and whose engine takes long to start, made ready. `speaker`: NULL before
 * there is one. */
void choice_prepare(struct docbao *d, struct docbao_speaker *speaker, const struct settings *s);

/* CHAR may bring a word in place of the character. */
enum docbao_manner choice_char_manner(struct sv text);

/* Answers LIST VOICES. `wanted`: a language, and perhaps a variant; or empty. */
void choice_list_voices(struct docbao *d, struct sv wanted, struct buf *out);

#endif
