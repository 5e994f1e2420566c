/*
 * Text of an article as it is shown to people and scripts.
 *
 * Invariants: nothing is changed but `scratch` and `lines`.
 */
#ifndef DOCBAO_ARTICLE_VIEW_H
#define DOCBAO_ARTICLE_VIEW_H

#include "article/article.h"

/* Folds white space: each run becomes a single space, and none is left at the ends. `text` is valid
 * UTF-8. The result is a view of `text` if that needs no change, otherwise of `scratch`, which is
 * overwritten. */
struct sv view_fold(struct sv text, struct buf *scratch);

/* Makes valid UTF-8 of any bytes, in `scratch`: what is not valid becomes U+FFFD. */
struct sv view_valid(struct sv bytes, struct buf *scratch);

/* Whether a reading is more than the written word in lower case; pause marks do not count.
 * `scratch` is overwritten. */
bool view_is_changed(struct sv written, struct sv spoken, struct buf *scratch);

/* The offsets at which the lines of a text begin. Zeroed: not known yet. */
struct view_lines {
    VEC(uint32_t) starts;
    size_t last; /* the line found last, from 0; the next one is mostly the same */
};

/* The line (from 1) of an offset in `text`, which must be the same at each call. */
uint32_t view_line(struct view_lines *lines, struct sv text, uint32_t offset);

#endif
