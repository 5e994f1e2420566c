/*
 * How an article is to be read, as the user and the voice want it.
 */
#ifndef DOCBAO_TEXT_OPTIONS_H
#define DOCBAO_TEXT_OPTIONS_H

#include <stdint.h>

#include "lang/dialect.h"

enum codes_style { CODES_EXPAND, CODES_SPELL };
/* The names of letters: a bê xê, a bờ cờ, or the English ones in Vietnamese syllables. */
enum letters_style { LETTERS_BE, LETTERS_BO, LETTERS_ENGLISH };
/* Words in other scripts: named, or skipped with a reason. */
enum scripts_style { SCRIPTS_NAME, SCRIPTS_SKIP };

struct lexicon;

struct reading_options {
    enum dialect dialect;   /* nghìn or ngàn, linh or lẻ */
    enum codes_style codes; /* 05-CT/TW: "chỉ thị trung ương", or its letters */
    enum letters_style letters;
    enum scripts_style scripts;
    const struct lexicon *lexicon; /* the user's own readings (text/lexicon.h), or NULL */
    uint16_t sentence_pause_ms, block_pause_ms, title_pause_ms; /* of the voice */
};

#endif
