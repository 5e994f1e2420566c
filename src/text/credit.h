/*
 * The name of a news agency or a paper at the start or the end of a report, which is not read:
 * "(TTXVN) - Sáng nay", "TTO - Sáng nay", "Hà Nội (TTXVN) - Sáng nay", "... đã xong. (Theo TTXVN)".
 * Finds the end of the credit of a picture.
 *
 * Invariants: only names with an agency's row in boilerplate.tsv count; the name of an agency that
 * the sentence speaks of ("Thông tấn xã Việt Nam (TTXVN)") is read.
 */
#ifndef DOCBAO_TEXT_CREDIT_H
#define DOCBAO_TEXT_CREDIT_H

#include "text/view.h"

/* Atoms first .. end - 1; none if both are equal. */
struct atom_range {
    uint32_t first, end;
};

/* The credit at the start of the block, with the dash after it. */
struct atom_range credit_at_start(const struct view *v);
/* The credit at its end, after the last full stop. */
struct atom_range credit_at_end(const struct view *v);

/* The credit of a picture or a source, whose colon is atom `colon`, that runs into the text because
 * the line end between them was lost: "Ảnh: Hoàng Nam Khi mới đưa lên bờ". The atom at which the
 * text begins; `colon` if there is none. A credit begins with a word of the kind "credit" in
 * sentence-abbreviations.tsv. */
uint32_t credit_line_end(const struct view *v, uint32_t colon);

#endif
