/*
 * The user's and the voice's choices of how an article is read.
 *
 * Invariants: nothing here changes while an article is read.
 */
#ifndef DOCBAO_TEXT_OPTIONS_H
#define DOCBAO_TEXT_OPTIONS_H

#include "docbao/docbao.h"
#include "lang/dialect.h"

struct lexicon;

struct reading_options {
    enum dialect dialect;    /* nghìn or ngàn, linh or lẻ */
    enum docbao_codes codes; /* 05-CT/TW: "chỉ thị trung ương", or its letters */
    enum docbao_letters letters;
    enum docbao_scripts scripts;
    const struct lexicon *lexicon; /* the user's own readings (text/lexicon.h), or NULL */
    bool everything; /* nothing is skipped: footnotes, links, English sentences are read, too */
    bool plain;      /* every sentence in the same way (text/style.h) */
    uint16_t sentence_pause_ms, block_pause_ms, title_pause_ms; /* of the voice */
};

#endif
