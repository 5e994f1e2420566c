/*
 * The words of reasons.def as they stand in an article: each is one string of the program, so that
 * they may be compared and kept without a copy.
 */
#ifndef DOCBAO_ARTICLE_REASONS_H
#define DOCBAO_ARTICLE_REASONS_H

#include "base/sv.h"

/* The reason for which something is skipped, or NULL if there is no such word. */
const char *reason_of_skipping(struct sv id);

/* The kind of a diagnostic, or NULL. */
const char *reason_of_note(struct sv id);

#endif
