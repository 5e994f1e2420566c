/*
 * Formulas in MathML, of HTML pages and e-books, said as format/math.h has it. The formula in TeX
 * that may stand beside it (<annotation>) is the caller's to leave out.
 *
 * Invariants: `depth` of an element is greater than that of all elements around it. White space
 * between the elements says nothing.
 *
 * Source: MathML Core and MathML 3 (W3C), presentation markup: what an element means for its
 * children, by their place.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_MATHML_H
#define DOCBAO_ARTICLE_FORMAT_MATHML_H

#include "article/format/math.h"

/* An element that is open. */
struct mathml_frame {
    unsigned depth;
    uint8_t kind;
    uint8_t base;      /* what its first child is: a sum, a limit */
    uint8_t last;      /* kind of its last child */
    uint32_t children; /* so far */
    bool has_text;
    bool goes_on; /* a number right behind a number: one that is written digit by digit */
};

/* All zero in the beginning. */
struct mathml {
    struct math math;
    VEC(struct mathml_frame) frames; /* none: no formula is open */
    bool parts;                      /* a sign that needs spaces around it was said last */
};

/* An element begins, of that name without a prefix. Nothing happens outside of <math>. */
void mathml_open(struct mathml *m, const char *name, unsigned depth);
/* The element of this depth ends. Returns what is to be added at the end of the formula, valid
 * until the next call; mostly nothing. */
struct sv mathml_close(struct mathml *m, unsigned depth);

/* Whether a formula is open. */
bool mathml_is_open(const struct mathml *m);

/* Prepares a text of the formula, behind which the page goes on with `rest`: cuts white space off,
 * and gives what math_say shall know of it. False: it is only white space, which says nothing. */
bool mathml_before(struct mathml *m, struct sv *text, struct sv rest, unsigned *flags);

/* Ends all that is open. */
void mathml_forget(struct mathml *m);

/* Frees what it holds, not the struct itself. */
void mathml_free(struct mathml *m);

#endif
