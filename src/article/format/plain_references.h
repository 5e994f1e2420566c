/*
 * Character references in plain text: "&nbsp;", "&quot;", "&agrave;", as they are left where a text
 * was taken from the source of a page.
 *
 * Invariants: the text keeps those of article.h. Only a reference to a letter, a digit, a mark or a
 * space is decoded, and only with its ';' ("&nbsp" may lack it): "R&D", "a&lt" stay as they are.
 * Combining marks behind it are composed with it.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_PLAIN_REFERENCES_H
#define DOCBAO_ARTICLE_FORMAT_PLAIN_REFERENCES_H

#include "article/article.h"

/* Decodes the references in the article's text; the map still leads to the source. */
void plain_references_decode(struct article *a);

#endif
