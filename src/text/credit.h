/*
 * The name of a news agency or a paper at the start or the end of a report, which is not read:
 * "(TTXVN) - Sáng nay", "TTO - Sáng nay", "Hà Nội (TTXVN) - Sáng nay", "... đã xong. (Theo TTXVN)".
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

#endif
