/*
 * An article as it is shown to people and scripts: folded text, lines, whether a word is read as it
 * is written.
 */
#ifndef DOCBAO_ARTICLE_VIEW_H
#define DOCBAO_ARTICLE_VIEW_H

#include "article/article.h"

/* `text` (valid UTF-8) with its white space folded to single spaces, and none at the ends. The
 * result is a view of `text` if nothing had to be folded, otherwise of `scratch`, which is
 * overwritten. */
struct sv view_fold(struct sv text, struct buf *scratch);

/* `bytes` as valid UTF-8, in `scratch`; invalid bytes are replaced by U+FFFD. */
struct sv view_valid(struct sv bytes, struct buf *scratch);

/* Whether a reading differs from the written word in lower case, not counting pause marks.
 * `scratch` is overwritten. */
bool view_is_changed(struct sv written, struct sv spoken, struct buf *scratch);

/* The offsets at which the lines of a text begin. All zero: not computed yet. */
struct view_lines {
    VEC(uint32_t) starts;
    size_t last; /* the last result, from 0: the next one is usually the same */
};

/* The line (from 1) of an offset in `text`, which must be the same at each call. */
uint32_t view_line(struct view_lines *lines, struct sv text, uint32_t offset);

#endif
