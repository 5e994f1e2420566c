/*
 * Capitals that spell a Vietnamese syllable, in a line that is not all in capitals; and names made
 * of Vietnamese words without marks that run together.
 *
 * Invariants: the answer depends on the row of capitals that the word stands in, not on words far
 * away.
 */
#ifndef DOCBAO_TEXT_CLASSES_CAPITALS_H
#define DOCBAO_TEXT_CLASSES_CAPITALS_H

#include "text/view.h"

/* Whether the capitals at atom i, a legal syllable, are that word: they have Vietnamese marks
 * (KHÔNG), or more letters than an abbreviation (THANH), or are in a row of such words (BAN TỔ
 * CHỨC). Otherwise they are letters, as in AI, CA, THE. */
bool capitals_are_word(const struct view *v, uint32_t i);

/* Whether the word at atom i is Vietnamese words without marks that run together: HOCMAI, HOANGANH,
 * Dienmayxanh. Appends them with spaces between. */
bool words_are_joined(const struct view *v, uint32_t i, struct buf *spoken);

#endif
