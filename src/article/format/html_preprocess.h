/*
 * Changes to HTML before it is parsed. They are made in place, and no byte moves.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_HTML_PREPROCESS_H
#define DOCBAO_ARTICLE_FORMAT_HTML_PREPROCESS_H

#include "base/sv.h"

/* Overwrites all but the first attributes of a tag with very many by spaces, because the parser
 * takes quadratic time for them. Writes references that the parser does not know as numbers. */
void html_preprocess(char *text, size_t n);

#endif
