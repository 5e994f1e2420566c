/*
 * Finds the article in a page pasted as plain text.
 */
#ifndef DOCBAO_ARTICLE_FIND_CLEAN_PLAIN_H
#define DOCBAO_ARTICLE_FIND_CLEAN_PLAIN_H

#include "article/article.h"

/* Fills blocks, skipped and date of an article whose text is set. Every letter, digit and symbol
 * of the text ends in a block or in a skipped stretch with its reason. Where no article can be
 * told from the rest, all lines are paragraphs: better too much than nothing. */
void clean_plain(struct article *a);

/* --raw: each line that is not blank is a paragraph; nothing is skipped. */
void clean_raw(struct article *a);

#endif
