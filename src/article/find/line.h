/*
 * Lines of a pasted page and what their looks tell, with no knowledge of words.
 *
 * Invariants: units stand in text order, are disjoint, not empty, without white space at their
 * ends, and together hold every character of the text that is not white space. A unit is one line,
 * or several that a hard wrap had broken.
 */
#ifndef DOCBAO_ARTICLE_FIND_LINE_H
#define DOCBAO_ARTICLE_FIND_LINE_H

#include "base/sv.h"
#include "base/vec.h"

enum unit_end {
    END_NONE,
    END_SENTENCE, /* . ! ? … also inside closing quotes or brackets */
    END_QUESTION, /* ends a sentence too, but a title may end so */
    END_OPEN,     /* : ; , */
};

struct unit {
    struct span text;
    uint32_t chars;    /* code points */
    uint32_t words;    /* runs without white space that hold a letter or digit */
    uint32_t capitals; /* words that begin with a capital letter */
    uint16_t digits;   /* at most 65535 */
    uint16_t marker;   /* bytes of a list marker and the space behind it, or 0 */
    uint8_t end;       /* enum unit_end */
    bool all_capitals; /* at least two letters, none of them small */
    bool starts_small; /* begins with a small letter */
    bool blank_before;
    bool has_letter; /* or a digit: something to be read */
    bool numbered;   /* the marker is a number or letter, not a dash or bullet */
};

typedef VEC(struct unit) unit_vec;

/* Appends the units of the text, hard-wrapped lines joined. The caller frees the vector. */
void shape_units(unit_vec *units, struct sv text);

/* Measures one line, whose `text` is set, as a unit of its own. */
void shape_measure(struct unit *u, struct sv text);

/* Whether the unit looks like running text: long, or ending as a sentence does. */
bool shape_is_prose(const struct unit *u);

/* Whether it may be a title or a headline: some words, not ending as a sentence does. */
bool shape_is_headline(const struct unit *u);

/* The next word of `rest` (without white space), cut off it; n is 0 at the end. */
struct sv shape_next_word(struct sv *rest);

#endif
