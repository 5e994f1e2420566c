/*
 * An article as people and scripts look at it: folded text, lines, whether a word is read as it
 * is written.
 */
#ifndef DOCBAO_ARTICLE_VIEW_H
#define DOCBAO_ARTICLE_VIEW_H

#include "article/article.h"

/* `text` (valid UTF-8) with its white space folded to single spaces, none at the ends: a view of
 * the text itself where nothing had to be folded, else of `scratch`, which is overwritten. */
struct sv view_fold(struct sv text, struct buf *scratch);

/* `bytes` as valid UTF-8, in `scratch`: U+FFFD stands for what is none. */
struct sv view_valid(struct sv bytes, struct buf *scratch);

/* Whether a reading is more than the written word in lower case; pause marks do not count.
 * `scratch` is overwritten. */
bool view_is_changed(struct sv written, struct sv spoken, struct buf *scratch);

/* Where the lines of a text begin. Zeroed: not yet looked for. */
struct view_lines {
    VEC(uint32_t) starts;
};

/* The line (from 1) of an offset in `text`, which must be the same at each call. */
uint32_t view_line(struct view_lines *lines, struct sv text, uint32_t offset);

#endif
