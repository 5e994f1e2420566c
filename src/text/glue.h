/*
 * Words that run into one another because the writer, or a converter, lost what was between them:
 * "TP HCMDoanh nghiệp", "Hà NộiNgày", "500gDứa".
 *
 * Invariants: the parts cover the same text; a part after the first has ATOM_SPACED and, except
 * after a unit, ATOM_BREAK, so a pause is made before it. A name that is written so (VNPay,
 * VinFast, mAh) is not divided.
 */
#ifndef DOCBAO_TEXT_GLUE_H
#define DOCBAO_TEXT_GLUE_H

#include "text/view.h"

/* Divides such words among the atoms, which are those of the view. The view is given the new atoms.
 */
void glue_divide(struct atoms *atoms, struct view *v);

#endif
