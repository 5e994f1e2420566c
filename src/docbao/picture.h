/*
 * The picture of a page that a browser saved: the page is "Bài.html", its pictures are in the
 * folder "Bài_files".
 *
 * Invariants: only a JPEG or PNG of at most PICTURE_MOST bytes in the folder of the page, or below
 * it, is taken, and only if it is large enough to show something; links are not followed, and
 * nothing is fetched.
 */
#ifndef DOCBAO_PICTURE_H
#define DOCBAO_PICTURE_H

#include "docbao/internal.h"

/* Gives the article the picture that its page shows, if it has none and the page is a file. */
void picture_take(struct docbao_article *a);

#endif
