/*
 * HTML made fit for the parser, byte for byte in place: offsets stay as they are.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_HTML_PREPROCESS_H
#define DOCBAO_ARTICLE_FORMAT_HTML_PREPROCESS_H

#include "base/sv.h"

/* Cuts tags with very many attributes short (spaces stand for the rest), and writes the names of
 * characters that came with HTML5, which the parser does not know, as numbers. */
void html_preprocess(char *text, size_t n);

#endif
