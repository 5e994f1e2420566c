/*
 * Equations of a DOCX file (m:oMath): what their layout means is said in words, because their text
 * alone would be another formula: a half is the text "1" and "2". What stands raised is a power, a
 * bar is "trên", a root "căn"; brackets and the signs of sums and integrals, which are attributes,
 * are written.
 *
 * Invariants: no sign of the formula is lost; words are only added. `pending` and `word` come
 * before the next text of the part, never after it.
 *
 * Source: ECMA-376, part 1, 22.1 (Office Math).
 */
#ifndef DOCBAO_ARTICLE_FORMAT_DOCX_MATH_H
#define DOCBAO_ARTICLE_FORMAT_DOCX_MATH_H

#include "article/format/draft.h"
#include "article/format/xml.h"

/* All zero in the beginning. */
struct docx_math {
    struct buf pending; /* goes in front of the next text; p is NULL in the beginning */
    unsigned equation;  /* depth of the equation that is open; 0: none */
    unsigned sum;       /* depth of the sum, product or integral whose limits come next */
    bool has_sign;      /* the sum says which sign it has */
    const char *word;   /* goes in front of the text of the part that is open, if it has any */
    bool has_degree;    /* the root that is open says which it is */
};

/* Reads the tag if it is one of an equation; false: it is not. `depth`: of the element. */
bool docx_math_open(struct docx_math *m, const struct xml_tag *tag, unsigned depth);

/* An element of this name and depth ends. */
void docx_math_close(struct docx_math *m, const char *name, const char *space, unsigned depth);

/* Adds text to the draft, after what the layout in front of it means. Outside of equations the text
 * is added as it is. */
void docx_math_add(struct docx_math *m, struct draft *draft, struct sv text, struct span from);

/* Ends all that is open: at the end of a paragraph. */
void docx_math_forget(struct docx_math *m);

/* Frees what it holds, not the struct itself. */
void docx_math_free(struct docx_math *m);

#endif
