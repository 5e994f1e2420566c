/*
 * Measures how much a text looks like Vietnamese, to guess its encoding.
 *
 * Only words with a letter beyond ASCII count: the others are the same in every encoding.
 *
 * Invariants: nothing changes after likeness_load; a higher sum means more like Vietnamese, and
 * sums are comparable only for the same stretch.
 */
#ifndef DOCBAO_ARTICLE_INPUT_LIKENESS_H
#define DOCBAO_ARTICLE_INPUT_LIKENESS_H

#include "article/input/encoding.h"
#include "base/table.h"
#include "rules/rules.h"

struct likeness {
    const struct packed_table *syllables; /* TABLE_FREQUENT_SYLLABLES */
    struct index rimes;                   /* of the syllables, without tones; row 0 */
    struct buf keys;                      /* what the keys of `rimes` are views of */
};

/* Prepares the table of the rules (NULL: the built-in one), which must outlive it. The caller frees
 * it with likeness_free. */
void likeness_load(struct likeness *l, const struct rules *rules);
/* Frees what it holds, not the struct itself. */
void likeness_free(struct likeness *l);

struct score {
    int32_t sum;     /* frequent syllables add to it, impossible ones subtract */
    uint32_t words;  /* with a letter beyond ASCII */
    uint32_t known;  /* of those, in the table */
    uint32_t wrong;  /* of those, not syllables */
    uint32_t beyond; /* characters of the source above U+00FF */
};

/* The score of a stretch of the source, read in that encoding. */
struct score likeness_score(const struct likeness *l, const struct codec *k, struct encoding e,
                            struct sv source, size_t from, size_t to);

#endif
