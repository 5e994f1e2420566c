/*
 * Looks up names of HTML elements, and words in class names that describe the content of a box.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_HTML_NAMES_H
#define DOCBAO_ARTICLE_FORMAT_HTML_NAMES_H

#include "article/format/html_page.h"

/* The tag of the element with this name, which is in lower case. */
enum html_tag html_tag_of(const char *name);

/* Whether the element starts a new line. */
bool html_tag_is_block(enum html_tag tag);

enum html_hint {
    HINT_NONE = 0,
    HINT_BODY = 1 << 0, /* the text of an article */
    HINT_SAPO = 1 << 1,
    HINT_DATE = 1 << 2,
    HINT_AUTHOR = 1 << 3,
    HINT_CAPTION = 1 << 4,
    HINT_RELATED = 1 << 5,
    HINT_COMMENTS = 1 << 6,
    HINT_SHARE = 1 << 7,
    HINT_TAGS = 1 << 8,
    HINT_ADVERT = 1 << 9,
    HINT_MENU = 1 << 10,
    HINT_WIDGET = 1 << 11,
    HINT_SOURCE = 1 << 12,
    HINT_TITLE = 1 << 13,
};

/* Returns the hints in the value of an attribute such as class or id, which is in lower case: bits
 * of enum html_hint. */
unsigned html_hints_of(struct sv names);

#endif
