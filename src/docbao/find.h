/*
 * Finding words in what is written.
 *
 * Invariants: capitals and small letters are one, white space is one space; what is found lies
 * within one sentence. A `wanted` without any mark is found under every mark ("cong" in "công",
 * "dong" in "đồng"); one with a mark only under its own, wherever the tone is written ("hòa" in
 * "hoà").
 */
#ifndef DOCBAO_DOCBAO_FIND_H
#define DOCBAO_DOCBAO_FIND_H

#include "article/article.h"

/* The first sentence from `from` on, going round at the end (and from the first, where there are
 * not so many), that holds `wanted`, and the token in which it begins; where it begins between two,
 * the second of them. False: there is none, or `wanted` is blank; both are then as they were. */
bool find_text(const struct article *a, struct sv wanted, uint32_t from, uint32_t *sentence,
               uint32_t *token);

#endif
