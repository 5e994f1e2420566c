/*
 * Findings: things seen in articles, counted, each with a few of the places where it was seen.
 *
 * Invariants:
 * - Two things are the same finding if their list, `written`, `spoken` and `why` are the same.
 * - The result depends only on what was added and in which order.
 * - Texts that are given in are copied; texts that are given out live as long as the findings.
 */
#ifndef DOCBAO_TESTS_FINDINGS_H
#define DOCBAO_TESTS_FINDINGS_H

#include "base/sv.h"

enum { CONTEXTS = 3 };

struct finding {
    unsigned list;
    struct sv written, spoken, why;
    uint32_t count;
    /* The first place, the middle one and the last one: they are seldom of one article. Empty
     * where there are fewer. */
    struct sv contexts[CONTEXTS];
};

struct findings;

/* Never NULL. The caller frees it with findings_free. */
struct findings *findings_new(void);
void findings_free(struct findings *f);

/* Adds one sight of a thing. Of `thing`, `count` is not used, and contexts[0] is the place. */
void findings_add(struct findings *f, const struct finding *thing);

/* Calls `each` for the findings of one list: the most frequent first, then in the order of the
 * bytes of `written`, `spoken` and `why`. */
void findings_each(struct findings *f, unsigned list,
                   void (*each)(void *user, const struct finding *finding), void *user);

#endif
