/*
 * The steps by which the article is found in pasted text (pasted_find.c), each in a file of its
 * own.
 *
 * Invariants: a step sets only the fields of the search that it names.
 */
#ifndef DOCBAO_ARTICLE_FIND_PASTED_PARTS_H
#define DOCBAO_ARTICLE_FIND_PASTED_PARTS_H

#include "article/find/search.h"

/* ---- pasted_title.c ---- */

/* Whether nothing of the line speaks against its being a title. False also for an index that is no
 * line. */
bool pasted_may_be_title(const struct search *s, ptrdiff_t line);

/* Sets date and title to a publication line and the title beside it, which are above the core or in
 * its first lines; leaves them alone if there are none. */
void pasted_find_dated_title(struct search *s);

/* Sets the title to the best headline above the core; leaves it alone if there is none. */
void pasted_find_undated_title(struct search *s);

/* ---- pasted_teasers.c ---- */

/* Takes teasers of other articles off the end of the text: their lines are then known as related,
 * `to` and core1 are above them, and is_page is set. */
void pasted_cut_teasers(struct search *s);

/* ---- pasted_byline.c ---- */

/* Sets byline and names. The range of lines and the title are known. */
void pasted_find_byline(struct search *s);

#endif
