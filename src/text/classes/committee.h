/*
 * Offices of the Party whose abbreviations end with TU: VPTU, BTCTU. TU is the committee of a
 * province (Tỉnh ủy), or of a city (Thành ủy) if the article names one and no province's.
 *
 * Invariants: which of the two is found out once for an article, and kept in its notes.
 */
#ifndef DOCBAO_TEXT_CLASSES_COMMITTEE_H
#define DOCBAO_TEXT_CLASSES_COMMITTEE_H

#include "text/utterance.h"

/* Says the reading. If it ends with "tỉnh ủy", its last words are said as the article wants them.
 */
void say_committee(struct utterance *out, const struct view *v, struct sv reading);

#endif
