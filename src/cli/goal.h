/*
 * What a listener answers to "go to": a sentence, a share of the article, or a time.
 */
#ifndef DOCBAO_CLI_GOAL_H
#define DOCBAO_CLI_GOAL_H

#include "docbao/docbao.h"

/*
 * Finds the sentence of the article that is meant by "12" (its number, from 1; it may be beyond the
 * last one), "50%" (so much of the sentences are before it), "3:20" or "1:03:20" (it is heard at
 * this time from the start, at this speed). False: it is none of these.
 */
bool goal_find(struct docbao_article *a, const char *answer, uint32_t speed_percent,
               uint32_t *sentence);

#endif
