/*
 * Full stops that belong to the word before them: abbreviations, initials, list markers.
 *
 * Invariants: indices are of atoms; one at or behind the end is no atom and answers false. A
 * bounded number of atoms is looked at.
 */
#ifndef DOCBAO_TEXT_FULL_STOP_H
#define DOCBAO_TEXT_FULL_STOP_H

#include "rules/rules.h"
#include "text/atoms.h"

/* The atoms of a block. */
struct stops {
    struct sv text;
    const char *lower;
    const struct atom *at;
    uint32_t n;
    const struct rules *rules;
};

bool is_punct(const struct stops *g, uint32_t i, uint32_t code);
/* One full stop, not "...". */
bool is_full_stop(const struct stops *g, uint32_t i);
bool is_dash_atom(const struct stops *g, uint32_t i);
bool is_opening_quote(const struct stops *g, uint32_t i);
/* A word of one letter. */
bool is_one_letter(const struct stops *g, uint32_t i);
/* White space stands before the atom, or it is the end. */
bool spaced(const struct stops *g, uint32_t i);
/* The first atom from j on that is no opening mark, dash or bullet. */
uint32_t next_content(const struct stops *g, uint32_t j);

/* What the table says of a word before a stop, in its own capitals: bits of enum stop_kind. */
uint32_t stop_kinds_of_written(const struct stops *g, uint32_t i);
/* What it says of the words that begin at atom k, behind a stop. */
uint32_t stop_kinds_behind(const struct stops *g, uint32_t k);

/* Whether the full stop at atom i, with a space and a possible sentence behind it, belongs to what
 * stands before it, and so ends nothing. The sentence began at atom `begin`. */
bool stop_belongs(const struct stops *g, uint32_t begin, uint32_t i);

#endif
