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
    uint32_t children; /* so far */
    bool has_text;
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

/* What comes before the text of the formula that math_say shall say; false: the text is white space
 * that says nothing. */
bool mathml_before(struct mathml *m, struct sv *text);

/* Ends all that is open. */
void mathml_forget(struct mathml *m);

/* Frees what it holds, not the struct itself. */
void mathml_free(struct mathml *m);

#endif
