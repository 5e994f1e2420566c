/*
 * Whether two texts of a page say the same, such as a headline and the page's <title>.
 *
 * Invariants: nothing is allocated; the order of the two texts does not matter.
 */
#ifndef DOCBAO_ARTICLE_FIND_SAME_TEXT_H
#define DOCBAO_ARTICLE_FIND_SAME_TEXT_H

#include "base/sv.h"

enum agreement {
    TEXTS_DIFFER,
    TEXTS_SHARE_START, /* one begins with the other, which is half of it at least */
    TEXTS_AGREE,
};

/* Compares letters and digits alone, in any case. Two texts without any differ. */
enum agreement text_agreement(struct sv a, struct sv b);

/* The length of a <title> up to the name of the site ("… - Báo Sớm Mai", "… | Sớm Mai"); all of it
 * if there is none. */
size_t title_without_site(struct sv text);

#endif
