/*
 * Turns the analysis of articles into the lists that a person who checks readings looks at first
 * (findings.h). lists.def says what each list holds.
 *
 * Invariants:
 * - It asks the articles through docbao.h only.
 * - A token may be in several lists: an abbreviation without a cue is a run of capitals, too.
 * - A sentence without any small letter has no runs of capitals: there all words are capitals.
 */
#ifndef DOCBAO_TESTS_LISTS_H
#define DOCBAO_TESTS_LISTS_H

#include "corpus/findings.h"
#include "docbao/docbao.h"

enum list {
#define LIST(name, holds) LIST_##name,
#include "corpus/lists.def"
    LIST_COUNT
};

struct totals {
    uint64_t articles, sentences, tokens;
    uint64_t words; /* spoken */
};

/* Adds what the article holds to the lists and to the totals. */
void lists_collect(struct findings *f, struct totals *totals, struct docbao_article *a);

#endif
