/*
 * The words by which short lines around an article, and the turns of an interview, are known
 * (assets/rules/line-words.tsv).
 *
 * Invariants: the words of a kind are tried in the order of the table.
 */
#ifndef DOCBAO_ARTICLE_FIND_LINE_WORDS_H
#define DOCBAO_ARTICLE_FIND_LINE_WORDS_H

#include "rules/rules.h"

/* The next row of one of these kinds (bits of enum line_word), from row *next on; NULL: there is
 * none. *next is 0 for the first one. */
const struct row *line_words_next(const struct rules *rules, uint64_t kinds, uint32_t *next);
/* The words of the row, in lower case; valid as long as the rules. */
struct sv line_words_of(const struct row *row);

/* The length of the first words of these kinds that v begins with, in any case; 0: with none. */
size_t line_words_begin(const struct rules *rules, uint64_t kinds, struct sv v);

#endif
