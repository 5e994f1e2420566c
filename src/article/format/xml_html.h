/*
 * The elements of HTML whose tags are not written as XML wants them.
 *
 * Invariants: names are compared without their case.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_XML_HTML_H
#define DOCBAO_ARTICLE_FORMAT_XML_HTML_H

#include "base/sv.h"

/* Whether the element `open`, whose end tag is optional, ends where `next` begins: HTML, 13.1.2.4.
 */
bool xml_html_ends_before(struct sv open, struct sv next);
/* Whether the element has no content and no end tag. */
bool xml_html_is_void(struct sv name);
/* Whether the element may lack its end tag. */
bool xml_html_may_stay_open(struct sv name);

#endif
