/* Formulas whose text goes into a draft. */
#ifndef DOCBAO_ARTICLE_FORMAT_MATH_DRAFT_H
#define DOCBAO_ARTICLE_FORMAT_MATH_DRAFT_H

#include "article/format/draft.h"
#include "article/format/math.h"

/* Adds a text of a formula, which was made from the bytes `from` of the document, and in front of
 * it the words that math.h says; `flags`: of math_say, but for MATH_EXACT. */
void math_draft_add(struct math *m, struct draft *draft, struct sv text, struct span from,
                    unsigned flags);

#endif
