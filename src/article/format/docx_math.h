/*
 * Equations of a DOCX file (m:oMath), said as format/math.h has it. Brackets and the signs of sums
 * and integrals, which are attributes, are written.
 *
 * Source: ECMA-376, part 1, 22.1 (Office Math).
 */
#ifndef DOCBAO_ARTICLE_FORMAT_DOCX_MATH_H
#define DOCBAO_ARTICLE_FORMAT_DOCX_MATH_H

#include "article/format/draft.h"
#include "article/format/math.h"
#include "article/format/xml.h"

/* All zero in the beginning. */
struct docx_math {
    struct math math;
    unsigned equation; /* depth of the equation that is open; 0: none */
    unsigned sum;      /* depth of the sum, product or integral whose limits come next; 0: none */
    bool has_sign;     /* the sum says which sign it has */
};

/* Reads the tag if it is one of an equation; false: it is not. `depth`: of the element. */
bool docx_math_open(struct docx_math *m, const struct xml_tag *tag, unsigned depth);

/* An element of this depth ends. `draft`: NULL: the text there is not read. */
void docx_math_close(struct docx_math *m, struct draft *draft, unsigned depth);

/* Adds text to the draft, after what the layout in front of it means; the document goes on with
 * `rest`. Outside of equations the text is added as it is. */
void docx_math_add(struct docx_math *m, struct draft *draft, struct sv text, struct span from,
                   struct sv rest);

/* Ends all that is open: at the end of a paragraph. */
void docx_math_forget(struct docx_math *m);

/* Frees what it holds, not the struct itself. */
void docx_math_free(struct docx_math *m);

#endif
