/*
 * Evidence: what speaks for or against a reading, as rows of a table. Each row has a comment with
 * the example that set it, from tests/spec.
 *
 * Invariants:
 * - A table ends with an empty row. It is read from the top: a row of CERTAIN or EXCLUDED that
 *   holds decides at once, the weights of the others that hold are added, and a sum of ENOUGH or
 *   more gives the reading.
 * - A row's function looks at a bounded number of atoms and changes nothing.
 */
#ifndef DOCBAO_TEXT_CLASSES_EVIDENCE_H
#define DOCBAO_TEXT_CLASSES_EVIDENCE_H

#include "text/view.h"

enum { EXCLUDED = -100, ENOUGH = 2, CERTAIN = 100 };

/* A possible reading at atom i. `parts` points to a struct of the reader with what it found there.
 */
struct candidate {
    const struct view *v;
    uint32_t i;
    const void *parts;
};

struct evidence {
    const char *what; /* for people who read the table */
    bool (*holds)(const struct candidate *c);
    int weight;
};

static inline bool evidence_is_enough(const struct evidence *row, const struct view *v, uint32_t i,
                                      const void *parts)
{
    const struct candidate c = {v, i, parts};
    int sum = 0;
    for (; row->holds; row++) {
        if (!row->holds(&c))
            continue;
        if (row->weight == EXCLUDED || row->weight == CERTAIN)
            return row->weight == CERTAIN;
        sum += row->weight;
    }
    return sum >= ENOUGH;
}

#endif
