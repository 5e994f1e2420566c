/*
 * Evidence: tables that say what a property of a line counts for a question such as "is it in the
 * article?" or "is it the byline?".
 *
 * A row is an observation, the function that makes it and its weight; a comment beside it names the
 * example that set the weight: a layout of tests/unit/html or tests/unit/pasted, without its
 * ending. The order of rows matters only to evidence_first.
 *
 * Invariants: the tables are constant; a function of a row looks at the search and changes
 * nothing.
 */
#ifndef DOCBAO_ARTICLE_FIND_EVIDENCE_H
#define DOCBAO_ARTICLE_FIND_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

struct search;

struct evidence {
    const char *name;
    bool (*holds)(const struct search *s, size_t line);
    double weight;
    double (*amount)(const struct search *s, size_t line); /* multiplies the weight; NULL: 1 */
};

struct evidence_table {
    const struct evidence *rows;
    size_t n;
};

#define EVIDENCE_TABLE(array) ((struct evidence_table){(array), sizeof(array) / sizeof *(array)})

/* The sum of the weights of all rows that hold for the line. */
double evidence_sum(struct evidence_table table, const struct search *s, size_t line);

/* The weight of the first row that holds; 0 if none does. */
double evidence_first(struct evidence_table table, const struct search *s, size_t line);

/* Whether one row at least holds; the weights are not used. */
bool evidence_any(struct evidence_table table, const struct search *s, size_t line);

#endif
