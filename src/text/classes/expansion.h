/*
 * What an abbreviation stands for: the row of abbreviations.tsv that fits the words around it, or
 * the definition in the article.
 *
 * Invariants: a look-up reads a bounded number of atoms and says nothing.
 */
#ifndef DOCBAO_TEXT_CLASSES_EXPANSION_H
#define DOCBAO_TEXT_CLASSES_EXPANSION_H

#include "text/view.h"

struct expansion {
    uint32_t atoms;
    struct sv reading;     /* empty where it is spelled */
    uint64_t spelling;     /* a bit of enum spelling, or 0 */
    bool defined;          /* in the article */
    const struct row *row; /* of abbreviations.tsv, or NULL */
};

/* Finds the atoms i .. i + n - 1 as one abbreviation. */
bool expansion_of_run(const struct view *v, uint32_t i, uint32_t n, struct expansion *e);

/* đồng/NHBN, BMP-1/2: whether atom i is several capitals that are read letter by letter here, and
 * for no words. */
bool capitals_are_letters(const struct view *v, uint32_t i);
/* Finds the longest run of glued words, numbers and marks from atom i on that is an abbreviation,
 * also a compound with spaces around what ties it (KT - XH). */
bool expansion_find(const struct view *v, uint32_t i, struct expansion *e);

/* Finds the word at atom i as an abbreviation that a cue right beside it decides (<<x, >>x). */
bool expansion_beside_cue(const struct view *v, uint32_t i, struct expansion *e);

/* What gave the reading, a string literal. A row without cues that is not the first of its key is
 * taken because the cues of the rows before it do not fit. */
const char *expansion_rule(const struct view *v, const struct expansion *e);

/* KOLs, PCs: plain capitals with the s of a plural. */
bool is_plural(struct sv written);

#endif
