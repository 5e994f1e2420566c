/*
 * The article that is read, as lines, with the place in it: what a screen shows.
 *
 * Invariants:
 * - Lines are laid out once for an article and a width. After reading_go the ranges are those of
 *   the sentence and the word; before reading_wrap they are in no line yet.
 * - `top` is the first line on the screen. It moves only when what is heard leaves the middle third
 *   of the screen, and then so far that what is heard begins there: a reader is not made to jump at
 *   every sentence.
 */
#ifndef DOCBAO_CLI_READING_H
#define DOCBAO_CLI_READING_H

#include "cli/layout.h"
#include "cli/text_ranges.h"
#include "docbao/docbao.h"

struct reading { /* all zero: no article yet */
    struct docbao_article *article;
    uint32_t sentence, token;
    struct layout text;
    struct reading_block {
        uint32_t sentence0, sentences;
    } * blocks; /* beside those of the layout */
    struct text_ranges ranges;
    struct text_range heard, word; /* in text; empty: nothing */
    char *title;                   /* or the article's name, where it has none; NULL: no article */
    uint32_t title_end;            /* in text; 0: the title is no part of it */
    unsigned width;                /* 0: the lines are to be laid out */
    uint32_t top;
};

/* Frees what it holds, not the struct itself. */
void reading_free(struct reading *r);

/* Goes to a place. Returns whether it is another one than before. */
bool reading_go(struct reading *r, struct docbao_article *a, uint32_t sentence, uint32_t token);
/* The article was read anew: takes it again. */
void reading_again(struct reading *r);

/* Lays out the lines, where the width is another one; scrolls them in `height` lines. */
void reading_fit(struct reading *r, unsigned width, unsigned height);

/* Whether the title is above the visible lines, or no part of the text. */
bool reading_title_is_away(const struct reading *r);

#endif
