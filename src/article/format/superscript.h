/*
 * Tells the meaning of raised text: 10⁶ and km² are powers, 1930³ has the mark of a note.
 *
 * Invariants: the answer depends only on the line up to the raised text.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_SUPERSCRIPT_H
#define DOCBAO_ARTICLE_FORMAT_SUPERSCRIPT_H

#include "base/sv.h"

enum superscript {
    SUPERSCRIPT_TEXT,  /* 1st, ® */
    SUPERSCRIPT_POWER, /* of the number ten, a unit, or a letter of a formula */
    SUPERSCRIPT_NOTE,
};

/* The meaning of the raised `text`; `before` is the part of the line before it. */
enum superscript superscript_kind(struct sv before, struct sv text);

/* The raised form of a sign of a power: "⁶" for '6'; "" if it has none. */
const char *superscript_sign(char sign);

#endif
