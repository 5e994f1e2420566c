/*
 * Typing errors on the command line.
 */
#ifndef DOCBAO_BASE_CLOSEST_H
#define DOCBAO_BASE_CLOSEST_H

#include "base/sv.h"

/* How many letters must be added, removed, replaced or swapped with the next one to make `a` from
 * `b` (the optimal string alignment distance), in bytes. */
size_t edit_distance(struct sv a, struct sv b);

/* The one of `names` (the next name is `stride` bytes further) that `word` most likely was meant to
 * be: the first of those with the smallest distance, at most one for each three letters. NULL: none
 * is near enough. */
const char *closest_name(const char *word, const char *const *names, size_t count, size_t stride);

#endif
